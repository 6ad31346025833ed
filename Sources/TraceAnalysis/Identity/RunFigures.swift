import Basics
import TraceModel

/// Counts, times, models and the outcome of each run, from the spans that belong to it.
enum RunFigures {
    static func fill(_ runs: inout [AgentRun], _ openings: RunOpenings, _ input: TraceInput, forest: SpanForest) {
        if runs.isEmpty { return }
        let repeats = modelCallsAboveOthers(input, forest: forest)
        var requested = ModelLists(runCount: runs.count)
        var resolved = ModelLists(runCount: runs.count)
        for span in input.spans.indices {
            let number = openings.spanRuns[span]
            if number == 0 { continue }
            let at = Int(number) - 1
            runs[at].spanCount += 1
            if input.columns.facts[span].contains(.isError) { runs[at].errorCount += 1 }
            if openings.runs[at].isGroup {
                widen(&runs[at], by: input.spans[span])
            } else if Int(openings.runs[at].span) == span {
                let row = input.spans[span]
                runs[at].startUnixNano = row.startUnixNano
                runs[at].endUnixNano = row.endUnixNano
                runs[at].state = state(of: row)
            }
            if input.columns.kinds[span] == .tool, !input.spans[span].marks.contains(.sameCall) {
                runs[at].toolCalls += 1
            }
            guard input.columns.kinds[span] == .llm else { continue }
            let row = input.spans[span]
            // The outer of two spans of one call repeats the usage of the inner one.
            if !repeats[span] { countCall(row, in: &runs[at]) }
            requested.add(row.modelRequested, to: &runs[at].modelsRequested, of: at, input.names)
            resolved.add(row.modelResolved, to: &runs[at].modelsResolved, of: at, input.names)
            adoptPrompt(of: span, by: &runs[at], input)
        }
    }

    /// An end that is absent is told apart from a failure: what failed need not have ended.
    static func state(of row: SpanRow) -> AgentState {
        if row.isCancelled { return .cancelled }
        if row.isError { return .error }
        // Without a start either, the source has no clock and nothing says that it did not end.
        return row.endUnixNano == nil && row.startUnixNano != nil ? .unfinished : .ok
    }

    /// A run without a span of its own reaches from its first span to its last, and fares as its last.
    private static func widen(_ run: inout AgentRun, by row: SpanRow) {
        if let start = row.startUnixNano { run.startUnixNano = min(run.startUnixNano ?? start, start) }
        if let end = row.endUnixNano { run.endUnixNano = max(run.endUnixNano ?? end, end) }
        run.state = state(of: row)
    }

    private static func countCall(_ row: SpanRow, in run: inout AgentRun) {
        run.modelCalls += 1
        if row.tokensInput != nil || row.tokensOutput != nil { run.modelCallsWithTokens += 1 }
        run.tokensInput = sum(run.tokensInput, row.tokensInput)
        run.tokensOutput = sum(run.tokensOutput, row.tokensOutput)
    }

    /// The sum of what is known; stays at the largest value where it would overflow.
    private static func sum(_ total: Int64?, _ value: Int64?) -> Int64? {
        guard let value else { return total }
        return total?.addingClamped(value) ?? value
    }

    /// Takes the prompt of the first model call that states one, where the invocation states none.
    private static func adoptPrompt(of span: Int, by run: inout AgentRun, _ input: TraceInput) {
        if run.promptDigest != nil, run.promptName != nil { return }
        guard let place = input.evidence(of: span, .prompt) else { return }
        if run.promptDigest == nil { run.promptDigest = input.evidence[place].promptDigest }
        if run.promptName == nil, input.evidence[place].promptName != nil {
            run.promptName = input.evidence[place].promptName
            run.promptVersion = input.evidence[place].promptVersion
        }
    }

    /// True for spans with a model call somewhere beneath them.
    private static func modelCallsAboveOthers(_ input: TraceInput, forest: SpanForest) -> [Bool] {
        var isAbove = [Bool](repeating: false, count: input.spans.count)
        for span in input.spans.indices where input.columns.kinds[span] == .llm {
            var node = forest.parents[span]
            // What is marked already has all above it marked.
            while node >= 0, !forest.isPlaceholder(node), !isAbove[Int(node)] {
                isAbove[Int(node)] = true
                node = forest.parents[Int(node)]
            }
        }
        return isAbove
    }
}

/// The distinct models of each run, in order of use.
private struct ModelLists {
    private struct Use: Hashable {
        var run: Int
        var model: NameIndex
    }

    /// The last model of each run: calls seldom change it.
    private var last: [NameIndex]
    private var known: Set<Use> = []
    /// One list for each model, which all runs with this model alone share.
    private var lists: [NameIndex: [String]] = [:]

    init(runCount: Int) {
        last = Array(repeating: 0, count: runCount)
    }

    mutating func add(_ model: NameIndex, to list: inout [String], of run: Int, _ names: NameTable) {
        guard model != last[run], let name = names[model] else { return }
        let isFirst = last[run] == 0
        last[run] = model
        guard known.insert(Use(run: run, model: model)).inserted else { return }
        if isFirst {
            list = lists[model] ?? [name]
            lists[model] = list
        } else {
            list.append(name)
        }
    }
}
