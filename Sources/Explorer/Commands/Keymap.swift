package import Canvas

/// Which keys call which commands, per view.
///
/// A user's file overrides it by command name: a line `name = key, key` gives the command just these keys.
package struct Keymap: Equatable, Sendable {
    /// What a sequence of keys means in a view.
    package enum Meaning: Equatable, Sendable {
        case command(String)
        /// The sequence begins a longer one.
        case prefix
        case nothing
    }

    private var commands: [View: [[Key]: String]]
    private var prefixes: [View: Set<[Key]>]
    /// The keys of each command as they are now, as texts.
    private var keyTexts: [String: [String]]

    /// The keys of the command table.
    package static let standard = Keymap(overrides: [:])

    /// The keys of the command table, those of the named commands replaced.
    package init(overrides: [String: [String]]) {
        commands = [:]
        prefixes = [:]
        keyTexts = [:]
        // What a user binds wins over a default on the same key.
        let ordered =
            CommandTable.all.filter { overrides[$0.name] == nil }
            + CommandTable.all.filter { overrides[$0.name] != nil }
        for command in ordered {
            let texts = overrides[command.name] ?? command.keys
            keyTexts[command.name, default: []] += texts.filter { !(keyTexts[command.name] ?? []).contains($0) }
            for text in texts {
                guard let sequence = Keymap.sequence(text) else { continue }
                for view in View.allCases where command.works(in: view) {
                    commands[view, default: [:]][sequence] = command.name
                    for length in 1..<max(1, sequence.count) {
                        prefixes[view, default: []].insert(Array(sequence.prefix(length)))
                    }
                }
            }
        }
    }

    /// Reads keys separated by spaces; nil if one of them is no key.
    package static func sequence(_ text: String) -> [Key]? {
        var keys: [Key] = []
        for word in text.split(separator: " ") {
            guard let key = Key(name: String(word)) else { return nil }
            keys.append(key)
        }
        return keys.isEmpty ? nil : keys
    }

    package func meaning(of keys: [Key], in view: View) -> Meaning {
        if let name = commands[view]?[keys] { return .command(name) }
        return prefixes[view]?.contains(keys) == true ? .prefix : .nothing
    }

    /// The keys that call a command in a view, for people.
    package func keys(of name: String, in view: View) -> [String] {
        keys(of: name).filter { key in
            Keymap.sequence(key).map { meaning(of: $0, in: view) == .command(name) } ?? false
        }
    }

    /// The keys of a command in any view, for people.
    package func keys(of name: String) -> [String] { keyTexts[name] ?? [] }
}

extension Keymap {
    /// Reads a user's keymap: `command = key, key` a line; `#` begins a comment line.
    ///
    /// Bad lines are reported and ignored.
    package static func parse(_ text: String) -> (overrides: [String: [String]], faults: [LineFault]) {
        var overrides: [String: [String]] = [:]
        var faults: [LineFault] = []
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let equals = line.firstIndex(of: "=") else {
                faults.append(LineFault(line: index + 1, message: "expected `command = key, key`"))
                continue
            }
            let name = line[..<equals].trimmed
            guard CommandTable.isKnown(name) else {
                faults.append(LineFault(line: index + 1, message: "no command is called “\(name)”"))
                continue
            }
            let keys = line[line.index(after: equals)...].split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
            if let bad = keys.first(where: { sequence($0) == nil }) {
                faults.append(LineFault(line: index + 1, message: "“\(bad)” is no key"))
                continue
            }
            overrides[name] = keys
        }
        return (overrides, faults)
    }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmed: String {
        var part = self[...]
        while let first = part.first, first == " " || first == "\t" || first == "\r" { part = part.dropFirst() }
        while let last = part.last, last == " " || last == "\t" || last == "\r" { part = part.dropLast() }
        return String(part)
    }
}
