import Basics
import Canvas
import FastJSON
package import Tables
package import TraceModel

/// One agent run with its place among the others.
package struct AgentLine: Sendable {
    package var traceID: TraceID
    package var run: AgentRun
    /// The label of the run that invoked it; nil for none.
    package var parent: String?
    /// The runs above it.
    package var depth: Int
    /// All runs of a line that stands for several; empty for one of its own.
    package var members: [AgentRun] = []

    package init(traceID: TraceID, run: AgentRun, parent: String?, depth: Int, members: [AgentRun] = []) {
        self.traceID = traceID
        self.run = run
        self.parent = parent
        self.depth = depth
        self.members = members
    }

    /// The runs that the line stands for.
    package var runs: [AgentRun] { members.isEmpty ? [run] : members }

    package var errorCount: Int { runs.reduce(0) { $0 + $1.errorCount } }

    /// The durations of the runs added up, in nanoseconds; nil where none has one.
    fileprivate var totalNanos: Int64? {
        let nanos = runs.compactMap(\.durationNanos)
        return nanos.isEmpty ? nil : nanos.reduce(Int64(0)) { $0.addingClamped($1) }
    }
}

extension AgentRun {
    /// End minus start, in nanoseconds; nil where one of them is absent.
    package var durationNanos: Int64? {
        guard let startUnixNano, let endUnixNano else { return nil }
        return endUnixNano.subtractingIfFits(startUnixNano)
    }
}

/// The columns of agent runs: `spandrel agents` and the agents of the explorer.
package enum AgentColumns {
    package static let all: [Column<AgentLine>] = [.mark] + identity + origin + outcome + drawn

    private static let identity: [Column<AgentLine>] = [
        Column("agent", "the label, such as `worker#3 ·try 2←critic`") { $0.run.label }
            .inTable("agent", 1, minimum: 20) { line, _ in
                String(repeating: "  ", count: min(line.depth, 24)) + label(line.run)
            }
            .inList("agent", 1, width: ListWidth(nameWidth)),
        Column("name", "null where nothing names the agent") { $0.run.name },
        Column("role", "where it is stated beside the name") { $0.run.role },
        Column("source", "`declared`, `inherited`, `inferred` or `missing`") { $0.run.source.name }
            .inList("named", 2, width: 9, from: 100, tone: { _ in .dim }) { line, _ in
                line.run.name == nil ? "missing" : line.run.source.name
            },
        Column("instance", "which fresh call of the agent, from 1 in order of start") { $0.run.instance },
        Column("declared_instance", "the id that the source states for the instance") { $0.run.declaredInstance },
        Column("attempt", "which attempt of the instance, from 1") { $0.run.attempt },
        Column(
            "attempt_reason",
            "`transport`, `critic`, `validation`, `timeout`, `user` or `unknown`; null for a first attempt"
        ) { $0.run.attemptReason?.name },
        Column("attempt_certainty", "`proven`, `inferred` or `cannot_tell`; null for a first attempt") {
            $0.run.attemptCertainty?.name
        },
        Column(
            "attempt_evidence", "`span_id, label, value`: what the attempt and its reason rest on", type: "object[]"
        ) { line in TableCell.nested { $0.evidence(line.run.attemptEvidence) } },
    ]

    private static let origin: [Column<AgentLine>] = [
        Column("run", "the number of the run in its trace, from 1 in order of start") { $0.run.number },
        Column("parent_run", "the run that invoked this one") { $0.run.parent == 0 ? nil : $0.run.parent },
        Column("parent_agent", "its label") { $0.parent },
        Column("relation", "`root`, `invoked`, `handed_off` or `retried`") { $0.run.relation.name }
            .inTable("came", 2, rank: 3),
        Column("first_attempt_run", "the first attempt of the same instance") { $0.run.firstAttempt },
        Column("depth", "runs above the row") { $0.depth },
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex },
        Column("span_id", "the span of the invocation", .id) { $0.run.spanID?.hex }.inTable("span", 99),
        Column("triggering_span_id", "the span that made it start", .id) { $0.run.triggeringSpanID?.hex },
        Column("prompt_name", "as stated") { $0.run.promptName },
        Column("prompt_version", "as stated") { $0.run.promptVersion },
        Column("prompt_hash", "of the system prompt as rendered, 16 hexadecimal digits") {
            $0.run.promptDigest.map { SpanID($0).hex }
        },
    ]

    private static let outcome: [Column<AgentLine>] = [
        Column("models_requested", "models that its own calls asked for, in order of use") { $0.run.modelsRequested },
        Column("models_resolved", "models that answered them, in order of use") { $0.run.modelsResolved }
            .inTable("models", 5, minimum: 8, rank: 4) { line, words in
                let models = line.run.modelsResolved.isEmpty ? line.run.modelsRequested : line.run.modelsResolved
                return models.isEmpty ? words.unknown : models.joined(separator: ", ")
            },
        Column("state", "`ok`, `error`, `cancelled` or `unfinished`") { $0.run.state.name }.inTable("state", 3),
        Column("start_unix_nano", "nanoseconds since the Unix epoch", .time) { $0.run.startUnixNano },
        Column("end_unix_nano", "null while unfinished", .time) { $0.run.endUnixNano },
        Column("duration_ns", "end minus start", .duration) { $0.run.durationNanos }
            .inTable("duration", 4)
            .inList("total", 3, width: 6, from: 30, text: { line, words in words.duration(line.totalNanos) }),
        Column("span_count", "its spans, those of runs beneath it not counted") { $0.run.spanCount },
        Column("model_calls", "its own model calls") { $0.run.modelCalls }.inTable("calls", 6, rank: 1),
        Column("tool_calls", "its own tool calls") { $0.run.toolCalls }.inTable("tools", 7, rank: 1),
        Column("error_count", "its own spans that failed") { $0.run.errorCount }
            .inTable("errors", 8, rank: 2)
            .inList("✗", 6, width: 3, from: 50, ascii: "x", tone: { $0.errorCount > 0 ? .error : .dim }) { line, _ in
                Figures.count(Int64(line.errorCount))
            },
        Column("tokens_input", "sum over its own model calls that state it", .count) { $0.run.tokensInput }
            .inTable("in", 9, rank: 5),
        Column("tokens_output", "likewise", .count) { $0.run.tokensOutput }.inTable("out", 10, rank: 5),
        Column("model_calls_with_tokens", "model calls that state their tokens, so what the sums cover") {
            $0.run.modelCallsWithTokens
        },
    ]

    /// What only the explorer shows.
    private static let drawn: [Column<AgentLine>] = [
        .shown("calls", .count) { line in line.runs.reduce(0) { $0 + $1.modelCalls + $1.toolCalls } }
            .inList("calls", 4, width: 5, from: 46),
        .shown("tokens", .count)
            .inList(
                "tokens", 5, width: .from(100, 15, else: 12), from: 60,
                text: { line, words in
                    RunTokens(line.runs).text(ascii: words.isASCII)
                }),
        .shown("lane").inList("", 7, width: 0, from: 70),
    ]

    @Sendable private static func nameWidth(_ list: Int) -> Int {
        switch list {
        case ..<30: max(8, list - 4)
        case ..<60: max(12, list - 28)
        case ..<100: 26
        default: 34
        }
    }

    /// The label; one that is not the span's own word carries `~`.
    package static func label(_ run: AgentRun) -> String { run.source == .declared ? run.label : "~" + run.label }
}

