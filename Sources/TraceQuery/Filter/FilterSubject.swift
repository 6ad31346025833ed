import Basics
package import TraceModel

/// A span with all that filters can ask of it.
package struct FilterableSpan: Sendable {
    package var row: SpanRow
    package var attributes: [Attribute]
    package var resource: [Attribute]
    /// The name of the instrumentation library.
    package var scope: String
    package var session: String?
    package var usage: TokenUsage
    /// The texts that the index holds of the span and of each of its log records.
    package var texts: [IndexedText]
    /// How the times of its chunks came to be; nil for a span without a stream.
    package var timing: TimingQuality?
    /// What was found about the span.
    package var findings: [Finding] = []

    /// - Parameter texts: what the dialect reads of the span, and of each of its log records, to be searched.
    package init(_ row: SpanRow, _ span: Span, _ facts: SpanFacts, texts: [String], timing: TimingQuality?) {
        self.row = row
        attributes = span.attributes
        resource = span.resource.attributes
        scope = span.scope.name
        session = facts.session
        usage = facts.tokens
        self.texts = texts.map { IndexedText($0) }
        self.timing = timing
    }
}

/// A trace with all that filters can ask of it, whatever holds it: an assembled trace or one that a back end has read.
///
/// It is what a back end fills so that `FilterEvaluator` can answer for it what its own language cannot express.
package struct FilterableTrace: Sendable {
    package var summary: TraceSummary
    package var agents: AgentTopology
    package var coverage: TraceCoverage?
    /// The texts that rows refer to.
    package var names: NameTable
    package var spans: [FilterableSpan]
    /// What was found about the trace as a whole.
    package var findings: [Finding]

    /// - Parameter structure: the trace, whose findings go to the first span of their id, to the trace where there is none.
    package init(_ structure: TraceStructure, _ spans: [FilterableSpan]) {
        summary = structure.summary
        agents = structure.agents
        coverage = structure.coverage
        names = structure.names
        self.spans = spans
        findings = []
        var places: [SpanID: Int] = [:]
        for (place, span) in spans.enumerated() where places[span.row.spanID] == nil { places[span.row.spanID] = place }
        for finding in structure.findings {
            if let place = finding.spanID.flatMap({ places[$0] }) {
                self.spans[place].findings.append(finding)
            } else {
                findings.append(finding)
            }
        }
    }

    /// Calls that must exist and are not recorded; nil where nothing was analysed.
    var missingCalls: Int64? {
        coverage.map { Int64(max(0, $0.expectedAtLeast.subtractingClamped($0.recorded))) }
    }

    /// The percentage of spans whose agent is told apart; nil where nothing was analysed.
    var identifiablePercent: Int64? {
        agents.spanCount > 0 ? Int64(100.multipliedClamped(by: agents.identifiedSpans) / agents.spanCount) : nil
    }
}

/// What a term is asked of: a span of a trace, or the trace itself.
package struct FilterSubject: Sendable {
    let trace: FilterableTrace
    /// Nil where the trace itself is meant: then only fields of traces and findings have values.
    let span: FilterableSpan?

    var start: Int64? { span.map(\.row.startUnixNano) ?? trace.summary.startUnixNano }
    var findings: [Finding] { span?.findings ?? trace.findings }

    /// The rules of the findings, those that are marks of the structure included.
    var rules: [String] {
        let marks = span?.row.marks.intersection(.structural).names ?? []
        return findings.map(\.rule) + marks.map { "structure." + $0 }
    }

    /// The text of a row's name; none where it is absent.
    func name(_ path: KeyPath<SpanRow, NameIndex>) -> [String] {
        span.flatMap { trace.names[$0.row[keyPath: path]] }.map { [$0] } ?? []
    }

    /// The agent run of the span.
    var run: AgentRun? {
        guard let place = span.map({ Int($0.row.agentRun) - 1 }), trace.agents.runs.indices.contains(place) else {
            return nil
        }
        return trace.agents.runs[place]
    }

    /// Why there is another attempt; first attempts have no reason.
    var attemptReasons: [String] {
        guard let run, run.attempt > 1, let reason = run.attemptReason else { return [] }
        return [reason.name]
    }

    var outcomes: [String] {
        guard let row = span?.row else { return [] }
        var outcomes: [TraceFacet.Outcome] = []
        if row.isError { outcomes.append(.error) }
        if row.isCancelled { outcomes.append(.cancelled) }
        if outcomes.isEmpty { outcomes.append(row.status == .ok ? .ok : .unset) }
        return outcomes.map { String(describing: $0) }
    }

    /// Whether there is a stream, and how its times came to be.
    var streams: [String] {
        guard let span else { return [] }
        return span.timing.map { ["yes", $0.name] } ?? ["no"]
    }
}

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
