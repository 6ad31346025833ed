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

    mutating func redact(_ whole: inout WholeSpan) {
        guard let redactor else { return }
        let before = counts
        redactor.redact(&whole.span, &counts)
        for index in whole.logs.indices { redactor.redact(&whole.logs[index], &counts) }
        guard var stream = whole.stream else { return }
        let spanCounts = counts
        redactor.redact(&stream.chunks, &stream.info, &counts)
        // Figures tell lengths and loops of the text.
        if counts != spanCounts { stream.figures = StreamAnalysis.figures(of: stream.chunks, info: stream.info) }
        if counts != before { whole.stream = stream }
    }

    /// Redacts everything that is told of a trace beside its spans.
    mutating func redact(_ trace: inout ExportTrace) {
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

    private mutating func redact(_ run: inout AgentRun) {
        run.name = redacted(run.name)
        run.role = redacted(run.role)
        run.declaredInstance = redacted(run.declaredInstance)
        run.promptName = redacted(run.promptName)
        run.promptVersion = redacted(run.promptVersion)
        run.modelsRequested = run.modelsRequested.map { redacted($0) }
        run.modelsResolved = run.modelsResolved.map { redacted($0) }
        redact(&run.attemptEvidence)
    }

    private mutating func redact(_ evidence: inout [FindingEvidence]) {
        for index in evidence.indices {
            evidence[index].label = redacted(evidence[index].label)
            evidence[index].value = redacted(evidence[index].value)
        }
    }

    mutating func redacted(_ text: String?) -> String? { text.map { redacted($0) } }

    mutating func redacted(_ text: String) -> String { redactor?.redacted(text, &counts) ?? text }
}
