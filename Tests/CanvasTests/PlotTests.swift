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
        let values = AxisTicks.values(from: from, to: from + length, most: most)
        #expect(values.count <= most + 1)
        #expect(values.allSatisfy { $0 >= from && $0 < from + length })
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }
        if let first = steps.first { #expect(steps.allSatisfy { abs($0 - first) <= first * 1e-9 }) }
        // At least a tick in ten, or the axis tells nothing.
        #expect(most < 3 || !values.isEmpty)
    }

    @Test func tickLabelsHaveNoNeedlessDigits() {
        #expect(AxisTicks.label(nanos: 0) == "0s")
        #expect(AxisTicks.label(nanos: 5_000_000_000) == "5s")
        #expect(AxisTicks.label(nanos: 2_500_000_000) == "2.5s")
        #expect(AxisTicks.label(nanos: 250_000_000) == "250ms")
        #expect(AxisTicks.label(nanos: 150_000_000_000) == "2m30s")
        #expect(AxisTicks.values(from: 0, to: 28.4e9, most: 4) == [0, 10e9, 20e9])
    }
}
