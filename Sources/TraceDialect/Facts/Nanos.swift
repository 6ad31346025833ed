/// Whole nanoseconds.
enum Nanos {
    /// The nearest whole number; nil for negative, non-finite and huge values.
    static func exactly(_ value: Double) -> Int64? {
        guard value.isFinite && value >= 0 && value < 9.2e18 else { return nil }
        return Int64(value.rounded())
    }
}
