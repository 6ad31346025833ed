import Foundation

/// A text to search for, in the form that the index understands.
///
/// The words must stand in this order side by side. The last word may be the beginning of a longer one, unless a space or
/// another separator follows it. Whatever the text holds, it reaches the index as a quoted phrase only.
package struct TextQuery: Equatable, Sendable {
    /// The phrase as it is indexed, but for a last word that may go on.
    let head: String
    /// The last word that may go on; empty where there is none.
    let tail: String

    /// Reads a text; nil where it has no letter and no digit.
    package init?(_ text: String) {
        var bytes: [UInt8] = []
        var run: [Unicode.Scalar] = []
        var endsInWord = false
        for scalar in text.unicodeScalars {
            switch TextIndexTokens.role(of: scalar) {
            case .paired:
                run.append(scalar)
                endsInWord = true
            case .ignored:
                continue
            case .plain:
                TextIndexTokens.flush(&run, to: &bytes, isOpen: false)
                // What is no letter and no digit parts words in the index too.
                endsInWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                TextIndexTokens.append(endsInWord ? scalar : " ", to: &bytes)
            }
        }
        let endsInPairs = run.count > 1
        TextIndexTokens.flush(&run, to: &bytes, isOpen: true)
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard let last = words.last else { return nil }
        // A run of pairs is open as it is: the letter that ends it is left out.
        if endsInWord && !endsInPairs {
            tail = String(last)
            head = words.dropLast().joined(separator: " ")
        } else {
            tail = ""
            head = words.joined(separator: " ")
        }
    }

    /// The words of the index that can stand last: what it says to `MATCH`.
    ///
    /// `expand` gives the words of the index that begin as the last word does, at most as many as it is asked for, or
    /// fewer if there are no more.
    package func match(expand: (_ prefix: String, _ limit: Int) throws -> [String]) rethrows -> String {
        if tail.isEmpty { return quoted(head) }
        if standsForItself { return quoted(phrase(tail)) }
        // Each further word costs a walk of its own, for a phrase a long one.
        let limit = head.isEmpty ? 48 : 12
        let words = try expand(TextQuery.folded(tail), limit + 1)
        // Of too many words the index makes a list by itself, which takes longer.
        if words.count > limit { return quoted(phrase(tail)) + " *" }
        if words.isEmpty { return quoted(phrase(tail)) }
        return words.map { quoted(phrase($0)) }.joined(separator: " OR ")
    }

    private func phrase(_ last: String) -> String {
        head.isEmpty ? last : head + " " + last
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.filter { $0 != "\"" && $0 != "\0" } + "\""
    }

    /// Whether so short a beginning stands for itself: it would bring in too much of the index.
    private var standsForItself: Bool {
        tail.unicodeScalars.count < (head.isEmpty ? 2 : 3) && tail.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Whether a text holds what is searched for, without an index.
    package func matches(_ text: IndexedText) -> Bool {
        var words = IndexedText.words(head + " " + tail)
        guard let last = words.popLast() else { return false }
        let isOpen = !tail.isEmpty && !standsForItself
        return text.words.indices.contains { start in
            let end = start + words.count
            guard end < text.words.count, isOpen ? text.words[end].hasPrefix(last) : text.words[end] == last else {
                return false
            }
            return text.words[start..<end].elementsEqual(words)
        }
    }

    /// A word as the index holds it: in lower case, Latin letters without their diacritics.
    static func folded(_ word: String) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word.lowercased() }
        var folded = ""
        for scalar in word.unicodeScalars {
            let lower = scalar.properties.lowercaseMapping
            switch scalar.value {
            case 0xC0..<0x250, 0x1E00..<0x1F00:
                // The first scalar of the canonical decomposition is the bare letter.
                let parts = Array(lower.decomposedStringWithCanonicalMapping.unicodeScalars.prefix(1))
                folded.unicodeScalars.append(contentsOf: parts)
            default:
                folded += lower
            }
        }
        return folded
    }
}
