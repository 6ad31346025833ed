import CNcurses
import Canvas
import Foundation

/// Puts cells on curses' screen.
struct CellPainter {
    let palette: Palette
    private var looks: [Style: (attributes: attr_t, pair: Int32)] = [:]

    init(palette: Palette) {
        self.palette = palette
    }

    mutating func put(_ cell: Cell, column: Int, row: Int) {
        let (attributes, pair) = look(cell.style)
        // One spacing character and at most four marks; the canvas has reduced clusters to that.
        withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 6) { buffer in
            var count = 0
            for scalar in cell.text.unicodeScalars.prefix(5) {
                buffer[count] = wchar_t(bitPattern: scalar.value)
                count += 1
            }
            if count == 0 {
                buffer[0] = 0x20
                count = 1
            }
            buffer[count] = 0
            _ = spandrel_put(Int32(row), Int32(column), buffer.baseAddress, attributes, pair)
        }
    }

    private mutating func look(_ style: Style) -> (attr_t, Int32) {
        if let known = looks[style] { return known }
        var attributes: attr_t = 0
        let wanted: [(Style.Attributes, attr_t)] = [
            (.bold, spandrel_bold()), (.dim, spandrel_dim()), (.italic, spandrel_italic()),
            (.underline, spandrel_underline()), (.reverse, spandrel_reverse()),
        ]
        for (attribute, bits) in wanted where style.attributes.contains(attribute) { attributes |= bits }
        let foreground = palette.number(style.foreground)
        let background = palette.number(style.background)
        var pair: Int32 = 0
        if foreground >= 0 || background >= 0 { pair = max(0, alloc_pair(foreground, background)) }
        looks[style] = (attributes, pair)
        return (attributes, pair)
    }
}
