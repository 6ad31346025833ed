/// What a user's configuration file sets.
///
/// One `name = value` a line, `#` begins a comment line; bad lines are reported with their number and ignored.
package struct Configuration: Equatable, Sendable {
    package var theme: String?
    package var usesMouse = false
    package var usesASCII: Bool?
    package var ambiguousIsWide = false

    package init() {}

    /// The settings with one line of help each.
    package static let settings: [(name: String, help: String)] = [
        ("theme", "the name of a theme, such as dark, light, high-contrast, mono or system16"),
        ("mouse", "on or off (off)"),
        ("ascii", "on draws with ASCII only (off where the locale is UTF-8)"),
        ("ambiguous-width", "narrow or wide: what the terminal makes of ambiguous characters (narrow)"),
    ]

    /// Reads the text of a configuration file.
    package static func parse(_ text: String) -> (configuration: Configuration, faults: [LineFault]) {
        var configuration = Configuration()
        var faults: [LineFault] = []
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let equals = line.firstIndex(of: "=") else {
                faults.append(LineFault(line: index + 1, message: "expected `name = value`"))
                continue
            }
            let name = line[..<equals].trimmed
            let value = line[line.index(after: equals)...].trimmed
            if let problem = configuration.set(name, to: value) {
                faults.append(LineFault(line: index + 1, message: problem))
            }
        }
        return (configuration, faults)
    }

    /// Sets one value; returns what is wrong with it.
    private mutating func set(_ name: String, to value: String) -> String? {
        let truth: Bool? = value == "on" ? true : value == "off" ? false : nil
        switch (name, truth) {
        case ("theme", _) where !value.isEmpty: theme = value
        case ("mouse", let on?): usesMouse = on
        case ("ascii", let on?): usesASCII = on
        case ("ambiguous-width", _) where value == "wide" || value == "narrow": ambiguousIsWide = value == "wide"
        default:
            guard let setting = Configuration.settings.first(where: { $0.name == name }) else {
                return "no setting is called “\(name)”"
            }
            return "“\(value)” does not fit \(name): \(setting.help)"
        }
        return nil
    }
}

/// A line of a user's file that could not be used.
package struct LineFault: Equatable, Sendable {
    /// Counted from 1.
    package var line: Int
    package var message: String
}
