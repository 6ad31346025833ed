/// A line being typed at the foot of the screen.
package struct PromptState: Equatable, Sendable {
    package enum Kind: Hashable, Sendable {
        case filter, command, search, sql, find
        // Of the export dialog.
        case exportPath, exportSteps, exportUnredacted

        /// What stands before the line.
        package var sign: String {
            switch self {
            case .filter: "\\ "
            case .command: ": "
            case .search: "/ "
            case .sql: "; "
            case .find: "find "
            case .exportPath: "to "
            case .exportSteps: "steps "
            case .exportUnredacted: "type yes to export secrets and all: "
            }
        }

        /// A line that must be typed again each time.
        var isForgotten: Bool { self == .exportUnredacted }
    }

    package var kind: Kind
    package private(set) var characters: [Character]
    /// The place of the cursor, counted in characters.
    package private(set) var position: Int
    /// What is wrong with the line so far, and at which character.
    package var fault: (message: String, position: Int)?
    package var completions: [String] = []
    /// The completion that stands in the line.
    package var chosenCompletion: Int?
    /// The characters that completions replace.
    package var completionRange = 0..<0
    /// How far back in the history the line was taken from; 0 is the line itself.
    package var historyDepth = 0
    /// The line before history was entered.
    package var draft = ""
    /// What stood before, for giving up.
    package var original: String

    package init(_ kind: Kind, text: String = "") {
        self.kind = kind
        characters = Array(text)
        position = characters.count
        original = text
    }

    package static func == (a: PromptState, b: PromptState) -> Bool {
        a.kind == b.kind && a.characters == b.characters && a.position == b.position
            && a.fault?.message == b.fault?.message && a.fault?.position == b.fault?.position
            && a.completions == b.completions && a.chosenCompletion == b.chosenCompletion
    }

    package var text: String { String(characters) }

    package mutating func set(_ text: String) {
        characters = Array(text)
        position = characters.count
    }

    package mutating func insert(_ text: String) {
        let added = Array(text)
        characters.insert(contentsOf: added, at: position)
        position += added.count
    }

    package mutating func replace(_ range: Range<Int>, with text: String) {
        let clamped = range.clamped(to: 0..<characters.count)
        let added = Array(text)
        characters.replaceSubrange(clamped, with: added)
        position = clamped.lowerBound + added.count
    }

    package mutating func move(_ distance: Int) {
        position = max(0, min(characters.count, position + distance))
    }

    package mutating func moveToStart() { position = 0 }
    package mutating func moveToEnd() { position = characters.count }

    package mutating func deleteBackward() {
        guard position > 0 else { return }
        position -= 1
        characters.remove(at: position)
    }

    package mutating func deleteForward() {
        guard position < characters.count else { return }
        characters.remove(at: position)
    }

    package mutating func deleteWordBackward() {
        var start = position
        while start > 0, characters[start - 1] == " " { start -= 1 }
        while start > 0, characters[start - 1] != " " { start -= 1 }
        characters.removeSubrange(start..<position)
        position = start
    }

    package mutating func deleteToStart() {
        characters.removeSubrange(0..<position)
        position = 0
    }

    package mutating func deleteToEnd() { characters.removeSubrange(position...) }
}
