import Basics
import TraceModel

/// Finds failures that follow each other in a short time.
struct RetryStormFinder {
    /// So many failures in a row within so many nanoseconds.
    static let leastFailures = 5
    static let windowNanos: Int64 = 60_000_000_000

    private struct Key: Hashable {
        enum Sort {
            case tool
            case model
            case agent
        }

        var sort: Sort
        var run: Int32
        var name: NameIndex
    }

    private struct Streak {
        var spans: [Int32] = []
        /// The most failures that lie within the window.
        var densest = 0
        private var first = 0

        mutating func add(_ span: Int32, _ input: TraceInput) {
            spans.append(span)
            let time = input.spans[Int(span)].startUnixNano ?? 0
            while first < spans.count - 1,
                time.subtractingClamped(input.spans[Int(spans[first])].startUnixNano ?? 0) > windowNanos
            { first += 1 }
            densest = max(densest, spans.count - first)
        }
    }

    private let input: TraceInput
    private let layers: LayerSpans
    private let topology: AgentTopology

    init(_ input: TraceInput, _ layers: LayerSpans, _ topology: AgentTopology) {
        self.input = input
        self.layers = layers
        self.topology = topology
    }

    var findings: [Finding] {
        var streaks: [Key: Streak] = [:]
        var ended: [(key: Key, streak: Streak)] = []
        func count(_ key: Key, _ span: Int32, isFailed: Bool) {
            if isFailed {
                streaks[key, default: Streak()].add(span, input)
            } else if let streak = streaks.removeValue(forKey: key), streak.densest >= Self.leastFailures {
                ended.append((key, streak))
            }
        }
        for execution in layers.executions where execution.start < .max {
            let isFailed = input.columns.facts[Int(execution.outer)].contains(.isError)
            // Without a failure since the last success there is nothing to look up.
            if !isFailed, streaks.isEmpty { continue }
            let row = input.spans[Int(execution.outer)]
            count(
                Key(sort: .tool, run: execution.run, name: row.tool != 0 ? row.tool : row.name), execution.outer,
                isFailed: isFailed)
        }
        for model in layers.models where model.start < .max {
            let isFailed = input.columns.facts[Int(model.span)].contains(.isError)
            if !isFailed, streaks.isEmpty { continue }
            let row = input.spans[Int(model.span)]
            let name = row.modelRequested != 0 ? row.modelRequested : row.name
            count(Key(sort: .model, run: model.run, name: name), model.span, isFailed: isFailed)
        }
        for (key, streak) in streaks where streak.densest >= Self.leastFailures { ended.append((key, streak)) }
        return ended.map { ($0.streak.spans[0], finding($0.key, $0.streak)) }.sorted { $0.0 < $1.0 }.map(\.1)
            + agentFindings
    }

    private func finding(_ key: Key, _ streak: Streak) -> Finding {
        let name = input.names[key.name] ?? (key.sort == .tool ? "a tool" : "a model")
        return finding(
            "\(key.sort == .tool ? "The tool" : "The model") \(name)", streak.spans.map { input.spans[Int($0)] })
    }

    private func finding(_ subject: String, _ spans: [SpanRow]) -> Finding {
        let start = spans.first?.startUnixNano ?? 0
        let end = spans.compactMap { $0.endUnixNano ?? $0.startUnixNano }.max() ?? start
        let length = FigureText.duration(max(0, end.subtractingClamped(start)))
        return Finding(
            rule: FindingRules.agentRetryStorm.id, severity: FindingRules.agentRetryStorm.severity, certainty: .proven,
            message: "\(subject) failed \(spans.count) times in a row within \(length).",
            spanID: spans.first?.spanID,
            evidence: [FindingEvidence(spanID: spans.first?.spanID, label: "failures", value: String(spans.count))]
                + spans.prefix(10).map { span in
                    FindingEvidence(
                        spanID: span.spanID, label: "failed attempt",
                        value: input.names[span.errorType] ?? input.names[span.name] ?? "error")
                })
    }

    /// Failed attempts of one agent.
    private var agentFindings: [Finding] {
        var attempts: [Int32: [AgentRun]] = [:]
        for run in topology.runs where run.state == .error && run.spanID != nil {
            attempts[run.firstAttempt, default: []].append(run)
        }
        return attempts.sorted { $0.key < $1.key }.compactMap { _, runs in
            guard runs.count >= Self.leastFailures, let first = runs.first?.startUnixNano,
                let last = runs[Self.leastFailures - 1].startUnixNano,
                last.subtractingClamped(first) <= Self.windowNanos
            else { return nil }
            let ids = Set(runs.compactMap(\.spanID))
            return finding("The agent \(runs[0].name ?? "?")", input.spans.filter { ids.contains($0.spanID) })
        }
    }
}
