import Canvas
import Tables
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

extension View {
    package static let findings = View(rawValue: "findings")
}

extension ListView {
    /// What was found in all traces: one row for each rule, the gravest first.
    static let findings = ListView(
        view: .findings, isOverTrace: false,
        source: ListSource({ _ in FindingRulesRequest(FindingListRequest()) }) { FindingsList(rules: $0) },
        emptySentence: "Nothing was found in any trace. q goes back.",
        opening: ("what was found in all traces, by rule", "f", nil),
        commandWords: "findings --by rule", commands: FindingsList.commands)
}

/// The rules of which something was found.
private struct FindingsList: ListContent {
    static let columns = FindingRuleColumns.all

    let rules: [FindingRuleCount]

    var traceID: TraceID? { nil }
    var count: Int { rules.count }

    func row(_ index: Int) -> FindingRuleCount { rules[index] }

    func name(_ index: Int) -> String? { rules[index].rule }

    func exports(_ index: Int) -> [ExportChoice] {
        let text = "finding:\(rules[index].rule)"
        guard let filter = try? FilterExpression.parse(text) else { return [] }
        var choice = ExportChoice(.traces(filter), "the traces with this finding")
        choice.note = Counted.text(rules[index].traceCount, "trace")
        choice.arguments = ["--filter", CommandLineText.quoted(text)]
        return [choice]
    }

    func figures(_ state: AppState) -> [String] {
        [Counted.text(count, "rule"), Counted.text(rules.reduce(0) { $0 + $1.findingCount }, "finding")]
    }

    /// What the rule proves, and what it cannot tell.
    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine] {
        guard let rule = FindingRules.rule(rules[index].rule) else {
            return [DisplayLine("This version knows no rule of this name.", role: .dim)]
        }
        var proves = DisplayLine(hang: 2)
        proves.append("proves ", .dim)
        proves.append(rule.proves, .text)
        var cannot = DisplayLine(hang: 2)
        cannot.append("cannot tell ", .dim)
        cannot.append(rule.cannotTell, .text)
        return [DisplayLine(rule.title, role: .header), proves, cannot]
    }

    static let commands: [Command] = [
        Command(
            "open", "list the traces with this finding", group: .list, views: [.findings],
            keys: ["Enter", "l", "Right"], hint: ("traces", 10)
        ) { state, _ in
            guard let findings = state.content(FindingsList.self), let cursor = state.list?.cursor,
                cursor < findings.count
            else { return [] }
            return Listing.setFilter(&state, "finding:\(findings.rules[cursor].rule)")
        }
    ]
}
