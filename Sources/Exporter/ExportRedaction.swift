import Redaction
import TraceAnalysis
import TraceExport
import TraceModel

/// Redacts what leaves the database: other programs may have written it, and rules grow.
struct ExportRedaction {
    /// Nil where the user asked for the texts as they are.
    let redactor: Redactor?
    /// What was replaced on the way out.
    var counts = RedactionCounts()

    init(_ redactor: Redactor?) {
        self.redactor = redactor
    }

    /// Redacts a span with all that belongs to it; returns what was replaced.
    mutating func redact(_ whole: inout WholeSpan) -> RedactionCounts {
        var found = RedactionCounts()
        guard let redactor else { return found }
        redactor.redact(&whole.span, &found)
        redactor.redact(&whole.logs, &found)
        for index in whole.origins.indices {
            // What its resource shares with that of the span is counted with the span.
            var bearer = Span(
                traceID: whole.span.traceID, spanID: whole.span.spanID, name: "", startUnixNano: nil,
                endUnixNano: nil, resource: whole.origins[index].resource, scope: whole.origins[index].scope)
            var shared = RedactionCounts()
            redactor.redact(&bearer, &shared)
            (whole.origins[index].resource, whole.origins[index].scope) = (bearer.resource, bearer.scope)
        }
        if var stream = whole.stream {
            let before = found
            redactor.redact(&stream.chunks, &stream.info, &found)
            if found != before {
                // Figures tell lengths and loops of the text.
                stream.figures = StreamAnalysis.figures(of: stream.chunks, info: stream.info)
                whole.stream = stream
            }
        }
        counts.add(found)
        return found
    }

    /// Redacts everything that is told of a trace beside its spans.
    func redact(_ trace: inout ExportTrace) {
        guard redactor != nil else { return }
        trace.summary.name = redacted(trace.summary.name)
        trace.summary.session = redacted(trace.summary.session)
        trace.summary.services = trace.summary.services.map { redacted($0) }
        trace.summary.agents = trace.summary.agents.map { redacted($0) }
        trace.summary.models = trace.summary.models.map { redacted($0) }
        trace.part = redacted(trace.part)
        for index in trace.agents.runs.indices { redact(&trace.agents.runs[index]) }
        for index in trace.findings.indices {
            trace.findings[index].message = redacted(trace.findings[index].message)
            redact(&trace.findings[index].evidence)
        }
    }

    private func redact(_ run: inout AgentRun) {
        run.name = redacted(run.name)
        run.role = redacted(run.role)
        run.declaredInstance = redacted(run.declaredInstance)
        run.promptName = redacted(run.promptName)
        run.promptVersion = redacted(run.promptVersion)
        run.modelsRequested = run.modelsRequested.map { redacted($0) }
        run.modelsResolved = run.modelsResolved.map { redacted($0) }
        redact(&run.attemptEvidence)
    }

    private func redact(_ evidence: inout [FindingEvidence]) {
        for index in evidence.indices {
            evidence[index].label = redacted(evidence[index].label)
            evidence[index].value = redacted(evidence[index].value)
        }
    }

    func redacted(_ text: String?) -> String? { text.map { redacted($0) } }

    /// A text that was read out of spans, whose own texts are counted.
    func redacted(_ text: String) -> String {
        var derived = RedactionCounts()
        return redactor?.redacted(text, &derived) ?? text
    }
}
