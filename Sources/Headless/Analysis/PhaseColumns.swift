import Canvas
import TraceModel

/// The fields of `spandrel steps` over a selection.
package enum PhaseColumns {
    package static let all: [Column<PhaseLine>] = [
        Column("phase", "string", "as in the names of `steps TRACE`, without `_ns`; `step` for whole steps") {
            .text($0.phase?.name ?? "step")
        },
        Column("n", "integer", "steps in which it was measured or bounded") { FieldValue($0.count) },
        Column("p50_ns", "integer", nullable: true, "half of the steps took no longer; null without any") {
            figure($0, $0.p50)
        },
        Column("p95_ns", "integer", nullable: true, "p95s of parts do not add up to the p95 of the whole") {
            figure($0, $0.p95)
        },
        Column("p99_ns", "integer", nullable: true, "likewise") { figure($0, $0.p99) },
        Column("bounded", "boolean", "true where some of the figures are upper bounds") { .flag($0.isBounded) },
    ]

    static let table: [TableColumn<PhaseLine>] = [
        TableColumn("phase") { $0.phase?.name ?? "step" },
        TableColumn("n", .right) { Figures.count(Int64($0.count)) },
        TableColumn("p50", .right) { text($0, $0.p50) },
        TableColumn("p95", .right) { text($0, $0.p95) },
        TableColumn("p99", .right) { text($0, $0.p99) },
    ]

    private static func figure(_ line: PhaseLine, _ nanos: Int64) -> FieldValue {
        line.count == 0 ? .null : .integer(nanos)
    }

    private static func text(_ line: PhaseLine, _ nanos: Int64) -> String {
        guard line.count > 0 else { return Figures.unknown }
        return (line.isBounded ? "≤" : "") + Figures.duration(nanos: nanos)
    }
}
