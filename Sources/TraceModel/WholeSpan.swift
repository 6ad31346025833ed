/// A span with everything that is stored of it, as exports need it.
public struct WholeSpan: Equatable, Sendable {
    public var row: SpanRow
    /// The span with its own events; those of log records are in `logs`.
    public var span: Span
    /// The log records that belong to it, in order of time.
    public var logs: [SpanLogRecord]
    /// Its sources, where several records tell of it.
    public var origins: [SpanOrigin] = []
    /// Its stream; nil without one, and where streams were not asked for.
    public var stream: WholeStream?

    public init(row: SpanRow, span: Span, logs: [SpanLogRecord] = [], stream: WholeStream? = nil) {
        self.row = row
        self.span = span
        self.logs = logs
        self.stream = stream
    }
}

/// A stored stream with its chunks.
public struct WholeStream: Equatable, Sendable {
    public var info: StreamInfo
    public var figures: StreamFigures
    public var chunks: StreamChunks
    /// True where the stream was read out of the events or attributes of its span, which tell it again.
    public var isFromSpan: Bool

    public init(info: StreamInfo, figures: StreamFigures, chunks: StreamChunks, isFromSpan: Bool) {
        self.info = info
        self.figures = figures
        self.chunks = chunks
        self.isFromSpan = isFromSpan
    }
}
