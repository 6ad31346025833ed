import Basics
import Canvas

/// Draws the axis under the timeline: its ends, the markers that have room, and ticks between them.
struct StreamAxisPainter {
    let state: AppState
    let tape: StreamTape
    let extent: Int64

    private struct Label {
        var text: String
        var column: Int
        var role: Role
    }

    func render(in strip: Rect, into canvas: inout Canvas) {
        guard !strip.isEmpty else { return }
        let plot = StreamLayout.plot(strip)
        let columns = plot.columns
        // A blank column keeps labels apart.
        var isTaken = [Bool](repeating: false, count: columns + 1)
        func place(_ label: Label) {
            let width = canvas.metrics.width(of: label.text)
            let range = max(0, label.column - 1)..<min(columns + 1, label.column + width + 1)
            guard label.column >= 0, label.column + width <= columns, !isTaken[range].contains(true) else { return }
            for column in label.column..<label.column + width { isTaken[column] = true }
            canvas.write(label.text, column: plot.column + label.column, row: plot.row, style: state.theme[label.role])
        }
        let (first, last) = ends
        place(Label(text: first, column: 0, role: .axis))
        place(Label(text: last, column: columns - canvas.metrics.width(of: last), role: .axis))
        for (text, position, role) in markers {
            let column = min(columns - 1, Int(clamped: position * Double(columns)))
            let label = "^" + text
            let width = canvas.metrics.width(of: label)
            if column + width <= columns {
                place(Label(text: label, column: column, role: role))
            } else {
                place(Label(text: text + "^", column: column - width + 1, role: role))
            }
        }
        guard tape.isTimed else { return }
        let ticks = AxisTicks(from: 0, to: Double(extent), most: max(1, columns / 14))
        for (tick, text) in zip(ticks.values, ticks.labels) where tick > 0 {
            let column = Int(clamped: tick / Double(max(1, extent)) * Double(columns))
            place(Label(text: state.isASCII ? text.replacing("µ", with: "u") : text, column: column, role: .axis))
        }
    }

    private var ends: (String, String) {
        guard tape.isTimed else { return ("first chunk", "chunk \(tape.chunkCount)") }
        // As the header writes it.
        return ("0s", StreamTime.text(extent))
    }

    /// What has a label, the most telling first, with its place from 0 to 1.
    private var markers: [(text: String, position: Double, role: Role)] {
        func position(_ marker: StreamMarker) -> Double {
            guard tape.isTimed else { return Double(marker.count - 1) / Double(max(1, tape.chunkCount)) }
            return Double(marker.time ?? 0) / Double(max(1, extent))
        }
        let times = state.isASCII ? "x" : "×"
        let loops = tape.markers.filter(\.isLoop).map { marker -> (String, Double, Role) in
            guard case .loop(let repeats, let isNear) = marker.kind else { return ("loop", 0, .streamLoop) }
            return ("\(isNear ? "near loop" : "loop") \(times)\(repeats)", position(marker), .streamLoop)
        }
        let stalls = tape.markers.compactMap { marker -> (nanos: Int64, marker: StreamMarker)? in
            if case .stall(let nanos) = marker.kind { (nanos, marker) } else { nil }
        }
        let calls = tape.markers.filter(\.isToolCall).prefix(20).map { marker -> (String, Double, Role) in
            guard case .toolCall(let name) = marker.kind else { return ("tool", 0, .streamTool) }
            return (String((name ?? "tool").prefix(24)), position(marker), .streamTool)
        }
        return loops.prefix(10)
            + stalls.sorted { $0.nanos > $1.nanos }.prefix(10).map {
                ("stall \(Figures.duration(nanos: $0.nanos))", position($0.marker), .streamStall)
            } + calls
    }
}
