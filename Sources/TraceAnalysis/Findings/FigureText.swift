import Basics

/// Figures in the sentences of findings: three digits, unit glued, no locale.
enum FigureText {
    /// A duration such as `0`, `120ms`, `8.40s`, `65.2s`, `312s`.
    static func duration(_ nanos: Int64) -> String {
        if nanos == 0 { return "0" }
        let value = Double(nanos)
        if abs(value) < 999.5e3 { return "\((value / 1e3).rounded() == 0 ? "\(nanos)n" : "\(whole(value / 1e3))µ")s" }
        if abs(value) < 999.5e6 { return "\(whole(value / 1e6))ms" }
        if abs(value) < 9.995e9 { return fixed(value / 1e9, digits: 2) + "s" }
        if abs(value) < 99.95e9 { return fixed(value / 1e9, digits: 1) + "s" }
        return "\(whole(value / 1e9))s"
    }

    /// A share such as `49%`.
    static func percent(_ share: Double) -> String { "\(whole(share * 100))%" }

    private static func whole(_ value: Double) -> Int64 { Int64(clamped: value.rounded()) }

    private static func fixed(_ value: Double, digits: Int) -> String {
        let scale: Int64 = digits == 2 ? 100 : 10
        let scaled = whole(abs(value) * Double(scale))
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(value < 0 ? "-" : "")\(scaled / scale).\(zeros)\(fraction)"
    }
}
