import TraceDialect
import TraceModel

/// The field rules of a policy in a form that is quick to ask.
struct FieldPolicies: Sendable {
    /// What happens to a field, and the label of its placeholder.
    struct Verdict: Sendable {
        var action: RedactionPolicy.Action
        var label: String
    }

    private struct Entry: Sendable {
        var verdict: Verdict
        var field: RedactionPolicy.Field?
        var names: [NamePattern]
        /// Names that mean the field on spans of tools, or on all others.
        var valueNames: [NamePattern]
        var valuesAreOfTools: Bool

        func fits(_ key: String, isTool: Bool) -> Bool {
            names.contains { $0.matches(key) }
                || (isTool == valuesAreOfTools && valueNames.contains { $0.matches(key) })
        }
    }

    private let entries: [Entry]
    /// The label of fields that no word names.
    static let label = "FIELD"

    init(_ rules: [RedactionPolicy.FieldRule]) {
        entries = rules.map { rule in
            let field = RedactionPolicy.Field(rawValue: rule.name)
            let (names, valueNames, areOfTools) = Self.names(of: field)
            return Entry(
                verdict: Verdict(action: rule.action, label: field?.label ?? Self.label), field: field,
                names: ([rule.name] + names).map { NamePattern($0) }, valueNames: valueNames.map { NamePattern($0) },
                valuesAreOfTools: areOfTools)
        }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// What happens to an attribute; nil where no rule names it.
    func verdict(_ key: String, isTool: Bool) -> Verdict? {
        entries.first { $0.fits(key, isTool: isTool) }?.verdict
    }

    /// What happens to a field as a whole.
    func verdict(_ field: RedactionPolicy.Field) -> Verdict? {
        entries.first { $0.field == field }?.verdict
    }

    /// What happens to the text of chunks of a kind.
    func verdict(ofChunks kind: ChunkKind) -> Verdict? {
        switch kind {
        case .text, .refusal: verdict(.output)
        case .reasoning: verdict(.reasoning)
        case .toolArguments: verdict(.arguments)
        case .usage, .terminal, .other: nil
        }
    }

    private static func names(
        of field: RedactionPolicy.Field?
    ) -> (names: [String], valueNames: [String], valuesAreOfTools: Bool) {
        switch field {
        case .prompt: (DialectFields.prompts.names, DialectFields.prompts.valueNames, false)
        case .output: (DialectFields.outputs.names, DialectFields.outputs.valueNames, false)
        case .reasoning: (DialectFields.reasoning, [], false)
        case .arguments: (DialectFields.arguments.names, DialectFields.arguments.valueNames, true)
        case .result: (DialectFields.results.names, DialectFields.results.valueNames, true)
        case .error: (DialectFields.errors, [], false)
        case .url: (DialectFields.urls, [], false)
        case .user: (DialectFields.users, [], false)
        case .event, .resource, nil: ([], [], false)
        }
    }
}

/// The name of an attribute, with `*` for any text.
struct NamePattern: Sendable {
    /// What stands between the stars; one piece without a star.
    private let pieces: [[UInt8]]

    init(_ pattern: String) {
        pieces = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { matches($0) }
    }

    /// Each piece is taken at the first place where it fits, the last one at the end.
    private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = pieces.first, let last = pieces.last, name.starts(with: first) else { return false }
        guard pieces.count > 1 else { return name.count == first.count }
        let end = name.count - last.count
        guard end >= first.count, name[end...].elementsEqual(last) else { return false }
        var position = first.count
        for piece in pieces.dropFirst().dropLast() {
            while position + piece.count <= end, !name[position..<position + piece.count].elementsEqual(piece) {
                position += 1
            }
            guard position + piece.count <= end else { return false }
            position += piece.count
        }
        return true
    }
}
