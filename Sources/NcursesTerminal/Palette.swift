import Canvas

/// The colours that the terminal has, and the nearest of them to any other.
struct Palette: Sendable {
    /// 0 is a terminal without colour.
    let count: Int

    /// The number by which curses knows a colour; -1 is the terminal's own.
    func number(_ color: Color) -> Int32 {
        guard count > 0 else { return -1 }
        switch color {
        case .standard: return -1
        case .indexed(let index):
            if count > Int(index) { return Int32(index) }
            return number(Palette.components(index))
        case .rgb(let red, let green, let blue): return number((Int(red), Int(green), Int(blue)))
        }
    }

    private func number(_ color: (Int, Int, Int)) -> Int32 {
        if count > 256 { return Int32(color.0 << 16 | color.1 << 8 | color.2) }
        if count == 256 { return Int32(Palette.nearestOf256(color)) }
        return Int32(Palette.nearest(color, among: 0..<min(count, 16)))
    }

    /// The six levels of the colour cube of xterm.
    private static let levels = [0, 95, 135, 175, 215, 255]

    /// The first sixteen colours as xterm shows them.
    private static let basic: [(Int, Int, Int)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    private static func components(_ index: UInt8) -> (Int, Int, Int) {
        let index = Int(index)
        if index < 16 { return basic[index] }
        if index >= 232 {
            let grey = 8 + (index - 232) * 10
            return (grey, grey, grey)
        }
        let cube = index - 16
        return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    }

    private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
        // The eye is most sensitive to green and least to blue.
        let (red, green, blue) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
        return 3 * red * red + 6 * green * green + blue * blue
    }

    private static func nearest(_ color: (Int, Int, Int), among indices: Range<Int>) -> Int {
        indices.min { distance(color, components(UInt8($0))) < distance(color, components(UInt8($1))) } ?? 0
    }

    /// The nearest colour of the cube or the greys; the first sixteen differ from terminal to terminal.
    private static func nearestOf256(_ color: (Int, Int, Int)) -> Int { nearest(color, among: 16..<256) }
}
