import Basics
import Canvas

/// Figures as reports tell them: three digits, unit glued, no locale, and words for what is not known.
enum ReportFigures {
    static let unknown = "unknown"
    static let notRecorded = "not recorded"

    /// A duration such as `0`, `120ms`, `8.40s`, `1m05s`, however long in days; nil is a word.
    static func duration(_ nanos: Int64?, orElse word: String = unknown) -> String {
        nanos.map { Figures.duration(nanos: $0, inYears: false) } ?? word
    }

    /// A count with its thousands apart, such as `41,230`; nil is a word.
    static func count(_ count: (some BinaryInteger)?, orElse word: String = unknown) -> String {
        guard let count else { return word }
        let digits = String(count.magnitude)
        var text = count < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A count with its noun, such as `1 span`, `3 spans`.
    static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        self.count(count) + " " + (count == 1 ? noun : plural ?? noun + "s")
    }

    /// A size such as `981 B`, `12.3 KB`, in powers of 1000.
    static func bytes(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        var value = Double(bytes)
        for unit in ["KB", "MB", "GB"] {
            value /= 1000
            if value < 999.5 || unit == "GB" { return Figures.threeDigits(value) + " " + unit }
        }
        return "\(bytes) B"
    }

    /// A share such as `4%`; nil is a word.
    static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        let value = share * 100
        if value != 0, abs(value) < 9.95 { return Figures.fixed(value, digits: 1) + "%" }
        // Almost all is not all.
        return value > 99 && value < 100 ? "99%" : Figures.fixed(min(max(value, -1e9), 1e9), digits: 0) + "%"
    }

    /// A score as it was given, without needless digits.
    static func score(_ score: Double?) -> String {
        score.map { "\($0)" } ?? unknown
    }
}

/// Times of traces as reports tell them: in UTC, and as offsets from the start of their trace.
enum ReportTime {
    /// A time such as `2026-11-24 02:11:40.120 UTC`; nil is a word.
    static func utc(_ unixNano: Int64?) -> String {
        unixNano.map { CivilTime(unixNano: $0).text(decimals: 3) + " UTC" } ?? ReportFigures.notRecorded
    }

    /// An offset such as `+1.20s`; a word where one of the times is absent.
    static func offset(_ time: Int64?, from start: Int64?) -> String {
        guard let time, let start else { return "time " + ReportFigures.notRecorded }
        let distance = time.subtractingClamped(start)
        return (distance < 0 ? "" : "+") + ReportFigures.duration(distance)
    }
}
