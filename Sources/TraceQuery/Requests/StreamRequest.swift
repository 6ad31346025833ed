public import TraceModel

/// The chunks of a span's stream; `QueryError.notFound` where it has none.
public struct StreamRequest: TraceRequest {
    public typealias Answer = StreamDetail

    public var span: SpanReference

    public init(_ span: SpanReference) {
        self.span = span
    }
}

/// The stream of one span, whole: its chunks, what they come to, and what was found in it.
public struct StreamDetail: Equatable, Sendable {
    public var row: SpanRow
    public var names: NameTable
    public var traceID: TraceID
    public var info: StreamInfo
    public var figures: StreamFigures
    public var chunks: StreamChunks
    public var findings: [Finding]

    public var address: SpanAddress { SpanAddress(traceID, row.local) }

    public init(
        row: SpanRow, names: NameTable, traceID: TraceID, info: StreamInfo, figures: StreamFigures,
        chunks: StreamChunks, findings: [Finding] = []
    ) {
        self.row = row
        self.names = names
        self.traceID = traceID
        self.info = info
        self.figures = figures
        self.chunks = chunks
        self.findings = findings
    }
}

/// What a span's detail says of its stream, without the chunks.
public struct StreamBrief: Equatable, Sendable {
    public var info: StreamInfo
    public var figures: StreamFigures

    public init(info: StreamInfo, figures: StreamFigures) {
        self.info = info
        self.figures = figures
    }
}
