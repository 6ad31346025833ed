import Basics

extension SplitMix64 {
    mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// A number around 1, for durations that vary.
    mutating func jitter(_ share: Double = 0.25) -> Double {
        Double.random(in: (1 - share)...(1 + share), using: &self)
    }
}
