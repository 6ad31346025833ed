import Basics
import Canvas
import TraceModel
import TraceQuery

/// Draws a stream as strips over its whole time: gaps, rate, and what came when.
struct StreamStripPainter {
    let state: AppState
    let stream: StreamState
    let tape: StreamTape
    /// The time that the columns share.
    let extent: Int64

    private var ascii: Bool { state.isASCII }
    private static let blocks = Array("▁▂▃▄▅▆▇█").map(String.init)
    private static let marks = Array(".:-=+*%#").map(String.init)

    func label(_ text: String, of strip: Rect, into canvas: inout Canvas) {
        let plot = StreamLayout.plot(strip)
        guard plot.column > strip.column else { return }
        canvas.write(
            text, in: Rect(column: strip.column, row: strip.row, columns: plot.column - strip.column - 1, rows: 1),
            style: state.theme[.dim])
    }

    /// The longest wait that ends in each column, on a logarithmic scale.
    func renderGaps(in strip: Rect, into canvas: inout Canvas) {
        guard !strip.isEmpty else { return }
        let plot = StreamLayout.plot(strip)
        label("log gap", of: strip, into: &canvas)
        guard tape.timing == .measured else {
            canvas.write("gaps were not measured", in: plot, style: state.theme[.dim])
            return
        }
        let strips = tape.strips(columns: plot.columns, extent: extent)
        let glyphs = ascii ? StreamStripPainter.marks : StreamStripPainter.blocks
        for (column, level) in strips.gapLevels().enumerated() {
            guard let level else { continue }
            let isStall = isStallEnd(column, of: plot.columns)
            canvas.write(
                glyphs[level - 1], column: plot.column + column, row: plot.row,
                style: state.theme[isStall ? .streamStall : .histogram])
        }
    }

    /// Chunks in each column.
    func renderRate(in strip: Rect, into canvas: inout Canvas) {
        guard !strip.isEmpty else { return }
        let plot = StreamLayout.plot(strip)
        label("chunks", of: strip, into: &canvas)
        let strips = tape.strips(columns: plot.columns, extent: extent)
        canvas.write(
            Histogram.text(strips.counts, ascii: ascii), in: plot, style: state.theme[.histogram])
    }

    /// What came when: voices, loops, stalls, cuts, and the playhead.
    func renderTimeline(_ name: String, in strip: Rect, into canvas: inout Canvas) {
        guard !strip.isEmpty else { return }
        let plot = StreamLayout.plot(strip)
        label(name, of: strip, into: &canvas)
        let strips = tape.strips(columns: plot.columns, extent: extent)
        let loops = ranges(columns: plot.columns) { self.loops() }
        let stalls = ranges(columns: plot.columns) { self.stalls() }
        let cuts = ranges(columns: plot.columns) { self.cuts() }
        let first = strips.voices.firstIndex { !$0.isEmpty } ?? plot.columns
        let last = tape.isTimed ? column(of: tape.duration, plot.columns) : plot.columns
        for column in 0..<plot.columns {
            let voices = strips.voices[column]
            var glyph = " "
            var role = Role.waterfallModel
            func isIn(_ ranges: [ClosedRange<Int>]) -> Bool { ranges.contains { $0.contains(column) } }
            if !voices.isEmpty {
                if isIn(loops) {
                    (glyph, role) = (ascii ? "@" : "⟲", .streamLoop)
                } else if voices.contains(.toolArguments) {
                    (glyph, role) = (ascii ? "#" : "█", .streamTool)
                } else if voices.contains(.text) {
                    (glyph, role) = (ascii ? "m" : "▓", .waterfallModel)
                } else {
                    (glyph, role) = (ascii ? ":" : "▒", .streamReasoning)
                }
            } else if column <= last {
                if isIn(cuts) {
                    (glyph, role) = (ascii ? ">" : "»", .streamCut)
                } else if isIn(stalls) {
                    (glyph, role) = (ascii ? "-" : "╌", .streamStall)
                } else if column < first, tape.isTimed {
                    (glyph, role) = (ascii ? "." : "░", .waterfallModel)
                }
            }
            if glyph != " " {
                canvas.write(glyph, column: plot.column + column, row: plot.row, style: state.theme[role])
            }
        }
        for time in [stream.loopStart, stream.loopEnd].compactMap({ $0 }) {
            canvas.write(
                ascii ? "%" : "╎", column: plot.column + column(of: time, plot.columns), row: plot.row,
                style: state.theme[.streamLoop])
        }
        canvas.write(
            ascii ? "|" : "┃", column: plot.column + playhead(plot.columns), row: plot.row,
            style: state.theme[.streamPlayhead])
    }

    // MARK: Columns

    private func column(of time: Int64, _ columns: Int) -> Int {
        max(0, min(columns - 1, Int(clamped: Double(time) * Double(columns) / Double(max(1, extent)))))
    }

    private func playhead(_ columns: Int) -> Int {
        if tape.isTimed { return column(of: stream.figureTime, columns) }
        return min(columns - 1, stream.figureCount * columns / max(1, tape.chunkCount))
    }

    /// Stretches of time, or of chunks without a clock, as columns.
    private func ranges(columns: Int, _ stretches: () -> [(Int64, Int64)]) -> [ClosedRange<Int>] {
        stretches().map { start, end in
            if tape.isTimed {
                let first = column(of: start, columns)
                return first...max(first, column(of: end, columns))
            }
            let scale = Double(columns) / Double(max(1, tape.chunkCount))
            let first = min(columns - 1, Int(clamped: Double(start) * scale))
            return first...max(first, min(columns - 1, Int(clamped: Double(end) * scale)))
        }
    }

    private func loops() -> [(Int64, Int64)] {
        tape.detail.figures.loops.compactMap { loop in
            guard tape.detail.chunks.indices.contains(loop.onsetSequence) else { return nil }
            if let start = tape.time(ofCount: loop.onsetSequence + 1), tape.isTimed {
                return (start, loop.wastedNanos.map { start + $0 } ?? tape.duration)
            }
            return (Int64(loop.onsetSequence), Int64(tape.chunkCount))
        }
    }

    private func stalls() -> [(Int64, Int64)] {
        guard tape.timing == .measured else { return [] }
        return tape.detail.figures.stalls.map { ($0.startNanos, $0.startNanos + $0.durationNanos) }
    }

    private func cuts() -> [(Int64, Int64)] {
        guard case .clock(let cuts) = stream.clock.schedule else { return [] }
        return cuts.prefix(1000).map { ($0.start, $0.end) }
    }

    private func isStallEnd(_ column: Int, of columns: Int) -> Bool {
        tape.detail.figures.stalls.contains {
            self.column(of: $0.startNanos + $0.durationNanos, columns) == column
        }
    }
}
