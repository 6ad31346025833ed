package import TraceModel
package import TraceQuery

/// One span as tables show it, or the placeholder of a parent that has no record.
package struct SpanLine: Sendable {
    package var traceID: TraceID
    /// The id of the span, or the id that the placeholder stands for.
    package var spanID: SpanID
    package var parentSpanID: SpanID?
    /// The ancestors above the line.
    package var depth = 0
    /// Nil for a placeholder.
    package var row: SpanRow?
    package var name: String?
    package var kind: SpanKind?
    package var status: String?
    package var startUnixNano: Int64?
    package var endUnixNano: Int64?
    package var selfNanos: Int64?
    package var modelRequested: String?
    package var modelResolved: String?
    package var tokens = TokenUsage()
    /// The agent, the span's own or inherited.
    package var agent: String?
    package var agentSource = IdentitySource.missing
    /// The agent run that the span belongs to; nil where the analysis names none.
    package var run: AgentRun?

    /// What names the line within the trace.
    package var local: LocalSpanID { row?.local ?? LocalSpanID(spanID) }

    /// The placeholder of a span that has no record.
    package init(traceID: TraceID, missing spanID: SpanID, depth: Int) {
        self.traceID = traceID
        self.spanID = spanID
        self.depth = depth
    }

    /// A span of the structure of a trace.
    package init(traceID: TraceID, row: SpanRow, names: NameTable, run: AgentRun?) {
        self.traceID = traceID
        spanID = row.spanID
        parentSpanID = row.parentSpanID
        self.row = row
        name = names[row.name]
        kind = row.kind
        status = row.statusWord
        startUnixNano = row.startUnixNano
        endUnixNano = row.endUnixNano
        modelRequested = names[row.modelRequested]
        modelResolved = names[row.modelResolved]
        tokens = TokenUsage(input: row.tokensInput, output: row.tokensOutput)
        agent = names[row.agent]
        agentSource = row.agentSource
        self.run = run
    }

    /// A span with its payload, which is told as the payload tells it.
    package init(row: SpanRow, span: Span, facts: SpanFacts, run: AgentRun?) {
        traceID = span.traceID
        spanID = span.spanID
        parentSpanID = span.parentSpanID
        self.row = row
        name = span.name
        kind = facts.kind
        status = row.statusWord
        startUnixNano = span.startUnixNano
        endUnixNano = span.endUnixNano
        modelRequested = facts.modelRequested
        modelResolved = facts.modelResolved
        tokens = facts.tokens
        agent = facts.agentName
        agentSource = facts.agentSource
        self.run = run
    }

    package var isPlaceholder: Bool { row == nil }
    /// End minus start, in nanoseconds.
    package var durationNanos: Int64? { row?.durationNanos }
    /// The step that the span belongs to; nil where it belongs to none.
    package var step: Int32? { row.flatMap { $0.step == 0 ? nil : $0.step } }
}

/// A span with its payload, as tables show it.
package struct SpanPayloadLine: Sendable {
    package var line: SpanLine
    package var span: Span
    package var facts: SpanFacts
    package var content: SpanContent
    package var findings: [Finding] = []
    package var stream: StreamBrief?
    package var context: MessageContext?
    /// The part of the trace that was asked for; nil for the whole trace.
    package var part: String?

    package init(line: SpanLine, span: Span, facts: SpanFacts, content: SpanContent) {
        self.line = line
        self.span = span
        self.facts = facts
        self.content = content
    }

    /// When the first chunk came, as its stream was measured.
    var firstChunkOfStream: Int64? {
        guard let stream, stream.info.timing == .measured || stream.info.timing == .firstAndLastOnly else { return nil }
        return stream.figures.timeToFirstChunkNanos
    }
}

extension SpanRow {
    /// One word for how the span ended: `error`, `cancelled`, `ok` or `unset`.
    package var statusWord: String {
        if isError { return "error" }
        if isCancelled { return "cancelled" }
        return status == .ok ? "ok" : "unset"
    }
}
