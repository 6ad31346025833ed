package import TraceModel
import TraceTables

/// Writes traces in one format, piece by piece: memory holds at most one trace, and most formats only a span.
///
/// The calls come as `begin`, then for each trace `beginTrace`, `add` for its spans in order of start time, `endTrace`,
/// and at the end `end`. The same calls give the same bytes. Whatever is appended to `out` is written and taken away
/// between calls.
package protocol TraceExporter {
    /// Whether spans need their streams and their content.
    var needs: ExportNeeds { get }

    mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8])
    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8])
    mutating func add(_ span: ExportSpan, into out: inout [UInt8])
    mutating func endTrace(into out: inout [UInt8])
    mutating func end(into out: inout [UInt8])
    /// What the format has no place for or could not say of the traces so far, one sentence each; told to the user.
    var remarks: [String] { get }
}

extension TraceExporter {
    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {}
    package mutating func endTrace(into out: inout [UInt8]) {}
    package mutating func end(into out: inout [UInt8]) {}
    package var remarks: [String] { [] }
}

/// What a writer wants to be told of each span.
package struct ExportNeeds: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// `ExportSpan.stream`.
    package static let streams = ExportNeeds(rawValue: 1 << 0)
    /// `ExportSpan.content` and the facts that go beyond the row.
    package static let content = ExportNeeds(rawValue: 1 << 1)
}

/// Where an export comes from, told in its files where the format has a place.
///
/// It holds no time and no path: the same selection of the same database gives the same bytes.
package struct ExportProvenance: Equatable, Sendable {
    /// Such as `spandrel 1.0.0`.
    package var program: String
    /// What was selected, as a person writes it, such as `--filter "status:error"`.
    package var selection: String
    /// The redaction policy of the export, `unredacted` where none was applied.
    package var policy: String

    package init(program: String, selection: String, policy: String) {
        self.program = program
        self.selection = selection
        self.policy = policy
    }
}

/// A trace on its way out: everything but the payload of its spans.
package struct ExportTrace: Sendable {
    package var summary: TraceSummary
    /// What `SpanRow.agentRun` numbers.
    package var agents: AgentTopology
    /// In order of their numbers, which `SpanRow.step` names; those of the exported part only.
    package var steps: [StepFigures]
    package var findings: [Finding]
    /// How many of the calls that must exist are recorded; nil where nothing was analysed.
    package var coverage: TraceCoverage?
    /// The part of the trace that was asked for, in words such as `agent worker#2`; nil for the whole trace.
    package var part: String?
    /// The spans that follow.
    package var spanCount: Int

    package init(
        summary: TraceSummary, agents: AgentTopology, steps: [StepFigures], findings: [Finding],
        coverage: TraceCoverage?, part: String?, spanCount: Int
    ) {
        self.summary = summary
        self.agents = agents
        self.steps = steps
        self.findings = findings
        self.coverage = coverage
        self.part = part
        self.spanCount = spanCount
    }

    /// The agent run of a number; nil for 0, and for one that is not in the exported part.
    func run(_ number: Int32) -> AgentRun? { agents.run(number) }
}

extension Sequence<SpanID> {
    /// The place at which each id stands first.
    var firstPlaces: [SpanID: Int] {
        Dictionary(enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A span on its way out, redacted where the export redacts.
package struct ExportSpan: Sendable {
    /// Its place in the structure; names are resolved below.
    package var row: SpanRow
    /// The span with its own events only.
    package var span: Span
    package var logs: [SpanLogRecord]
    package var stream: WholeStream?
    /// Its sources, where several records tell of it.
    package var origins: [SpanOrigin] = []
    /// What the dialect reads out of the span and its log records; agent and identity as the tree decided.
    package var facts: SpanFacts
    /// What the span said and heard; empty where the writer asks for none.
    package var content: SpanContent

    package init(
        row: SpanRow, span: Span, logs: [SpanLogRecord], stream: WholeStream?, facts: SpanFacts, content: SpanContent
    ) {
        self.row = row
        self.span = span
        self.logs = logs
        self.stream = stream
        self.facts = facts
        self.content = content
    }
}

/// The files that traces can be exported as.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// OTLP/JSON, a document a line: traces and the log records that belong to them.
    case otlpJSON = "otlp-json"
    /// Agent Trajectory Interchange Format; a document a line.
    case atif
    /// Chat messages with tools, a line a trajectory.
    case openaiMessages = "openai-messages"
    /// The same as the columns of data sets of Hugging Face.
    case hfMessages = "hf-messages"
    case sharegpt
    /// Chrome's trace events, for Perfetto and speedscope.
    case chromeTrace = "chrome-trace"
    /// A terminal recording of traces replayed, asciicast v3.
    case asciicast
    case asciicastV2 = "asciicast-v2"
    case markdown
    case html
    case csv
    case ndjson
    /// A smaller database.
    case sqlite

    /// What people know it as, in a few words.
    package var title: String {
        switch self {
        case .otlpJSON: "OTLP/JSON lines, for other back ends"
        case .atif: "ATIF trajectories, for evaluation and replay"
        case .openaiMessages: "OpenAI chat messages, for fine-tuning and evals"
        case .hfMessages: "Hugging Face messages, for data sets"
        case .sharegpt: "ShareGPT conversations, for data sets"
        case .chromeTrace: "Chrome trace, for Perfetto and speedscope"
        case .asciicast: "terminal recording, asciicast v3"
        case .asciicastV2: "terminal recording, asciicast v2"
        case .markdown: "Markdown report"
        case .html: "HTML report, self-contained"
        case .csv: "CSV table"
        case .ndjson: "JSON lines table"
        case .sqlite: "smaller Spandrel database"
        }
    }

    /// The usual ending of file names, without a dot.
    package var fileExtension: String {
        switch self {
        case .otlpJSON, .openaiMessages, .hfMessages, .sharegpt, .atif: "jsonl"
        case .chromeTrace: "json"
        case .asciicast, .asciicastV2: "cast"
        case .markdown: "md"
        case .html: "html"
        case .csv: "csv"
        case .ndjson: "ndjson"
        case .sqlite: "db"
        }
    }
}

/// The rows of a table: what `csv` and `ndjson` have a line for.
package enum ExportRows: String, CaseIterable, Sendable {
    case spans
    case steps
    case streams
}

/// What an export would be, before it is written.
package struct ExportEstimate: Equatable, Sendable {
    package var traces: Int
    package var spans: Int
    /// A guess from a sample of the spans; nil without one.
    package var bytes: Int64?
    /// What is known of the redaction of the stored traces.
    package var redaction: TraceRedaction

    package init(traces: Int, spans: Int, bytes: Int64?, redaction: TraceRedaction) {
        self.traces = traces
        self.spans = spans
        self.bytes = bytes
        self.redaction = redaction
    }
}
