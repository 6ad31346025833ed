import Basics
import Canvas
import TestSupport
import Testing

@Suite struct PlotTests {
    private func drawn(_ from: Double, _ to: Double, width: Int = 6, ascii: Bool = false) -> String {
        var cells = Array(repeating: " ", count: width)
        for cell in BarPlot.cells(from: from, to: to, width: width, ascii: ascii) {
            cells[cell.column] = (cell.isReversed ? "~" : "") + (cell.glyph ?? "█")
        }
        return cells.joined()
    }

    @Test func barsShowEighths() {
        #expect(drawn(0, 6) == "██████")
        #expect(drawn(0, 2.5) == "██▌   ")
        #expect(drawn(1, 1) == " ▏    ")
        #expect(drawn(1.5, 3) == " ~▌█   ")
        #expect(drawn(2.25, 2.4) == "  ▏   ")
        #expect(drawn(2.75, 2.8) == "  ▕   ")
        #expect(drawn(0, 0.001) == "▏     ")
        #expect(drawn(-10, 20) == "██████")
        #expect(drawn(7, 9) == "      ")
        #expect(drawn(-3, -1) == "      ")
        #expect(drawn(6, 6) == "     ~▉")
        #expect(drawn(2, 4.9, ascii: true) == "  ███ ")
        #expect(drawn(0.2, 0.3, ascii: true) == "|     ")
        #expect(drawn(.nan, 3) == "      ")
    }

    /// Whatever the zoom: a bar inside the window is seen, stays in its cells, and its whole cells are whole.
    @Test(arguments: 0..<300) func barsCoverWhatTheyShould(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let width = Int.random(in: 1...80, using: &random)
        let a = Double.random(in: -20...Double(width + 20), using: &random)
        let length = pow10(Int.random(in: -6...3, using: &random)) * Double.random(in: 0...1, using: &random)
        let cells = BarPlot.cells(from: a, to: a + length, width: width, ascii: Bool.random(using: &random))
        let isInside = a < Double(width) && a + length > 0
        #expect(!isInside || !cells.isEmpty)
        #expect(cells.map(\.column) == Array((cells.first?.column ?? 0)..<((cells.last?.column ?? -1) + 1)))
        for cell in cells {
            #expect((0..<width).contains(cell.column))
            #expect(Double(cell.column + 1) + 0.13 >= a && Double(cell.column) - 0.13 <= a + length)
            if Double(cell.column) >= a, Double(cell.column + 1) <= a + length { #expect(cell.glyph == nil) }
        }
    }

    private func pow10(_ exponent: Int) -> Double {
        (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
    }

    @Test func histogramsTellZeroFromLittle() {
        #expect(Histogram.text([0, 1, 4, 8], ascii: false) == " ▁▄█")
        #expect(Histogram.text([0, 1, 1000], ascii: false) == " ▁█")
        #expect(Histogram.text([0, 1, 1000], ascii: true) == " .#")
        #expect(Histogram.text([], ascii: false) == "")
        #expect(Histogram.text([0, 0], ascii: false) == "  ")
    }

    @Test(arguments: 0..<200) func ticksAreRoundAndFew(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let length = pow10(Int.random(in: 0...15, using: &random)) * Double.random(in: 1...10, using: &random)
        let from = Double.random(in: 0...length, using: &random)
        let most = Int.random(in: 1...12, using: &random)
        let values = AxisTicks(from: from, to: from + length, most: most).values
        #expect(values.count <= most + 1)
        #expect(values.allSatisfy { $0 >= from && $0 < from + length })
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }
        if let first = steps.first { #expect(steps.allSatisfy { abs($0 - first) <= first * 1e-9 }) }
        // At least a tick in ten, or the axis tells nothing.
        #expect(most < 3 || !values.isEmpty)
    }

    @Test func tickLabelsHaveNoNeedlessDigits() {
        func label(_ nanos: Int64, _ step: Int64) -> String { AxisTicks.label(nanos: nanos, step: step) }
        let second: Int64 = 1_000_000_000
        #expect(label(0, 1) == "0s")
        #expect(label(5 * second, second) == "5s")
        #expect(label(5 * second / 2, second / 2) == "2.5s")
        #expect(label(250_000_000, 50_000_000) == "250ms")
        #expect(label(5_000_000_100, 100) == "5.0000001s")
        #expect(label(150 * second, 30 * second) == "2m30s")
        #expect(label(180 * second, 60 * second) == "3m")
        #expect(label(1_199 * second + 650_000_000, 50_000_000) == "19m59.65s")
        #expect(label(7_200 * second, second / 10) == "2h00m00s")
        #expect(label(7_200 * second, 600 * second) == "2h00m")
        #expect(label(108_000 * second, 21_600 * second) == "30h")
        #expect(label(720_000 * second, 43_200 * second) == "8d08h")
        #expect(label(172_800 * second, 86_400 * second) == "2d")
        #expect(AxisTicks(from: 0, to: 28.4e9, most: 4).values == [0, 10e9, 20e9])
        #expect(AxisTicks(from: 0, to: 40 * 86_400e9, most: 4).labels == ["0s", "10d", "20d", "30d"])
        #expect(AxisTicks(from: 0, to: 450, most: 5).labels == ["0s", "100ns", "200ns", "300ns", "400ns"])
    }

    /// From nanoseconds to years, seen whole and zoomed in at any place.
    @Test(arguments: 0..<2000) func neighbouringTicksReadDifferently(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let span = pow10(Int.random(in: 0...16, using: &random)) * Double.random(in: 1...10, using: &random)
        let length = max(1, span / pow10(Int.random(in: 0...12, using: &random)))
        let from = (span - length) * (Bool.random(using: &random) ? 1 : Double.random(in: 0...1, using: &random))
        let ticks = AxisTicks(from: from, to: from + length, most: Int.random(in: 2...20, using: &random))
        let labels = ticks.labels
        #expect(Set(labels).count == labels.count, "\(labels)")
        let read = labels.map { Self.nanos(of: $0) }
        #expect(read == ticks.values.map { Int64(clamped: $0) }, "\(labels)")
        #expect(zip(read, read.dropFirst()).allSatisfy { ($0 ?? .max) < ($1 ?? .min) }, "\(labels)")
    }

    /// Reads a label back; each number has its unit.
    private static func nanos(of label: String) -> Int64? {
        let units: [(String, Int64)] = [
            ("ns", 1), ("µs", 1_000), ("ms", 1_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000),
            ("m", 60_000_000_000), ("s", 1_000_000_000),
        ]
        var rest = Substring(label)
        var sum: Int64 = 0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(number.count)
            guard let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
            rest = rest.dropFirst(unit.0.count)
            let parts = number.split(separator: ".")
            guard let whole = Int64(parts[0]) else { return nil }
            sum += whole * unit.1
            if parts.count > 1, let fraction = Int64(parts[1]) {
                var scale = unit.1
                for _ in parts[1] { scale /= 10 }
                sum += fraction * scale
            }
        }
        return sum
    }
}
