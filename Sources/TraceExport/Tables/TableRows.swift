import TraceModel

/// The rows of the traces of an export, as they come.
struct TableRows {
    let rows: ExportRows
    private var trace: ExportTrace?
    /// The rules that found something at a span, each once in the order of the findings.
    private var rules: [SpanID: [String]] = [:]

    init(_ rows: ExportRows) {
        self.rows = rows
    }

    var needs: ExportNeeds {
        switch rows {
        case .spans: .content
        case .steps: []
        case .streams: [.streams, .content]
        }
    }

    /// The names of the columns.
    var names: [String] {
        switch rows {
        case .spans: SpanTable.columns.map(\.name)
        case .steps: StepTable.columns.map(\.name)
        case .streams: StreamTable.columns.map(\.name)
        }
    }

    /// Takes up a trace, and hands on the rows that it has apart from its spans.
    mutating func begin(_ trace: ExportTrace, _ write: ([TableCell]) -> Void) {
        self.trace = trace
        rules = [:]
        switch rows {
        case .spans:
            for finding in trace.findings {
                guard let span = finding.spanID, rules[span]?.contains(finding.rule) != true else { continue }
                rules[span, default: []].append(finding.rule)
            }
        case .steps:
            for step in trace.steps {
                let row = StepTable.Row(trace: trace, step: step)
                write(StepTable.columns.map { $0.cell(row) })
            }
        case .streams: break
        }
    }

    func add(_ span: ExportSpan, _ write: ([TableCell]) -> Void) {
        guard let trace else { return }
        switch rows {
        case .spans:
            let row = SpanTable.Row(trace: trace, span: span, rules: rules[span.span.spanID] ?? [])
            write(SpanTable.columns.map { $0.cell(row) })
        case .steps: break
        case .streams:
            guard let stream = span.stream else { return }
            let row = StreamTable.Row(trace: trace, span: span, stream: stream)
            write(StreamTable.columns.map { $0.cell(row) })
        }
    }
}

extension ExportTrace {
    /// The agent run of a number; nil for 0, which is none.
    func run(_ number: Int32) -> AgentRun? {
        let index = Int(number) - 1
        return agents.runs.indices.contains(index) ? agents.runs[index] : nil
    }
}
