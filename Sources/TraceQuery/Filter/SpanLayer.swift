import TraceModel

/// The layer of an agent program that a span belongs to.
enum SpanLayer: CaseIterable {
    case model
    case tool
    case harness

    var name: String { String(describing: self) }

    init(_ kind: SpanKind) {
        switch kind {
        case .llm, .embedding, .reranker: self = .model
        case .tool, .retrieval, .memory: self = .tool
        default: self = .harness
        }
    }
}
