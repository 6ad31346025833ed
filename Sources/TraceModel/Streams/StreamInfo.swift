/// What is known of a stream as a whole.
public struct StreamInfo: Equatable, Sendable {
    /// When the request was sent, the zero of all offsets.
    ///
    /// Nanoseconds since the Unix epoch; nil without a clock.
    public var startUnixNano: Int64?
    /// Nanoseconds from the request to the end of the response; nil where nobody measured it.
    public var durationNanos: Int64?
    public var timing: TimingQuality
    /// Which clock gave the times, such as `spandrel record, monotonic` or `ollama created_at`; nil without one.
    public var clock: String?
    public var endCause: StreamEndCause
    public var finishReason: String?
    /// Output tokens that the provider's usage record states; nil without one, which is not 0.
    public var tokensBilled: Int64?
    /// Output tokens that arrived, where the source counts them; a chunk is not a token.
    public var tokensDelivered: Int64?
    /// Which part of billed tokens was reasoning; nil where unknown.
    public var tokensReasoning: Int64?
    /// Where the stream came from, such as `record`, `sse`, `har`, `ollama`, `otlp events`.
    public var source: String
    /// The provider's wire form, such as `openai.chat`; nil where unknown.
    public var wireProtocol: String?
    /// Chunks that the recorder could not keep.
    public var droppedChunks: Int
    /// What the error event in the stream said, or why the connection broke.
    public var errorMessage: String?
    /// What was odd about the stream and is told with it, one sentence each.
    public var remarks: [String]

    public init(
        startUnixNano: Int64? = nil,
        durationNanos: Int64? = nil,
        timing: TimingQuality = .none,
        clock: String? = nil,
        endCause: StreamEndCause = .unknown,
        finishReason: String? = nil,
        tokensBilled: Int64? = nil,
        tokensDelivered: Int64? = nil,
        tokensReasoning: Int64? = nil,
        source: String,
        wireProtocol: String? = nil,
        droppedChunks: Int = 0,
        errorMessage: String? = nil,
        remarks: [String] = []
    ) {
        self.startUnixNano = startUnixNano
        self.durationNanos = durationNanos
        self.timing = timing
        self.clock = clock
        self.endCause = endCause
        self.finishReason = finishReason
        self.tokensBilled = tokensBilled
        self.tokensDelivered = tokensDelivered
        self.tokensReasoning = tokensReasoning
        self.source = source
        self.wireProtocol = wireProtocol
        self.droppedChunks = droppedChunks
        self.errorMessage = errorMessage
        self.remarks = remarks
    }
}

/// How the times of a stream came to be.
///
/// The raw values are stored in the database: never renumber them.
public enum TimingQuality: Int, Sendable, CaseIterable {
    /// No time at all: text can be stepped through, not played.
    case none = 0
    /// The first and perhaps the last chunk have a time, those between have none.
    case firstAndLastOnly = 1
    /// Every chunk has the time at which a clock saw it.
    case measured = 2
    /// Times were made up on request, evenly paced; nothing measured them.
    case synthetic = 3

    /// The word that output uses.
    public var name: String {
        switch self {
        case .none: "none"
        case .firstAndLastOnly: "first_and_last_only"
        case .measured: "measured"
        case .synthetic: "synthetic"
        }
    }
}

/// Why a stream ended.
///
/// The raw values are stored in the database: never renumber them.
public enum StreamEndCause: Int, Sendable, CaseIterable {
    case unknown = 0
    /// The provider's end mark or finish reason arrived.
    case finished = 1
    /// The client went away.
    case clientAbort = 2
    /// The connection broke, or the body ended without an end mark.
    case connectionDropped = 3
    /// The provider sent an error, in the stream or as a status.
    case serverError = 4
    /// A time limit of the harness or the recorder ended it.
    case watchdog = 5

    /// The word that output uses, in snake case.
    public var name: String {
        switch self {
        case .unknown: "unknown"
        case .finished: "finished"
        case .clientAbort: "client_abort"
        case .connectionDropped: "connection_dropped"
        case .serverError: "server_error"
        case .watchdog: "watchdog"
        }
    }
}

extension StreamInfo {
    /// The remark on streams whose recording does not say when the request was sent.
    ///
    /// Their offsets, and `startUnixNano`, count from the first chunk, so that no time to the first chunk is known.
    public static let startsAtFirstChunkRemark =
        "the recording does not say when the request was sent: times count from the first chunk"

    /// False where times count from the first chunk because nobody recorded the request's.
    public var isRequestTimeKnown: Bool {
        startUnixNano != nil && !remarks.contains(Self.startsAtFirstChunkRemark)
    }
}

/// Where in a stream chunks are missing that the model sent and nobody kept.
public struct MissingChunks: OptionSet, Equatable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Before the first chunk that is there: when the first one came, nobody knows.
    public static let first = MissingChunks(rawValue: 1)
    /// Between two that are there.
    public static let between = MissingChunks(rawValue: 2)
    /// After the last chunk that is there: when the last one came, nobody knows.
    public static let last = MissingChunks(rawValue: 4)
    /// They may be missing anywhere.
    public static let anywhere: MissingChunks = [.first, .between, .last]

    /// The remarks that tell of each place, and by which it is known again.
    static let remarks: [(place: MissingChunks, text: String)] = [
        (.first, "chunks before the first one are missing"), (.between, "chunks in between are missing"),
        (.last, "chunks after the last one may be missing"),
    ]
}

extension StreamInfo {
    /// Where chunks are missing: anywhere, where only their number is known.
    public var missingChunks: MissingChunks {
        var missing: MissingChunks = []
        for (place, text) in MissingChunks.remarks where remarks.contains(text) { missing.insert(place) }
        return missing.isEmpty && droppedChunks > 0 ? .anywhere : missing
    }

    /// Remarks where chunks are missing.
    package mutating func remark(_ missing: MissingChunks) {
        for (place, text) in MissingChunks.remarks where missing.contains(place) && !remarks.contains(text) {
            remarks.append(text)
        }
    }
}
