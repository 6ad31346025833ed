import Basics

extension SplitMix64 {
    /// A whole number in a range, by a multiplication instead of a division.
    mutating func integer(_ range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(range.upperBound - range.lowerBound + 1)
        return range.lowerBound + Int64(next().multipliedFullWidth(by: width).high)
    }
}
