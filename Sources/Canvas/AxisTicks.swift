/// Round values on a time axis.
package enum AxisTicks {
    /// Steps that people count in, in nanoseconds: 1, 2, 5 times a power of ten, then parts of minutes and hours.
    private static let longSteps: [Double] = [
        15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400,
    ]
    .map { $0 * 1e9 }

    /// The multiples of a round step within a range of nanoseconds, at most `most` of them.
    package static func values(from: Double, to: Double, most: Int) -> [Double] {
        guard to > from, most > 0, from.isFinite, to.isFinite else { return [] }
        let step = self.step(atLeast: (to - from) / Double(most))
        var values: [Double] = []
        var index = (from / step).rounded(.up)
        while index * step < to, values.count < most + 1 {
            values.append(index * step)
            index += 1
        }
        return values
    }

    private static func step(atLeast least: Double) -> Double {
        if least > 10e9, let step = longSteps.first(where: { $0 >= least }) { return step }
        var power = 1.0
        while power * 10 <= least { power *= 10 }
        return [1, 2, 5, 10].lazy.map { $0 * power }.first { $0 >= least } ?? power * 10
    }

    /// A tick's offset without needless digits: `0s`, `250ms`, `1.5s`, `2m30s`.
    package static func label(nanos: Int64) -> String {
        switch nanos {
        case 0: return "0s"
        case ..<1_000: return "\(nanos)ns"
        case ..<1_000_000: return decimal(nanos, unit: 1_000) + "µs"
        case ..<1_000_000_000: return decimal(nanos, unit: 1_000_000) + "ms"
        case ..<60_000_000_000: return decimal(nanos, unit: 1_000_000_000) + "s"
        default: return Figures.duration(nanos: nanos)
        }
    }

    /// A quotient with as many decimals as it needs, at most three.
    private static func decimal(_ value: Int64, unit: Int64) -> String {
        let thousandths = value / (unit / 1_000)
        var text = "\(thousandths / 1_000)"
        let rest = thousandths % 1_000
        if rest != 0 {
            var fraction = String(1_000 + rest).dropFirst()
            while fraction.last == "0" { fraction = fraction.dropLast() }
            text += "." + fraction
        }
        return text
    }
}