/// Tokens of runs, with how many calls state them.
package struct RunTokens {
    private var tokens: Int64?
    private var stated = 0
    private var calls = 0

    package init(_ runs: [AgentRun]) {
        for run in runs {
            for part in [run.tokensInput, run.tokensOutput].compactMap({ $0 }) {
                tokens = (tokens ?? 0).addingClamped(part)
            }
            stated += run.modelCallsWithTokens
            calls += run.modelCalls
        }
    }

    /// `8.10k`, `8.10k of 3/4`, `–`.
    func text(ascii: Bool) -> String {
        guard let tokens else { return calls == 0 ? "" : ascii ? "-" : Figures.unknown }
        return Figures.count(tokens) + (stated < calls ? " of \(stated)/\(calls)" : "")
    }

    package var sentence: String {
        guard let tokens else { return calls == 0 ? "none: no model call" : "unknown: no model call states them" }
        return Figures.count(tokens) + (stated < calls ? " of \(stated) of \(calls) calls" : "")
    }
}

extension AgentTopology {
    /// The runs as a tree, parents first, siblings in order of start; each run once, whatever the parents say.
    package func lines(traceID: TraceID) -> [AgentLine] {
        var children = Array(repeating: [Int](), count: runs.count)
        var roots: [Int] = []
        for (place, run) in runs.enumerated() {
            let parent = Int(run.parent) - 1
            if runs.indices.contains(parent), parent != place {
                children[parent].append(place)
            } else {
                roots.append(place)
            }
        }
        var lines: [AgentLine] = []
        var isSeen = Array(repeating: false, count: runs.count)
        // Runs that invoke each other in a circle hang below no root: each circle starts with its first run.
        for start in roots + Array(runs.indices) where !isSeen[start] {
            var stack: [(place: Int, depth: Int)] = [(start, 0)]
            while let (place, depth) = stack.popLast() {
                if isSeen[place] { continue }
                isSeen[place] = true
                let run = runs[place]
                lines.append(
                    AgentLine(traceID: traceID, run: run, parent: self.run(run.parent)?.label, depth: depth))
                for child in children[place].reversed() { stack.append((child, depth + 1)) }
            }
        }
        return lines
    }
}
