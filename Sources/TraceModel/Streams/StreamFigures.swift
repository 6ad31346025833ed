/// What the chunks of a stream come to; pure functions in `TraceAnalysis` compute it.
///
/// Nanoseconds throughout; whatever the timing of the stream cannot tell is nil, never 0.
public struct StreamFigures: Equatable, Sendable {
    /// All chunks, and those that carry content.
    public var chunkCount: Int
    public var contentChunkCount: Int
    /// Characters (Unicode scalars) of text, reasoning and tool arguments.
    public var textCharacters: Int
    public var reasoningCharacters: Int
    public var toolArgumentCharacters: Int
    /// From the request to the last chunk.
    public var durationNanos: Int64?
    public var timeToFirstChunkNanos: Int64?
    /// To the first chunk with text or refusal that is not empty.
    public var timeToFirstVisibleChunkNanos: Int64?
    /// (last − first) / (n − 1) over the content chunks.
    public var timePerOutputChunkNanos: Int64?
    /// (last − first) / (n − 1) with n output tokens as the provider billed them.
    public var timePerOutputTokenNanos: Int64?
    public var interChunk: InterChunkLatency?
    public var stalls: [StreamStall]
    public var stalledNanos: Int64?
    /// Stalled time over duration, 0…1.
    public var stalledShare: Double?
    /// Billed minus delivered output tokens.
    public var tokensUndelivered: Int64?
    /// Reasoning characters over all characters the model wrote, 0…1.
    public var reasoningShare: Double?
    public var loops: [ContentLoop]

    public init() {
        chunkCount = 0
        contentChunkCount = 0
        textCharacters = 0
        reasoningCharacters = 0
        toolArgumentCharacters = 0
        stalls = []
        loops = []
    }
}

/// The distribution of the gaps between content chunks, by nearest rank.
public struct InterChunkLatency: Equatable, Sendable {
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64
    public var max: Int64

    public init(p50: Int64, p95: Int64, p99: Int64, max: Int64) {
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
        self.max = max
    }
}

/// A pause in a stream that is longer than its limit.
public struct StreamStall: Equatable, Sendable {
    public enum Class: Int, Sendable, CaseIterable {
        case beforeFirst = 0
        case midText = 1
        case midToolArguments = 2
        /// Between the last content and the end of the response.
        case tailHang = 3

        /// The word that output uses, in snake case.
        public var name: String {
            switch self {
            case .beforeFirst: "before_first"
            case .midText: "mid_text"
            case .midToolArguments: "mid_tool_arguments"
            case .tailHang: "tail_hang"
            }
        }
    }

    public var stallClass: Class
    /// Nanoseconds from the request.
    public var startNanos: Int64
    public var durationNanos: Int64
    /// The chunk that ended the pause; the count of chunks where none did.
    public var nextSequence: Int

    public init(stallClass: Class, startNanos: Int64, durationNanos: Int64, nextSequence: Int) {
        self.stallClass = stallClass
        self.startNanos = startNanos
        self.durationNanos = durationNanos
        self.nextSequence = nextSequence
    }
}

/// A stretch in which the model said the same thing again and again.
public struct ContentLoop: Equatable, Sendable {
    /// Text or reasoning or tool arguments: characters count within this kind.
    public var kind: ChunkKind
    /// Where the first repetition starts: the first character that says nothing new.
    ///
    /// The first period lies before it.
    public var onsetCharacter: Int
    /// The chunk that holds that character, and its time.
    public var onsetSequence: Int
    public var onsetNanos: Int64?
    /// The first character after the loop.
    public var endCharacter: Int
    /// Characters (Unicode scalars) of one period.
    public var periodCharacters: Int
    /// Whole periods, the first included.
    public var repeats: Int
    /// Characters from the start of the first period to the end, over all characters of the kind, 0…1.
    public var loopedShare: Double
    /// True when the periods differ in small things such as a counter.
    public var isNear: Bool
    /// From the onset to the end of the loop.
    public var wastedNanos: Int64?
    /// The share of billed tokens that the characters after the onset stand for: an estimate; nil without usage.
    public var wastedTokens: Int64?

    public init(
        kind: ChunkKind, onsetCharacter: Int, onsetSequence: Int, onsetNanos: Int64?, endCharacter: Int,
        periodCharacters: Int, repeats: Int, loopedShare: Double, isNear: Bool,
        wastedNanos: Int64? = nil, wastedTokens: Int64? = nil
    ) {
        self.kind = kind
        self.onsetCharacter = onsetCharacter
        self.onsetSequence = onsetSequence
        self.onsetNanos = onsetNanos
        self.endCharacter = endCharacter
        self.periodCharacters = periodCharacters
        self.repeats = repeats
        self.loopedShare = loopedShare
        self.isNear = isNear
        self.wastedNanos = wastedNanos
        self.wastedTokens = wastedTokens
    }
}
