/// What changed from one text to another, word by word.
///
/// The shortest script of removals and additions, as long as it is not longer than `scriptLimit`; of texts that differ
/// more, the equal beginning and end are told, and the rest between them as replaced.
///
/// Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986.
package struct WordDiff: Equatable, Sendable {
    /// In order; neighbours differ in kind, and of a replacement the removed text comes first.
    package private(set) var runs: [TextRun] = []
    /// Words that stand only in the old, or only in the new text; white space and marks are not counted.
    package private(set) var removedWords = 0
    package private(set) var addedWords = 0
    /// False where the texts differed too much for a word by word comparison.
    package private(set) var isDetailed = true

    /// The most removals and additions that are looked for, which bounds memory to some megabytes.
    package static let scriptLimit = 1_500

    /// The words in which the texts differ: a replaced word counts once.
    package var changedWords: Int { max(removedWords, addedWords) }

    package init(_ old: String, _ new: String, scriptLimit: Int = WordDiff.scriptLimit) {
        let before = WordTokens.split(old)
        let after = WordTokens.split(new)
        let shorter = min(before.count, after.count)
        var head = 0
        while head < shorter, before[head] == after[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }

        let left = before[head..<before.count - tail]
        let right = after[head..<after.count - tail]
        add(.equal, before[..<head])
        if left.isEmpty || right.isEmpty {
            add(.removed, left)
            add(.added, right)
        } else if let matches = EditScript.matches(left, right, limit: scriptLimit) {
            add(left, right, matches)
        } else {
            isDetailed = false
            add(.removed, left)
            add(.added, right)
        }
        add(.equal, before[(before.count - tail)...])
    }

    private mutating func add(
        _ left: ArraySlice<Substring>, _ right: ArraySlice<Substring>, _ matches: [EditScript.Match]
    ) {
        var (old, new) = (left.startIndex, right.startIndex)
        for match in matches {
            let (toOld, toNew) = (left.startIndex + match.old, right.startIndex + match.new)
            add(.removed, left[old..<toOld])
            add(.added, right[new..<toNew])
            add(.equal, left[toOld..<toOld + match.count])
            (old, new) = (toOld + match.count, toNew + match.count)
        }
        add(.removed, left[old...])
        add(.added, right[new...])
    }

    private mutating func add(_ kind: TextRun.Kind, _ tokens: ArraySlice<Substring>) {
        guard let first = tokens.first, let last = tokens.last else { return }
        let text = first.base[first.startIndex..<last.endIndex]
        if kind != .equal {
            let words = tokens.reduce(0) { $0 + (WordTokens.isWord($1) ? 1 : 0) }
            if kind == .removed { removedWords += words } else { addedWords += words }
        }
        if let previous = runs.last, previous.kind == kind {
            runs[runs.count - 1].text += text
        } else {
            runs.append(TextRun(kind, String(text)))
        }
    }
}

/// A stretch of two compared texts: in both, only in the old one, or only in the new one.
package struct TextRun: Equatable, Sendable {
    package enum Kind: Sendable {
        case equal
        case removed
        case added
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// Parts a text into words, stretches of white space and single marks; joined they are the text again.
enum WordTokens {
    private enum Class {
        case word
        case space
        case mark
    }

    static func split(_ text: String) -> [Substring] {
        var tokens: [Substring] = []
        var start = text.startIndex
        var last: Class?
        var index = start
        while index < text.endIndex {
            let now = kind(of: text[index])
            if let last, now != last || now == .mark {
                tokens.append(text[start..<index])
                start = index
            }
            last = now
            index = text.index(after: index)
        }
        if start < text.endIndex { tokens.append(text[start...]) }
        return tokens
    }

    /// True for a token that counts as a word.
    static func isWord(_ token: Substring) -> Bool {
        token.first.map { kind(of: $0) == .word } ?? false
    }

    private static func kind(of character: Character) -> Class {
        if character.isWhitespace { return .space }
        return character.isLetter || character.isNumber || character == "_" ? .word : .mark
    }
}
