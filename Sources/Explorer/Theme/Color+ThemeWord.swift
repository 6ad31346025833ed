import Canvas

extension Color {
    /// The colour that a word of a theme names, palette names aside; nil if it names none.
    init?(themeWord word: Substring) {
        if word == "default" {
            self = .standard
        } else if let index = Self.systemNames.firstIndex(of: String(word)) {
            self = .indexed(UInt8(index))
        } else if word.first?.isNumber == true, let index = UInt8(word) {
            self = .indexed(index)
        } else if word.hasPrefix("#") {
            self.init(hex: word.dropFirst())
        } else {
            return nil
        }
    }

    private init?(hex: Substring) {
        guard hex.allSatisfy({ $0.isASCII && $0.isHexDigit }), let value = UInt32(hex, radix: 16) else { return nil }
        switch hex.count {
        case 3:
            let parts = [value >> 8, value >> 4 & 15, value & 15].map { UInt8($0 * 17) }
            self = .rgb(parts[0], parts[1], parts[2])
        case 6:
            self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
        default:
            return nil
        }
    }

    /// In the order of the terminal's palette.
    private static let systemNames = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
        "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]
}
