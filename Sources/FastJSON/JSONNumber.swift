/// Numbers out of decimal text, without a detour over doubles where they are whole.
package enum JSONNumber {
    /// The value of decimal digits with an optional minus; nil for anything else and beyond 64 bits.
    package static func int64(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let first = text.first else { return nil }
        if first == UInt8(ascii: "-") {
            guard let magnitude = uint64(UnsafeRawBufferPointer(rebasing: text.dropFirst())),
                magnitude <= UInt64(Int64.max) + 1
            else { return nil }
            return Int64(truncatingIfNeeded: 0 &- magnitude)
        }
        guard let magnitude = uint64(text) else { return nil }
        return Int64(exactly: magnitude)
    }

    /// The value of decimal digits; nil for anything else and beyond 64 bits.
    package static func uint64(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard !text.isEmpty else { return nil }
        var value: UInt64 = 0
        if text.count <= 19 {
            for byte in text {
                let digit = byte &- 0x30
                guard digit <= 9 else { return nil }
                value = value &* 10 &+ UInt64(digit)
            }
            return value
        }
        for byte in text {
            let digit = byte &- 0x30
            guard digit <= 9 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow && !carry else { return nil }
            value = sum
        }
        return value
    }

    /// The nearest double of a JSON number.
    package static func double(_ text: UnsafeRawBufferPointer) -> Double {
        if text.count <= 15, let whole = int64(text) {
            return whole == 0 && text.first == UInt8(ascii: "-") ? -0.0 : Double(whole)
        }
        return Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }
}
