import TraceDialect
import TraceModel

/// The field rules of a policy in a form that is quick to ask.
struct FieldTable: Sendable {
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
