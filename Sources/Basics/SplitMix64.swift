/// Random numbers that depend on a seed only.
///
/// Source: Guy Steele, Doug Lea, Christine Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for a named part, so that parts do not disturb each other.
    package init(seed: UInt64, part: String) {
        self.init(seed: seed ^ StableHash.fnv(part.utf8))
    }

    package mutating func next() -> UInt64 {
        state &+= StableHash.goldenRatio
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
