import Basics

/// Numbers as people read them: three significant digits, unit glued, unknown as `–`.
///
/// Rounding happens here, at the last line of drawing, and nowhere before.
package enum Figures {
    /// What stands for an unknown figure.
    package static let unknown = "–"

    /// A duration such as `8.40s`, `120ms`, `1m05s`, `2h03m`, `4d06h`, `0`; nil is unknown.
    ///
    /// - Parameter inYears: more than a thousand days are told in years, which take few columns.
    package static func duration(nanos: Int64?, inYears: Bool = true) -> String {
        guard let nanos else { return unknown }
        if nanos == 0 { return "0" }
        if nanos < 0 { return "-" + duration(nanos: nanos == .min ? .max : -nanos, inYears: inYears) }
        let value = Double(nanos)
        if value < 999.5 { return "\(nanos)ns" }
        if value < 999.5e3 { return threeDigits(value / 1e3) + "µs" }
        if value < 999.5e6 { return threeDigits(value / 1e6) + "ms" }
        if value < 59.95e9 { return threeDigits(value / 1e9) + "s" }
        let seconds = nanos / 1_000_000_000 + (nanos % 1_000_000_000 >= 500_000_000 ? 1 : 0)
        if seconds < 3600 { return "\(seconds / 60)m\((seconds % 60).padded(to: 2))s" }
        let minutes = seconds / 60
        // Runs of a day or two are told in hours, as people time them.
        if minutes < 60 * 100 { return "\(minutes / 60)h\((minutes % 60).padded(to: 2))m" }
        let hours = minutes / 60
        return hours < 24 * 1000 || !inYears ? "\(hours / 24)d\((hours % 24).padded(to: 2))h" : "\(hours / 24 / 365)y"
    }

    /// A count such as `0`, `981`, `1.21k`, `41.2k`, `3.00M`; nil is unknown.
    package static func count(_ count: Int64?) -> String {
        guard let count else { return unknown }
        if count < 0 { return count == .min ? "-∞" : "-" + self.count(-count) }
        if count < 1000 { return "\(count)" }
        var value = Double(count)
        for unit in ["k", "M", "G", "T"] {
            value /= 1000
            if value < 999.5 { return threeDigits(value) + unit }
        }
        return threeDigits(value / 1000) + "P"
    }

    /// A size such as `0B`, `981B`, `1.21KB`, `3.00MB` in powers of 1000; nil is unknown.
    package static func bytes(_ bytes: Int64?) -> String {
        guard let bytes else { return unknown }
        let text = count(bytes)
        return text.hasSuffix("k") ? String(text.dropLast()) + "KB" : text + "B"
    }

    /// A share such as `0%`, `4%`, `0.3%`, `100%`; nil is unknown.
    package static func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return unknown }
        let value = share * 100
        if abs(value) >= 999.5 {
            return (value < 0 ? "-" : "") + count(Int64(clamped: min(abs(value), 9e18).rounded())) + "%"
        }
        if value != 0, value < 9.95 { return trimmed(fixed(value, digits: 1)) + "%" }
        // Almost all is not all.
        return value > 99 && value < 100 ? "99%" : fixed(value, digits: 0) + "%"
    }

    /// A number in three significant digits, for values from 0 to 999.5.
    package static func threeDigits(_ value: Double) -> String {
        value < 9.995 ? fixed(value, digits: 2) : value < 99.95 ? fixed(value, digits: 1) : fixed(value, digits: 0)
    }

    private static func trimmed(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A number with a fixed count of decimals, free of any locale.
    package static func fixed(_ value: Double, digits: Int) -> String {
        var scale: UInt64 = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64(clamped: (value * Double(scale)).rounded())
        guard digits > 0 else { return "\(scaled)" }
        let sign = scaled < 0 ? "-" : ""
        return "\(sign)\(scaled.magnitude / scale).\((scaled.magnitude % scale).padded(to: digits))"
    }
}
