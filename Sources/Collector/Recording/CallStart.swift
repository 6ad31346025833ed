package import TraceModel

/// What is known of a call when it begins; no header is in it but those that are named here.
package struct CallStart: Sendable {
    package typealias ID = UInt64

    package var id: ID
    /// Nanoseconds since the Unix epoch.
    package var unixNano: Int64
    package var method: String
    /// As the upstream gets it, without the query.
    package var path: String
    package var caller: TraceContext?
    package var spanID: SpanID
    package var session: String?
    package var userAgent: String?

    package init(id: ID, unixNano: Int64, method: String, path: String, spanID: SpanID) {
        self.id = id
        self.unixNano = unixNano
        self.method = method
        self.path = path
        self.spanID = spanID
    }
}

/// The head of a response, as far as it is recorded.
package struct CallResponse: Sendable {
    package var status: Int
    package var contentType: String?
    package var contentEncoding: String?
    /// The provider's own name for the call, `x-request-id` or `request-id`.
    package var requestID: String?

    package init(status: Int) { self.status = status }
}

/// How a call ended, as the proxy saw it.
package struct CallEnd: Sendable {
    package enum Cause: Equatable, Sendable {
        /// The response came whole.
        case complete
        /// The client closed the connection.
        case clientWentAway
        /// The upstream could not be reached, or its connection broke; in its own words.
        case upstreamFailed(String)
        /// Nothing came for as long as the time limit allows.
        case timedOut
        /// The proxy was asked to stop.
        case stopped
    }

    package var cause: Cause
    /// From the arrival of the request.
    package var durationNanos: Int64
    /// Pieces of the response that found no room.
    package var droppedChunks: Int
    /// Bytes of the request and of the response that passed beyond what is kept.
    package var unkeptRequestBytes: Int
    package var unkeptResponseBytes: Int

    package init(cause: Cause, durationNanos: Int64) {
        self.cause = cause
        self.durationNanos = durationNanos
        droppedChunks = 0
        unkeptRequestBytes = 0
        unkeptResponseBytes = 0
    }
}

/// One line's worth of a recorded call, for whoever watches the proxy.
package struct CallReport: Equatable, Sendable {
    /// Nanoseconds since the Unix epoch.
    package var startUnixNano: Int64
    package var method: String
    package var path: String
    package var model: String?
    /// Nil where no head of a response arrived.
    package var status: Int?
    package var chunks: Int
    package var droppedChunks: Int
    package var durationNanos: Int64
    package var endCause: StreamEndCause
}
