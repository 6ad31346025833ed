import Basics

/// Times in a stream as people read and type them.
package enum StreamTime {
    /// `3.61s`, `1m05.30s`: as many digits at every time of a stream, so that a running clock stands still.
    package static func text(_ nanos: Int64) -> String {
        let hundredths = max(0, nanos) / 10_000_000
        let fraction = two(hundredths % 100)
        let seconds = hundredths / 100
        if seconds < 60 { return "\(seconds).\(fraction)s" }
        if seconds < 3600 { return "\(seconds / 60)m\(two(seconds % 60)).\(fraction)s" }
        return "\(seconds / 3600)h\(two(seconds / 60 % 60))m\(two(seconds % 60))s"
    }

    /// Reads `4.2s`, `350ms`, `1m05.5s`, `2h`, or a bare number of seconds; nil for anything else.
    package static func parse(_ text: String) -> Int64? {
        if let seconds = Double(text) { return nanos(seconds) }
        let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1)]
        var rest = Substring(text)
        var sum = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            guard let value = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            sum += value * unit.seconds
            rest = rest.dropFirst(unit.name.count)
        }
        return text.isEmpty ? nil : nanos(sum)
    }

    private static func nanos(_ seconds: Double) -> Int64? {
        seconds.isFinite && seconds >= 0 && seconds < 9e9 ? Int64(clamped: (seconds * 1e9).rounded()) : nil
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
