package import TraceModel

/// The layer of an agent program that a span belongs to.
package enum SpanLayer: CaseIterable, Sendable {
    case model
    case tool
    case harness

    package var name: String { String(describing: self) }

    package init(_ kind: SpanKind) {
        switch kind {
        case .llm, .embedding, .reranker: self = .model
        case .tool, .retrieval, .memory: self = .tool
        default: self = .harness
        }
    }
}
