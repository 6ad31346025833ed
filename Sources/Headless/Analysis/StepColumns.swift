import Canvas
import FastJSON
import TraceModel

/// The fields of `spandrel steps TRACE`.
package enum StepColumns {
    package static let all: [Column<StepLine>] =
        [
            Column("step", "integer", "the number of the step in its trace, from 1 in order of start") {
                .integer(Int64($0.step.number))
            },
            Column("agent", "string", nullable: true, "the label of the agent run; null where none holds the step") {
                FieldValue($0.run?.label)
            },
            Column("start_unix_nano", "integer", "nanoseconds since the Unix epoch") {
                .integer($0.step.startUnixNano)
            },
            Column("duration_ns", "integer", "the wall time of the step; the parts that follow sum to it exactly") {
                .integer($0.step.durationNanos)
            },
        ] + Phase.allCases.map(part) + [
            Column(
                "quality", "object", "for each part `measured`, `bounded` (at most this much) or `unknown` (no figure)"
            ) {
                let step = $0.step
                return .nested { json in
                    json.beginObject()
                    for phase in Phase.allCases { json.member(phase.name, step.quality[phase.rawValue].name) }
                    json.endObject()
                }
            }
        ] + more

    private static let more: [Column<StepLine>] = [
        Column("work", "object", "nanoseconds of work for each part, parallel work counted as often as it ran") {
            let line = $0
            return .nested { json in
                json.beginObject()
                for phase in Phase.allCases {
                    json.member(phase.name, line.wall(phase) == nil ? nil : line.step.work[phase.rawValue])
                }
                json.endObject()
            }
        },
        Column("dominant", "string", nullable: true, "the part that takes most; null where the step took no time") {
            FieldValue($0.step.dominant?.name)
        },
        Column("step_in_run", "integer", "the number of the step within its agent run, from 1") {
            .integer(Int64($0.step.numberInRun))
        },
        Column("declared_step", "integer", nullable: true, "the number that the source states") {
            FieldValue($0.step.declaredNumber)
        },
        Column("is_declared", "boolean", "true where the source's own span of the step defines it") {
            .flag($0.step.isDeclared)
        },
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("span_id", "string", "the span that the step starts with") { .text($0.step.spanID.hex) },
        Column("span_count", "integer", "spans of the step") { FieldValue($0.step.spanCount) },
        Column("error", "boolean", "true where a span of the step failed") { .flag($0.step.isError) },
    ]

    private static func part(_ phase: Phase) -> Column<StepLine> {
        Column("\(phase.name)_ns", "integer", nullable: true, help(phase)) { FieldValue($0.wall(phase)) }
    }

    private static func help(_ phase: Phase) -> String {
        switch phase {
        case .inputAssembly: "building the prompt; null where nothing measured it, which is not 0"
        case .retrieval: "search, embedding and reranking"
        case .prefill: "the model reads; where bounded, with what lies between request and first chunk"
        case .decode: "the model writes"
        case .modelUnsplit: "model calls of which nothing tells prefill from decode"
        case .toolExecution: "tools"
        case .resultHandling: "parsing, validation, guardrails"
        case .orchestration: "planning glue, queues, back-off, hand-offs"
        case .unattributed: "what nothing accounts for"
        }
    }

    static func table(idDigits: Int) -> [TableColumn<StepLine>] {
        [
            TableColumn("step", .right) { "\($0.step.number)" },
            TableColumn("agent", minimum: 12) { $0.run.map(AgentColumns.label) ?? Figures.unknown },
            TableColumn("duration", .right) { Figures.duration(nanos: $0.step.durationNanos) },
        ]
            + Phase.allCases.map { phase in
                TableColumn(title(phase), .right, rank: phase == .unattributed ? 0 : 1) { figure($0, phase) }
            } + [
                TableColumn("most", rank: 2) { $0.step.dominant?.name ?? Figures.unknown },
                TableColumn("declared", .right, rank: 3) { $0.step.declaredNumber.map(String.init) ?? Figures.unknown },
                TableColumn("span") { String($0.step.spanID.hex.prefix(idDigits)) },
            ]
    }

    /// A short title for a column of a phase.
    static func title(_ phase: Phase) -> String {
        switch phase {
        case .inputAssembly: "input"
        case .retrieval: "retrieval"
        case .prefill: "prefill"
        case .decode: "decode"
        case .modelUnsplit: "model"
        case .toolExecution: "tools"
        case .resultHandling: "results"
        case .orchestration: "glue"
        case .unattributed: "unattr."
        }
    }

    /// The wall time, `≤` where it is a bound; of parallel work also what ran in all, such as `2.00s (5.10s)`.
    private static func figure(_ line: StepLine, _ phase: Phase) -> String {
        guard let wall = line.wall(phase) else { return Figures.unknown }
        let bound = line.step.quality[phase.rawValue] == .bounded ? "≤" : ""
        let work = line.step.work[phase.rawValue]
        return bound + Figures.duration(nanos: wall) + (work > wall ? " (\(Figures.duration(nanos: work)))" : "")
    }
}
