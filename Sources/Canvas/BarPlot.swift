import Basics

/// Horizontal bars with a resolution of an eighth of a cell.
package enum BarPlot {
    /// One cell of a bar.
    package struct Cell: Equatable, Sendable {
        /// Counted from the left edge of the plot.
        package var column: Int
        /// The block of a cell that the bar fills in part; nil where it fills the cell whole.
        package var glyph: String?
        /// The block covers what the bar leaves free: the cell is drawn with its colours exchanged.
        package var isReversed: Bool
    }

    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// The cells of a bar between two positions, counted in cells from the left edge; parts outside are left out.
    ///
    /// A bar of any length shows at least an eighth of a cell.
    package static func cells(from: Double, to: Double, width: Int, ascii: Bool) -> [Cell] {
        guard width > 0, from <= Double(width), to >= 0, from <= to else { return [] }
        let limit = width * 8
        var first = Int(clamped: (max(0, from) * 8).rounded())
        var last = Int(clamped: (min(Double(width), to) * 8).rounded())
        first = min(first, limit - 1)
        last = max(last, first + 1)
        var cells: [Cell] = []
        for column in (first / 8)...((last - 1) / 8) {
            let start = max(0, first - column * 8)
            let end = min(8, last - column * 8)
            cells.append(cell(column, start: start, end: end, ascii: ascii))
        }
        return cells
    }

    /// A cell of which the eighths from `start` up to `end` are filled.
    private static func cell(_ column: Int, start: Int, end: Int, ascii: Bool) -> Cell {
        if start == 0, end == 8 { return Cell(column: column, glyph: nil, isReversed: false) }
        if ascii { return Cell(column: column, glyph: end - start >= 4 ? nil : "|", isReversed: false) }
        if start == 0 { return Cell(column: column, glyph: eighths[end], isReversed: false) }
        // Blocks grow from the left only: a bar that begins within a cell is the complement of one.
        if end == 8 { return Cell(column: column, glyph: eighths[start], isReversed: true) }
        return Cell(column: column, glyph: end - start >= 4 ? "▌" : start < 4 ? "▏" : "▕", isReversed: false)
    }

    /// A bar from the left edge that fills a share from 0 to 1 of a width.
    package static func leftAligned(share: Double, width: Int, ascii: Bool) -> String {
        guard share > 0, width > 0 else { return "" }
        let length = max(1, min(width * 8, Int(clamped: (share * Double(width) * 8).rounded())))
        if ascii { return String(repeating: "#", count: max(1, length / 8)) }
        return String(repeating: "█", count: length / 8) + eighths[length % 8]
    }
}

/// Counts as a row of bars, a cell each.
package enum Histogram {
    private static let blocks = Array("▁▂▃▄▅▆▇█").map(String.init)
    private static let marks = Array(".:-=+*%#").map(String.init)

    /// The bars, scaled to the largest count; a count of zero is a blank, so that it differs from a small one.
    package static func text(_ counts: [Int], ascii: Bool) -> String {
        let most = max(1, counts.max() ?? 1)
        let glyphs = ascii ? marks : blocks
        return counts.map { count in
            count <= 0 ? " " : glyphs[min(glyphs.count - 1, (count * glyphs.count - 1) / most)]
        }.joined()
    }
}
