import Basics
import Canvas

/// Durations on terminals that may show ASCII only.
enum DurationText {
    static func text(_ nanos: Int64?, ascii: Bool) -> String {
        guard let nanos else { return Glyphs.unknown(ascii: ascii) }
        let text = Figures.duration(nanos: nanos)
        return ascii ? text.replacing("µ", with: "u") : text
    }

    /// The duration in at most so many columns: decimals give way, never the unit.
    static func text(_ nanos: Int64?, columns: Int, ascii: Bool) -> String {
        let text = text(nanos, ascii: ascii)
        guard text.count > columns, let point = text.firstIndex(of: "."),
            let unit = text[point...].firstIndex(where: \.isLetter), let number = Double(text[..<unit])
        else { return text }
        let room = columns - text.distance(from: unit, to: text.endIndex)
        // One decimal needs two columns behind the digits before the point.
        let tenths = Int(clamped: (number * 10).rounded())
        let short =
            text.distance(from: text.startIndex, to: point) + 2 <= room
            ? "\(tenths / 10).\(abs(tenths % 10))" : "\(Int(clamped: number.rounded()))"
        return short + text[unit...]
    }

    /// The time from one moment to another, clamped; nil where one is unknown.
    static func between(_ start: Int64?, _ end: Int64?) -> Int64? {
        guard let start, let end else { return nil }
        return end.subtractingClamped(start)
    }
}
