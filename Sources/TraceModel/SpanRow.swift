import Basics

/// A name that one `NameTable` holds; 0 is absence.
public typealias NameIndex = Int32

/// The distinct texts of a result, so that rows stay small.
public struct NameTable: Equatable, Sendable {
    private var texts: [String]
    private var indices: [String: NameIndex]

    public init() {
        texts = [""]
        indices = [:]
    }

    /// The number of distinct texts, the absent one not counted.
    public var count: Int { texts.count - 1 }

    /// The text of an index; nil for 0, which is absence.
    public subscript(index: NameIndex) -> String? {
        index == 0 ? nil : texts[Int(index)]
    }

    /// The index of a text, added if it is new.
    public mutating func intern(_ text: String) -> NameIndex {
        if let index = indices[text] { return index }
        let index = NameIndex(texts.count)
        texts.append(text)
        indices[text] = index
        return index
    }

    /// The index of a text that may be absent.
    public mutating func intern(_ text: String?) -> NameIndex {
        guard let text else { return 0 }
        return intern(text)
    }

    /// Adds a text under an index of its own, though the table may hold an equal one.
    ///
    /// Swift takes two spellings of one letter for equal; whoever tells them apart needs both.
    public mutating func append(_ text: String) -> NameIndex {
        let index = NameIndex(texts.count)
        texts.append(text)
        if indices[text] == nil { indices[text] = index }
        return index
    }

    /// The index of a text, 0 if the table does not hold it.
    public func index(of text: String) -> NameIndex { indices[text] ?? 0 }
}

/// The structure of one span, without payload: what trees and lists draw.
///
/// Texts are indices into the `NameTable` that comes with the rows. Times are nanoseconds since the Unix epoch.
public struct SpanRow: Equatable, Sendable {
    public var spanID: SpanID
    /// 0, or counting up where records with one id contradict each other.
    public var ordinal: Int32 = 0
    /// Rises with the order in which the spans of the trace were stored; tells ties apart.
    public var arrival: Int32
    /// Nil for a root.
    public var parentSpanID: SpanID?
    public var name: NameIndex
    public var service: NameIndex
    public var agent: NameIndex
    public var agentInstance: NameIndex
    public var modelRequested: NameIndex
    public var modelResolved: NameIndex
    public var tool: NameIndex
    public var errorType: NameIndex
    public var kind: SpanKind
    public var agentSource: IdentitySource
    public var status: SpanStatus.Code
    /// Status, an exception or the like says that the span failed.
    public var isError: Bool
    public var isCancelled: Bool
    public var marks: SpanMarks
    public var startUnixNano: Int64?
    public var endUnixNano: Int64?
    public var timeToFirstChunkNanos: Int64?
    public var tokensInput: Int64?
    public var tokensOutput: Int64?
    // What the analysis of the trace says of the span; 0 where it says nothing.
    /// The agent run that it belongs to, as `AgentRun.number`.
    public var agentRun: Int32
    /// The step that it belongs to, as `StepFigures.number`.
    public var step: Int32
    /// The clock that its times come from, as `ClockEstimate.number`.
    public var clock: Int32
    /// For a span that is marked `same_call` the `arrival` of the span of this trace that counts; else −1.
    public var countedBy: Int32

    public init(arrival: Int32, spanID: SpanID, parentSpanID: SpanID?, name: NameIndex) {
        self.arrival = arrival
        self.spanID = spanID
        self.parentSpanID = parentSpanID
        self.name = name
        service = 0
        agent = 0
        agentInstance = 0
        modelRequested = 0
        modelResolved = 0
        tool = 0
        errorType = 0
        kind = .other
        agentSource = .missing
        status = .unset
        isError = false
        isCancelled = false
        marks = []
        agentRun = 0
        step = 0
        clock = 0
        countedBy = -1
    }

    /// What names the span within its trace.
    public var local: LocalSpanID { LocalSpanID(spanID, ordinal: ordinal) }

    /// End minus start, in nanoseconds; nil where one of them is absent.
    ///
    /// Negative where the end lies before the start.
    public var durationNanos: Int64? {
        guard let startUnixNano, let endUnixNano else { return nil }
        return endUnixNano.subtractingIfFits(startUnixNano)
    }

    /// Input and output together; nil where neither is stated.
    public var tokensTotal: Int64? {
        if tokensInput == nil && tokensOutput == nil { return nil }
        return (tokensInput ?? 0).addingClamped(tokensOutput ?? 0)
    }
}
