import Tables
import TraceExport
package import TraceModel
package import TraceQuery

/// What is exported: whole traces, or a part of one; numbers are keys of the store.
package enum ExportScope: Hashable, Sendable {
    /// The traces that hold a span which the filter keeps, whole; nil for all.
    case traces(FilterExpression?)
    /// These traces, whole.
    case listed([TraceID])
    case spans(trace: TraceID, [LocalSpanID])
    /// A span with all that is below it.
    case subtree(trace: TraceID, span: LocalSpanID)
    /// What an agent did in one run, by its label such as `worker#2` and its number in the trace.
    case agent(trace: TraceID, label: String, number: Int32)
    /// Steps by their numbers in the trace.
    case steps(trace: TraceID, ClosedRange<Int>)
    /// The spans of a trace that a filter keeps.
    case matching(trace: TraceID, FilterExpression)

    /// True where trajectories are not exported whole.
    package var isPart: Bool {
        switch self {
        case .traces, .listed: false
        case .spans, .subtree, .agent, .steps, .matching: true
        }
    }

    /// What it is, for a person.
    package var words: String {
        switch self {
        case .traces(nil): "all traces"
        case .traces(let filter?): "the traces that match \(filter)"
        case .listed(let keys): Counted.text(keys.count, "trace")
        case .spans(_, let keys): Counted.text(keys.count, "span")
        case .subtree: "a span with all below it"
        case .agent(_, let label, _): "agent \(label)"
        case .steps(_, let range): "steps \(range.lowerBound)..\(range.upperBound)"
        case .matching(_, let filter): "the spans that match \(filter)"
        }
    }
}

/// Something that the dialog offers to export.
package struct ExportChoice: Equatable, Sendable {
    package var scope: ExportScope
    /// What the dialog calls it.
    package var title: String
    /// What stands dim beside it, such as how much it is.
    package var note = ""
    /// The trace that the file is named after; nil where there are several.
    package var traceID: TraceID?
    /// How the command line names it; nil where it cannot.
    package var arguments: [String]?
    /// The number of the last step, where steps are offered.
    package var stepCount = 0

    package init(_ scope: ExportScope, _ title: String) {
        self.scope = scope
        self.title = title
    }

    /// The name that is proposed for the file.
    func fileName(_ format: ExportFormat) -> String {
        let stem = traceID.map { "\($0.hex.prefix(8))" } ?? "traces"
        return "spandrel-\(stem)\(scope.isPart ? "-part" : "").\(format.fileExtension)"
    }
}

/// A range of steps as a user types it.
enum StepRange {
    /// Reads `A..B` or a single number; nil unless it lies within the steps of the trace.
    static func parse(_ text: String, count: Int) -> ClosedRange<Int>? {
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0.trimmed) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
        return first >= 1 && first <= last && last <= count ? first...last : nil
    }

    static func help(count: Int) -> String { "steps are A..B, from 1 to \(count)" }
}
