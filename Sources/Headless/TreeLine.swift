package import TraceModel

/// One line of a trace in tree order: a span, or the placeholder of a parent that has no record.
package struct TreeLine: Sendable {
    package var traceID: TraceID
    /// The id of the span, or the id that the placeholder stands for.
    package var spanID: SpanID
    /// The ancestors above the line.
    package var depth: Int
    /// Nil for a placeholder.
    package var span: SpanRow?
    package var selfNanos: Int64?
    /// The agent, the span's own or inherited.
    package var agent: String?
    package var agentSource: IdentitySource
    package var names: NameTable
    /// The agent run that the span belongs to; nil where the analysis names none.
    package var run: AgentRun?

    package var isPlaceholder: Bool { span == nil }

    /// The step that the span belongs to; nil where it belongs to none.
    var step: Int32? { span.flatMap { $0.step == 0 ? nil : $0.step } }

    func name(_ path: KeyPath<SpanRow, NameIndex>) -> String? {
        span.flatMap { names[$0[keyPath: path]] }
    }
}
