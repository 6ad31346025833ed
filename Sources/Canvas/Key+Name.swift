extension Key {
    /// How the key is written in help, footer and keymap files: `^D`, `PgUp`, `F2`, `S-Tab`, `Space`, `j`, `M-x`.
    package var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(" "): "^Space"
        case .control(let character): "^" + character.uppercased()
        case .alt(let character): character == " " ? "M-Space" : "M-" + String(character)
        case .function(let number): "F\(number)"
        case .mouse(let event): event.name
        case .resize: "Resize"
        case .paste: "Paste"
        case .unknown: "Unknown"
        default: Self.names.first { $0.key == self }?.name ?? "Unknown"
        }
    }

    /// The key of a name as a keymap file writes it; nil if there is none.
    ///
    /// Names of keys are read in any case (`pgup`), characters as they are (`g` is not `G`). Besides `^D`, `C-d` and
    /// `Ctrl-D` are understood, besides `M-x` also `A-x` and `Alt-x`.
    package init?(name: String) {
        if name.count == 1, let character = name.first {
            guard !SafeText.isUnsafe(character) else { return nil }
            self = .character(character)
            return
        }
        let lower = name.lowercased()
        if let named = Self.names.first(where: { $0.name.lowercased() == lower }) {
            self = named.key
        } else if let alias = Self.aliases.first(where: { $0.name == lower }) {
            self = alias.key
        } else if let rest = Self.rest(of: name, after: ["^", "C-", "Ctrl-", "Ctrl+"]) {
            guard let character = Self.character(rest) else { return nil }
            self = .control(Character(character.lowercased()))
        } else if let rest = Self.rest(of: name, after: ["M-", "A-", "Alt-", "Alt+"]) {
            guard let character = Self.character(rest) else { return nil }
            self = .alt(character)
        } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63).contains(number) {
            self = .function(number)
        } else {
            return nil
        }
    }

    private static let names: [(name: String, key: Key)] = [
        ("Space", .character(" ")), ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("S-Tab", .backTab),
        ("Backspace", .backspace), ("Del", .delete), ("Ins", .insert), ("Up", .up), ("Down", .down), ("Left", .left),
        ("Right", .right), ("S-Left", .shiftLeft), ("S-Right", .shiftRight), ("S-Up", .shiftUp),
        ("S-Down", .shiftDown), ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ]

    private static let aliases: [(name: String, key: Key)] = [
        ("return", .enter), ("escape", .escape), ("backtab", .backTab), ("shift-tab", .backTab), ("bs", .backspace),
        ("delete", .delete), ("insert", .insert), ("pageup", .pageUp), ("pagedown", .pageDown), ("pgdown", .pageDown),
    ]

    private static func rest(of name: String, after prefixes: [String]) -> Substring? {
        for prefix in prefixes where name.count > prefix.count && name.lowercased().hasPrefix(prefix.lowercased()) {
            return name.dropFirst(prefix.count)
        }
        return nil
    }

    private static func character(_ text: Substring) -> Character? {
        if text.lowercased() == "space" { return " " }
        guard text.count == 1, let character = text.first, !SafeText.isUnsafe(character) else { return nil }
        return character
    }
}
