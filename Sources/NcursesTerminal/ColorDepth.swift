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
