import ArgumentParser
import Exporter
import TraceQuery

/// Which traces, or which part of one, an export takes.
struct ExportSelectionOptions: ParsableArguments {
    @Flag(help: "Export all traces.")
    var all = false
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Export the traces that hold a span which the filter matches, whole; with --trace, those spans of it.",
            valueName: "filter"))
    var filter: String?
    @Option(
        name: .customLong("trace"), parsing: .upToNextOption,
        help: ArgumentHelp("Export these traces, by their ids or prefixes of them.", valueName: "id"))
    var traces: [String] = []
    @Option(help: ArgumentHelp("Export one span, by the ids of its trace and itself.", valueName: "trace/span"))
    var span: String?
    @Flag(help: "With --span: and all spans below it.")
    var subtree = false
    @Option(
        help: ArgumentHelp(
            "With --trace: what an agent did, by its name or a label such as worker#2.", valueName: "name"))
    var agent: String?
    @Option(help: ArgumentHelp("With --trace: a step or a range of steps, such as 3..7.", valueName: "A..B"))
    var steps: String?

    func validate() throws {
        let whole = [all, filter != nil && traces.isEmpty, !traces.isEmpty, span != nil].filter { $0 }.count
        guard whole == 1 else {
            throw ValidationError("one of --all, --filter, --trace and --span says what is exported")
        }
        let parts = [agent != nil, steps != nil, filter != nil && !traces.isEmpty].filter { $0 }.count
        if parts > 1 { throw ValidationError("--agent, --steps and --filter exclude each other as parts of a trace") }
        if parts == 1, traces.count != 1 { throw ValidationError("a part needs one --trace") }
        if subtree, span == nil { throw ValidationError("--subtree goes with --span") }
        if let span, Self.spanReference(span) == nil {
            throw ValidationError("--span \(span): two ids with a slash between are wanted, such as 4bf92f35/00f067aa")
        }
        if let steps, Self.range(steps) == nil {
            throw ValidationError("--steps \(steps): a number or a range such as 3..7 is wanted")
        }
    }

    /// The selection; fails where the filter has a fault.
    func selection() throws(QueryError) -> ExportSelection {
        var expression: FilterExpression?
        if let filter { expression = try FilterExpression.parse(filter) }
        if let span, let reference = Self.spanReference(span) {
            guard case .prefix(let trace, _) = reference else { return .part(.prefix(span), .span(reference)) }
            return .part(.prefix(trace), subtree ? .subtree(reference) : .span(reference))
        }
        guard let first = traces.first else { return .traces(expression) }
        if let agent { return .part(.prefix(first), .agent(agent)) }
        if let range = steps.flatMap({ Self.range($0) }) { return .part(.prefix(first), .steps(range)) }
        if let expression { return .part(.prefix(first), .matching(expression)) }
        return .listed(traces.map { .prefix($0) })
    }

    /// The options as they would be typed, for provenance and the audit log.
    var words: String {
        var words: [String] = []
        if all { words.append("--all") }
        if !traces.isEmpty { words.append("--trace " + traces.joined(separator: " ")) }
        if let filter { words.append("--filter '\(filter)'") }
        if let span { words.append("--span \(span)" + (subtree ? " --subtree" : "")) }
        if let agent { words.append("--agent '\(agent)'") }
        if let steps { words.append("--steps \(steps)") }
        return words.joined(separator: " ")
    }

    private static func spanReference(_ text: String) -> SpanReference? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, !parts.contains("") else { return nil }
        return .prefix(trace: parts[0], span: parts[1])
    }

    /// `3` or `3..7`, from 1.
    private static func range(_ text: String) -> ClosedRange<Int>? {
        let parts = text.replacing("..", with: " ").split(separator: " ", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard let first = parts.first ?? nil, first >= 1 else { return nil }
        if parts.count == 1 { return first...first }
        guard parts.count == 2, let last = parts[1], last >= first else { return nil }
        return first...last
    }
}
