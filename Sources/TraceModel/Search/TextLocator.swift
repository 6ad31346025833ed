/// Finds in a text the place that the index found, for excerpts.
///
/// It reads text as the index does: words without regard to case and diacritics, other scripts letter by letter.
package struct TextLocator {
    private let units: [String]
    /// The last word may go on.
    private let endsOpen: Bool

    /// Takes what is searched for; nil where it has no letter and no digit.
    package init?(_ text: String) {
        var units: [String] = []
        var endsOpen = false
        Self.walk(text) { unit, range in
            units.append(unit)
            endsOpen = range.upperBound == text.endIndex
            return true
        }
        if units.isEmpty { return nil }
        self.units = units
        self.endsOpen = endsOpen
    }

    /// The first place where the units stand side by side.
    package func firstRange(in text: String) -> Range<String.Index>? {
        var window: [(unit: String, range: Range<String.Index>)] = []
        var found: Range<String.Index>?
        Self.walk(text) { unit, range in
            window.append((unit, range))
            if window.count > units.count { window.removeFirst() }
            guard window.count == units.count, let last = units.last else { return true }
            let isMatch =
                (endsOpen ? unit.hasPrefix(last) : unit == last)
                && zip(window, units).dropLast().allSatisfy { $0.unit == $1 }
            if isMatch { found = window[0].range.lowerBound..<range.upperBound }
            return !isMatch
        }
        return found
    }

    /// Gives the units of a text in order until told to stop.
    private static func walk(_ text: String, _ body: (String, Range<String.Index>) -> Bool) {
        var word = ""
        var wordStart = text.startIndex
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            let role = TextIndexTokens.role(of: scalar)
            let isWordPart = role == .plain && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            if isWordPart {
                if word.isEmpty { wordStart = index }
                word.unicodeScalars.append(scalar)
            } else if role != .ignored {
                if !word.isEmpty {
                    guard body(TextQuery.folded(word), wordStart..<index) else { return }
                    word = ""
                }
                if role == .paired { guard body(String(scalar), index..<next) else { return } }
            }
            index = next
        }
        if !word.isEmpty { _ = body(TextQuery.folded(word), wordStart..<scalars.endIndex) }
    }
}
