import TraceModel

/// The columns of a table of steps.
///
/// Where `spandrel steps` has the same thing, it has the same name. A phase has a column for its wall time, one for its
/// work and one for how the figure came to be.
enum StepTable {
    struct Row {
        let trace: ExportTrace
        let step: StepFigures

        /// The wall time of a phase; nil where nothing measured it, which is not 0.
        func wall(_ phase: Phase) -> Int64? {
            let nanos = step.wall[phase.rawValue]
            return step.quality[phase.rawValue] == .unknown && nanos == 0 ? nil : nanos
        }
    }

    static let columns: [ExportColumn<Row>] =
        identity
        + Phase.allCases.map { phase in ExportColumn("\(phase.name)_ns") { TableCell($0.wall(phase)) } }
        + Phase.allCases.map { phase in
            ExportColumn("\(phase.name)_work_ns") {
                TableCell($0.wall(phase) == nil ? nil : $0.step.work[phase.rawValue])
            }
        }
        + Phase.allCases.map { phase in
            ExportColumn("\(phase.name)_quality") { .text($0.step.quality[phase.rawValue].name) }
        } + more

    private static let identity: [ExportColumn<Row>] = [
        ExportColumn("trace_id") { .text($0.trace.summary.traceID.hex) },
        ExportColumn("step") { .integer(Int64($0.step.number)) },
        ExportColumn("agent") { TableCell($0.trace.run($0.step.run)?.label) },
        ExportColumn("agent_run") { TableCell($0.step.run == 0 ? nil : Int64($0.step.run)) },
        ExportColumn("step_in_run") { .integer(Int64($0.step.numberInRun)) },
        ExportColumn("span_id") { .text($0.step.spanID.hex) },
        ExportColumn("start_unix_nano") { .integer($0.step.startUnixNano) },
        ExportColumn("duration_ns") { .integer($0.step.durationNanos) },
    ]

    private static let more: [ExportColumn<Row>] = [
        ExportColumn("dominant") { TableCell($0.step.dominant?.name) },
        ExportColumn("declared_step") { TableCell($0.step.declaredNumber) },
        ExportColumn("is_declared") { .flag($0.step.isDeclared) },
        ExportColumn("span_count") { TableCell($0.step.spanCount) },
        ExportColumn("error") { .flag($0.step.isError) },
        ExportColumn("part") { TableCell($0.trace.part) },
    ]
}
