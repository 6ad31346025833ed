/// Random numbers that depend on a seed only (SplitMix64, public domain, by Sebastiano Vigna).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for a named part, so that parts do not disturb each other.
    init(seed: UInt64, part: String) {
        // FNV-1a, 64 bits.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        self.init(seed: seed ^ hash)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// A number around 1, for durations that vary.
    mutating func jitter(_ share: Double = 0.25) -> Double {
        Double.random(in: (1 - share)...(1 + share), using: &self)
    }
}
