import TraceModel

/// A span name that shows a kind.
struct SpanNameRule: Sendable {
    /// The scope that writes the name; nil where the name alone is plain enough.
    let scope: String?
    let prefix: String
    let kind: SpanKind

    init(scope: String?, prefix: String, _ kind: SpanKind) {
        self.scope = scope
        self.prefix = prefix
        self.kind = kind
    }
}
