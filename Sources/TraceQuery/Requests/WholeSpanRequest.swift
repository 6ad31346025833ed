public import TraceModel

/// Spans to be read whole.
public struct WholeSpanRequest: Hashable, Sendable {
    /// The store keys of spans; a few hundred at a time keep memory flat.
    public var keys: [Int64]
    public var includesStreams: Bool

    public init(keys: [Int64], includesStreams: Bool) {
        self.keys = keys
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
