import TraceModel

/// A span as a report keeps it until its trace ends: what trees and heads show, without payload.
struct ReportSpan {
    var row: SpanRow
    var name: String
    /// The model or the tool, where the name does not say it.
    var subject: String?
    /// Written content of the span in the body of the trace, by place; nil without any.
    var entry: Int?
    /// Its stream in the body of the trace, by place; nil without any.
    var stream: Int?

    init(_ span: ExportSpan) {
        row = span.row
        name = span.span.name
        let subject = span.facts.modelResolved ?? span.facts.modelRequested ?? span.facts.toolName
        self.subject = subject.flatMap { span.span.name.contains($0) ? nil : $0 }
    }

    /// The name as lists show it; a word for an empty one.
    var shownName: String { name.isEmpty ? "(no name)" : name }

    /// The name with the model or the tool that it leaves out.
    var title: String { shownName + (subject.map { " · " + $0 } ?? "") }

    /// The duration, or the word for what is absent.
    var durationWords: String {
        if row.startUnixNano == nil { return row.endUnixNano == nil ? "no times" : "no start" }
        if row.endUnixNano == nil { return "unfinished" }
        return ReportFigures.duration(row.durationNanos)
    }

    /// What became of the span, in words; nil where nothing is to be said.
    var stateWords: String? {
        if row.isCancelled { return "cancelled" }
        if row.isError { return "error" }
        return isOpenEnded ? "unfinished" : nil
    }

    /// A mark of one column for the same.
    var stateGlyph: String? {
        if row.isCancelled { return "⊘" }
        if row.isError { return "✗" }
        return isOpenEnded ? "…" : nil
    }

    /// True for a span that has a start but no end.
    var isOpenEnded: Bool { row.startUnixNano != nil && row.endUnixNano == nil }
}

extension SpanKind {
    /// A mark of one column that tells kinds apart without colour.
    var reportGlyph: String {
        switch self {
        case .agent: "◆"
        case .llm: "●"
        case .tool: "■"
        case .retrieval, .embedding, .reranker: "▲"
        case .guardrail, .evaluator: "▣"
        case .chain, .workflow: "○"
        case .memory, .other: "·"
        }
    }

    /// The group that shares a colour.
    var reportGroup: ReportKindGroup {
        switch self {
        case .agent: .agent
        case .llm: .model
        case .tool: .tool
        case .retrieval, .embedding, .reranker, .memory: .retrieval
        case .guardrail, .evaluator: .check
        case .chain, .workflow, .other: .other
        }
    }
}

/// Kinds of spans as waterfalls colour them.
enum ReportKindGroup: Int, CaseIterable {
    case agent
    case model
    case tool
    case retrieval
    case check
    case other

    var name: String {
        switch self {
        case .agent: "agent"
        case .model: "model call"
        case .tool: "tool"
        case .retrieval: "retrieval"
        case .check: "guardrail, evaluator"
        case .other: "other"
        }
    }

    var glyph: String {
        switch self {
        case .agent: "◆"
        case .model: "●"
        case .tool: "■"
        case .retrieval: "▲"
        case .check: "▣"
        case .other: "○ ·"
        }
    }
}
