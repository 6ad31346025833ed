import Canvas
import TraceModel

/// Gives placeholders of redacted texts, such as `[STRIPE_KEY#a1b2c3d4]`, their own look.
///
/// It reads the cells that were drawn, so that a placeholder looks like one in every view, list and table, and so that
/// the cost depends on the screen alone.
enum RedactedCells {
    /// Stands for the sign that a text was cut, among the bytes of a row.
    private static let cut: UInt8 = 1

    static func mark(_ canvas: inout Canvas, theme: Theme) {
        let columns = canvas.size.columns
        guard columns > 0 else { return }
        for row in 0..<canvas.size.rows {
            let line = canvas.cells[(row * columns)..<((row + 1) * columns)]
            guard line.contains(where: { $0.text.utf8.first == UInt8(ascii: "[") }) else { continue }
            // A byte a cell: offsets are columns.
            let bytes = line.map { cell in byte(of: cell) }
            for range in ranges(bytes) {
                let rect = Rect(column: range.lowerBound, row: row, columns: range.count, rows: 1)
                canvas.restyle(rect) { style($0, theme) }
            }
        }
    }

    private static func byte(of cell: Cell) -> UInt8 {
        let utf8 = cell.text.utf8
        if utf8.count == 1, let byte = utf8.first { return byte }
        return cell.text == Glyphs.more(ascii: false) ? cut : 0
    }

    /// On a ground of its own, that of the selection or of a hit, a placeholder is underlined and keeps it.
    private static func style(_ style: Style, _ theme: Theme) -> Style {
        let hasGround = style.attributes.contains(.reverse) || style.background != theme[.text].background
        return hasGround ? style.adding(.underline) : theme[.redacted]
    }

    /// The placeholders of a row, and one that is cut behind its `#`.
    private static func ranges(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges = bytes.withUnsafeBufferPointer { RedactionPlaceholder.all(in: $0) }.map(\.range)
        for end in bytes.indices where isCut(bytes, at: end) {
            if let start = start(ofCut: bytes, before: end) { ranges.append(start..<end) }
        }
        return ranges
    }

    private static func isCut(_ bytes: [UInt8], at index: Int) -> Bool {
        if bytes[index] == cut { return true }
        let more = Array(Glyphs.more(ascii: true).utf8)
        return bytes[index...].starts(with: more)
    }

    private static func start(ofCut bytes: [UInt8], before end: Int) -> Int? {
        var index = end - 1
        func goBack(_ most: Int, while isPart: (UInt8) -> Bool) {
            let last = max(-1, index - most)
            while index > last, isPart(bytes[index]) { index -= 1 }
        }
        goBack(RedactionPlaceholder.hashDigits) { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard index >= 0, bytes[index] == UInt8(ascii: "#") else { return nil }
        index -= 1
        let label = index
        goBack(RedactionPlaceholder.longestLabel) {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
        return index >= 0 && index < label && bytes[index] == UInt8(ascii: "[") ? index : nil
    }
}
