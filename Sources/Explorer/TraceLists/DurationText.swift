import Canvas

/// Durations on terminals that may show ASCII only.
enum DurationText {
    static func text(_ nanos: Int64?, ascii: Bool) -> String {
        guard let nanos else { return Glyphs.unknown(ascii: ascii) }
        let text = Figures.duration(nanos: nanos)
        return ascii ? text.replacing("µ", with: "u") : text
    }

    /// The time from one moment to another, clamped; nil where one is unknown.
    static func between(_ start: Int64?, _ end: Int64?) -> Int64? {
        guard let start, let end else { return nil }
        let (difference, overflow) = end.subtractingReportingOverflow(start)
        return overflow ? (end > start ? .max : .min) : difference
    }
}
