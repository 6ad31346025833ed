import Canvas

/// Colours of a theme reduced to what a terminal has.
struct ColorReduction: Sendable {
    let depth: ColorDepth

    /// The number of a colour for curses; -1 is the terminal's own.
    func number(_ color: Color) -> Int {
        switch (color, depth) {
        case (.standard, _), (_, .mono): -1
        case (.indexed(let index), .eight): Int(Self.nearest(index, of: 16)) & 7
        case (.indexed(let index), .sixteen): Int(Self.nearest(index, of: 16))
        case (.indexed(let index), .palette): Int(index)
        case (.indexed(let index), .direct): index < 8 ? Int(index) : Self.direct(Self.rgb(index))
        case (.rgb(let r, let g, let b), .eight): Int(Self.nearest(RGB(r, g, b), among: 0..<16)) & 7
        case (.rgb(let r, let g, let b), .sixteen): Int(Self.nearest(RGB(r, g, b), among: 0..<16))
        case (.rgb(let r, let g, let b), .palette): Int(Self.nearest(RGB(r, g, b), among: 16..<256))
        case (.rgb(let r, let g, let b), .direct): Self.direct(RGB(r, g, b))
        }
    }

    /// The attributes of a style, with reverse video in place of a background that the terminal cannot show.
    func attributes(_ style: Style) -> Style.Attributes {
        guard depth == .mono, style.background != .standard else { return style.attributes }
        return style.attributes.union(.reverse)
    }

    struct RGB: Equatable, Sendable {
        let red: Int
        let green: Int
        let blue: Int

        init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
            self.red = Int(red)
            self.green = Int(green)
            self.blue = Int(blue)
        }
    }

    /// The RGB value of a palette entry as xterm has it by default.
    static func rgb(_ index: UInt8) -> RGB {
        switch index {
        case 0..<16: return system[Int(index)]
        case 16..<232:
            let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
            let cube = Int(index) - 16
            return RGB(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
        default:
            let level = 8 + (index - 232) * 10
            return RGB(level, level, level)
        }
    }

    /// Direct-colour terminals take the numbers 0–7 for their palette, so a near black becomes black.
    private static func direct(_ color: RGB) -> Int {
        let value = color.red << 16 | color.green << 8 | color.blue
        return value < 8 ? 0 : value
    }

    private static func nearest(_ index: UInt8, of count: UInt8) -> UInt8 {
        index < count ? index : nearest(rgb(index), among: 0..<Int(count))
    }

    /// The palette entry that looks most alike: red, green and blue differences weighted as the eye does.
    private static func nearest(_ color: RGB, among range: Range<Int>) -> UInt8 {
        var best = UInt8(range.lowerBound)
        var least = Int.max
        for index in range {
            let candidate = rgb(UInt8(index))
            let red = color.red - candidate.red
            let green = color.green - candidate.green
            let blue = color.blue - candidate.blue
            let distance = 2 * red * red + 4 * green * green + 3 * blue * blue
            if distance < least {
                least = distance
                best = UInt8(index)
            }
        }
        return best
    }

    private static let system: [RGB] = [
        RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
        RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
        RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
    ]
}

/// How many colours a terminal shows; decided once when it opens.
enum ColorDepth: Int, Comparable, Sendable {
    case mono = 0
    case eight = 8
    case sixteen = 16
    case palette = 256
    case direct = 16_777_216

    static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rawValue < b.rawValue }

    /// The depth of a terminal.
    ///
    /// - Parameters:
    ///   - colors: what the terminal database says, 0 for none.
    ///   - isDirect: colours are RGB values, the database's flag `RGB`.
    init(colors: Int, isDirect: Bool) {
        switch colors {
        case 257... where isDirect: self = .direct
        case 256...: self = .palette
        case 16...: self = .sixteen
        case 8...: self = .eight
        default: self = .mono
        }
    }
}
