import Basics

/// Round values on a time axis.
package struct AxisTicks: Sendable {
    /// Nanoseconds, multiples of the step.
    package let values: [Double]
    /// Nanoseconds between two of them.
    package let step: Double

    /// Steps that people count in, in nanoseconds: 1, 2, 5 times a power of ten, then parts of minutes, hours and days.
    private static let longSteps: [Double] = [
        15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200,
    ]
    .map { $0 * 1e9 }
    private static let day = 86_400e9

    /// The multiples of a round step within a range of nanoseconds, at most `most` of them, or one more.
    package init(from: Double, to: Double, most: Int) {
        guard to > from, most > 0, from.isFinite, to.isFinite else {
            (values, step) = ([], 1)
            return
        }
        // Far from 0 the numbers of the axis themselves are coarser than nanoseconds.
        let step = Self.step(atLeast: max((to - from) / Double(most), to.ulp * 2, from.ulp * 2))
        var values: [Double] = []
        var index = (from / step).rounded(.up)
        while index * step < to, values.count < most + 1 {
            values.append(index * step)
            index += 1
        }
        self.values = values
        self.step = step
    }

    private static func step(atLeast least: Double) -> Double {
        if least > 10e9, let step = longSteps.first(where: { $0 >= least }) { return step }
        let unit = least > 10e9 ? day : 1
        var power = unit
        while power * 10 <= least { power *= 10 }
        return [1, 2, 5, 10].lazy.map { $0 * power }.first { $0 >= least } ?? power * 10
    }

    /// The label of each value, with all digits that tell it from its neighbours: `0s`, `250ms`, `2m30s`, `2h00m00.2s`.
    package var labels: [String] { values.map { Self.label(nanos: Int64(clamped: $0), step: Int64(clamped: step)) } }

    /// A tick's offset, exact for the multiples of a step.
    package static func label(nanos: Int64, step: Int64) -> String {
        switch nanos {
        case 0: return "0s"
        case ..<0: return "-" + label(nanos: nanos == .min ? .max : -nanos, step: step)
        case ..<1_000: return "\(nanos)ns"
        case ..<1_000_000: return decimal(nanos, digits: 3) + "µs"
        case ..<1_000_000_000: return decimal(nanos, digits: 6) + "ms"
        case ..<60_000_000_000: return decimal(nanos, digits: 9) + "s"
        default: break
        }
        let seconds = nanos / 1_000_000_000
        let minutes = seconds / 60
        let hours = minutes / 60
        // People count in hours until days are easier.
        let asDays = hours >= 100 || step % 86_400_000_000_000 == 0
        if asDays, nanos % 86_400_000_000_000 == 0, step % 86_400_000_000_000 == 0 { return "\(hours / 24)d" }
        var text = asDays ? "\(hours / 24)d\((hours % 24).padded(to: 2))h" : hours > 0 ? "\(hours)h" : ""
        if nanos % 3_600_000_000_000 == 0, step % 3_600_000_000_000 == 0 { return text }
        text += hours > 0 ? "\((minutes % 60).padded(to: 2))m" : "\(minutes)m"
        if nanos % 60_000_000_000 == 0, step % 60_000_000_000 == 0 { return text }
        text += (seconds % 60).padded(to: 2)
        let rest = nanos % 1_000_000_000
        if rest != 0 { text += decimal(rest, digits: 9).dropFirst() }
        return text + "s"
    }

    /// A number of so many decimals, without zeros at its end.
    private static func decimal(_ value: Int64, digits: Int) -> String {
        var unit: Int64 = 1
        for _ in 0..<digits { unit *= 10 }
        var fraction = Substring((value % unit).padded(to: digits))
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return "\(value / unit)" + (fraction.isEmpty ? "" : "." + fraction)
    }
}
