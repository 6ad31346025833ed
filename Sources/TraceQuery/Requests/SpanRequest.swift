public import TraceModel

/// One span with its payload.
public struct SpanRequest: TraceRequest {
    public typealias Answer = SpanDetail

    public var span: SpanReference

    public init(_ span: SpanReference) {
        self.span = span
    }
}

/// A span with its payload.
public struct SpanDetail: Equatable, Sendable {
    public var row: SpanRow
    public var names: NameTable
    public var span: Span
    public var facts: SpanFacts
    public var content: SpanContent
    /// How many spans carry its id: more than one where records contradict each other.
    public var namesakes = 1
    /// Through how many sources records of the span came, such as pipelines.
    public var sources = 1
    /// What was found about the span.
    public var findings: [Finding] = []
    /// What is known of the span's stream; nil where nothing is.
    ///
    /// Where only the first and the last time are known, `figures.chunkCount` is 0 and a `StreamRequest` finds none.
    public var stream: StreamBrief?
    /// What a model call was given, beside what the call before was; nil for other spans and without messages.
    public var context: MessageContext?

    public var address: SpanAddress { SpanAddress(span.traceID, row.local) }

    public init(row: SpanRow, names: NameTable, span: Span, facts: SpanFacts, content: SpanContent) {
        self.row = row
        self.names = names
        self.span = span
        self.facts = facts
        self.content = content
    }
}

/// Spans with everything that is stored of them, in the order in which they are named; what is not there is passed over.
public struct WholeSpanRequest: TraceRequest {
    public typealias Answer = WholeSpans

    /// A few hundred at a time keep memory flat.
    public var spans: [SpanAddress]
    public var includesStreams: Bool

    public init(_ spans: [SpanAddress], includesStreams: Bool) {
        self.spans = spans
        self.includesStreams = includesStreams
    }
}

/// Spans in the order asked for, with the names that their rows refer to.
public struct WholeSpans: Equatable, Sendable {
    public var spans: [WholeSpan]
    public var names: NameTable

    public init(spans: [WholeSpan], names: NameTable) {
        self.spans = spans
        self.names = names
    }
}
