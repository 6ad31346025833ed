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
