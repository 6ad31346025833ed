import Canvas

/// Reads theme files.
///
/// A file is lines. Empty ones and those that begin with `#` are skipped; `$name = colour` names a colour; every other
/// line is `role = foreground [on background] [bold] [dim] [italic] [underline] [reverse]`.
///
/// - A colour is `default`, one of the sixteen (`red`, `bright-red`), a palette number 0–255, `#rgb`, `#rrggbb` or a
///   `$name` of an earlier line.
/// - A role is one of `Role` or what stands before a dot of one, for all that begin so: `json` for `json.key`.
/// - A line with attributes alone leaves the colours as the role falls back to.
package struct ThemeParser {
    /// A theme, complete whatever the text says, and the lines that were ignored.
    package static func parse(_ text: String, name: String) -> (theme: Theme, problems: [LineFault]) {
        var parser = ThemeParser()
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() { parser.read(line, number: index + 1) }
        return (parser.theme(name: name), parser.problems)
    }

    /// A line's wish; what it does not say is nil.
    private struct Entry {
        var foreground: Color?
        var background: Color?
        var attributes: Style.Attributes = []
    }

    private static let known: Set<String> = {
        var names: Set<String> = []
        for role in Role.allCases {
            var name = Substring(role.rawValue)
            names.insert(role.rawValue)
            while let dot = name.lastIndex(of: ".") {
                name = name[..<dot]
                names.insert(String(name))
            }
        }
        return names
    }()

    private var palette: [String: Color] = [:]
    private var entries: [String: Entry] = [:]
    private var problems: [LineFault] = []

    private mutating func read(_ line: Substring, number: Int) {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, !first.hasPrefix("#") else { return }
        guard let equals = line.firstIndex(of: "=") else {
            return report(number, "expected `role = colour`, found \(Self.quoted(line))")
        }
        let name = String(Self.trimmed(line[..<equals]))
        let values = line[line.index(after: equals)...].split(whereSeparator: \.isWhitespace)
        guard !name.isEmpty else { return report(number, "no role stands before the `=`") }
        guard !values.isEmpty else { return report(number, "nothing stands behind the `=` of \(Self.quoted(name))") }
        do throws(Complaint) {
            if name.hasPrefix("$") {
                guard values.count == 1 else { throw Complaint("a palette colour is one word") }
                palette[name] = try color(values[0])
            } else {
                guard Self.known.contains(name) else { throw Complaint("there is no role \(Self.quoted(name))") }
                let isRepeated = entries[name] != nil
                entries[name] = try entry(values)
                if isRepeated { throw Complaint("\(name) stands here a second time; this line counts") }
            }
        } catch {
            report(number, error.message)
        }
    }

    private struct Complaint: Error {
        let message: String

        init(_ message: String) {
            self.message = message
        }
    }

    private func entry(_ words: [Substring]) throws(Complaint) -> Entry {
        var entry = Entry()
        var index = 0
        while index < words.count {
            let word = words[index]
            if let attribute = Self.attribute(word) {
                entry.attributes.insert(attribute)
            } else if word == "on" {
                guard index + 1 < words.count else { throw Complaint("no colour follows `on`") }
                guard entry.background == nil else { throw Complaint("a second background") }
                index += 1
                entry.background = try color(words[index])
            } else {
                let color = try color(word)
                guard index == 0 else {
                    throw Complaint("\(Self.quoted(word)) is no attribute; a background needs `on`")
                }
                entry.foreground = color
            }
            index += 1
        }
        // A colour on one side speaks for the other too, or a hit would keep the ground of the text around it.
        if entry.foreground != nil { entry.background = entry.background ?? .standard }
        return entry
    }

    private func color(_ word: Substring) throws(Complaint) -> Color {
        if word.hasPrefix("$") {
            guard let color = palette[String(word)] else { throw Complaint("\(word) is not defined above") }
            return color
        }
        guard let color = Color(themeWord: word) else {
            throw Complaint("\(Self.quoted(word)) is neither a colour nor an attribute")
        }
        return color
    }

    private func theme(name: String) -> Theme {
        var styles: [Role: Style] = [:]
        for role in Role.allCases {
            var chain: [Entry] = []
            var part = Substring(role.rawValue)
            while true {
                if let entry = entries[String(part)] { chain.append(entry) }
                guard let dot = part.lastIndex(of: ".") else { break }
                part = part[..<dot]
            }
            let base = Theme.fallback.style(role)
            guard let nearest = chain.first else {
                styles[role] = base
                continue
            }
            styles[role] = Style(
                foreground: chain.lazy.compactMap(\.foreground).first ?? base.foreground,
                background: chain.lazy.compactMap(\.background).first ?? base.background,
                attributes: nearest.attributes)
        }
        return Theme(name: name, styles: styles)
    }

    private mutating func report(_ line: Int, _ message: String) {
        problems.append(LineFault(line: line, message: message))
    }

    private static func attribute(_ word: Substring) -> Style.Attributes? {
        switch word {
        case "bold": .bold
        case "dim": .dim
        case "italic": .italic
        case "underline": .underline
        case "reverse": .reverse
        default: nil
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }

    /// A word of the file as it may be shown.
    private static func quoted(_ word: some StringProtocol) -> String {
        "`" + TextMetrics().fit(String(trimmed(Substring(word))), columns: 40) + "`"
    }
}

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
