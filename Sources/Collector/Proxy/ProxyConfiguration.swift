/// How a recording proxy behaves.
package struct ProxyConfiguration: Sendable {
    package var upstream: UpstreamAddress
    package var listen: ListenAddress
    /// Headers that name the session of a request, the first that is present wins.
    package var sessionHeaders: [String]
    /// Further names by which clients reach the proxy, and whose pages may call it.
    package var allowedHosts: [String]
    /// Seconds without a byte from the upstream after which a call is ended; nil for never.
    package var idleTimeout: Double?
    /// Seconds that running streams get to end after the proxy was asked to stop.
    package var grace: Double
    package var limits: RecordLimits
    /// Event loop threads.
    package var threads: Int
    /// The version that the spans of the recorder state.
    package var version: String

    package static let standardSessionHeaders = ["x-spandrel-session", "x-session-id", "session_id", "session-id"]

    package init(
        upstream: UpstreamAddress,
        listen: ListenAddress,
        sessionHeaders: [String] = Self.standardSessionHeaders,
        allowedHosts: [String] = [],
        idleTimeout: Double? = nil,
        grace: Double = 10,
        limits: RecordLimits = RecordLimits(),
        threads: Int = 2,
        version: String = ""
    ) {
        self.upstream = upstream
        self.listen = listen
        self.sessionHeaders = sessionHeaders.map { $0.lowercased() }
        self.allowedHosts = allowedHosts
        self.idleTimeout = idleTimeout
        self.grace = grace
        self.limits = limits
        self.threads = threads
        self.version = version
    }
}

/// How much of what passes is kept for the record; what passes is never limited.
package struct RecordLimits: Sendable {
    /// Bytes of one request.
    package var requestBytes: Int
    /// Bytes of one response, as they came and decompressed.
    package var responseBytes: Int
    /// Bytes of all calls that are not stored yet.
    package var totalBytes: Int
    /// Events that wait for the recorder.
    package var queuedEvents: Int

    package init(
        requestBytes: Int = 16 << 20, responseBytes: Int = 64 << 20, totalBytes: Int = 256 << 20,
        queuedEvents: Int = 1 << 16
    ) {
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.totalBytes = totalBytes
        self.queuedEvents = queuedEvents
    }
}

/// Why the recording proxy cannot start.
package enum CollectorError: Error, Equatable, Sendable {
    /// The address of the upstream is none that can be called; `reason` says what is wrong with it.
    case upstream(text: String, reason: String)
    /// The address to listen on is malformed.
    case listen(text: String)
    /// The address cannot be listened on; `detail` is the system's own word.
    case bind(address: String, detail: String)
}

extension CollectorError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .upstream(let text, let reason): "upstream \(text): \(reason)"
        case .listen(let text): "listen \(text): not an address with a port, such as 127.0.0.1:7370"
        case .bind(let address, let detail): "cannot listen on \(address): \(detail)"
        }
    }
}
