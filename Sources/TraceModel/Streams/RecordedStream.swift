/// A stream on its way into the database, with what tells which span it belongs to.
public struct RecordedStream: Equatable, Sendable {
    /// The model call as the recording alone knows it, with attributes of the GenAI conventions.
    ///
    /// It is stored where no span in the database is the one that the stream belongs to. Its ids are a function of
    /// the recording, so that reading the same recording twice adds nothing.
    public var span: Span
    public var info: StreamInfo
    public var chunks: StreamChunks
    /// The span that the stream belongs to, where the recording or the user names it.
    public var owner: StreamOwner

    public init(span: Span, info: StreamInfo, chunks: StreamChunks, owner: StreamOwner = .responseID(nil)) {
        self.span = span
        self.info = info
        self.chunks = chunks
        self.owner = owner
        admitNumbers()
    }

    /// Takes out the numbers that are out of range.
    private mutating func admitNumbers() {
        span.admitNumbers()
        info.admitNumbers()
        if chunks.admitNumbers() { info.remarks.append("some times of chunks are out of range, so taken as unknown") }
    }
}

/// What names the span that a stream belongs to.
public enum StreamOwner: Equatable, Sendable {
    /// `RecordedStream.span` is itself the model call, to be stored as it is: a recorder made it.
    case itself
    /// The model call that received the response with this id; where there is none, or nil, the recording's own span.
    case responseID(String?)
    /// This very span, which must be in the database, or arrives with the same import.
    case span(TraceID, SpanID)
}
