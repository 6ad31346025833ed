import Canvas

/// How far apart in time two streams are that have come equally far.
package struct StreamComparison: Equatable, Sendable {
    /// Characters that the first stream has shown.
    package var characters: Int
    /// When each of the two had shown them; nil where one never does.
    package var first: Int64?
    package var second: Int64?

    package init(_ a: StreamTape, _ b: StreamTape, at time: Int64) {
        characters = a.characters(count: a.count(at: time))
        first = a.time(ofCharacters: characters)
        second = b.time(ofCharacters: characters)
    }

    /// Nanoseconds by which the second is later, negative where it is earlier.
    package var difference: Int64? {
        guard let first, let second else { return nil }
        return second - first
    }

    /// The difference with its sign.
    func text(ascii: Bool) -> String {
        guard let difference else { return Glyphs.unknown(ascii: ascii) }
        if difference == 0 { return "0" }
        let sign = difference > 0 ? "+" : ascii ? "-" : "−"
        let text = Figures.duration(nanos: abs(difference))
        return sign + (ascii ? text.replacing("µ", with: "u") : text)
    }
}
