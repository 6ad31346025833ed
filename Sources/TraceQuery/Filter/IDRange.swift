package import TraceModel

/// The ids that begin with hexadecimal digits, as people type them.
package struct IDRange: Sendable {
    /// The digits in lower case.
    private let digits: String

    /// Reads up to `length` hexadecimal digits; nil for none and for anything else.
    package init?(_ text: String, length: Int) {
        let digits = text.lowercased()
        guard !digits.isEmpty, digits.utf8.count <= length,
            digits.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
        else { return nil }
        self.digits = digits
    }

    /// The traces whose id begins with the digits.
    package var traces: ClosedRange<TraceID> {
        let low = TraceID(hex: padded("0", to: 32)) ?? TraceID(high: 0, low: 0)
        let high = TraceID(hex: padded("f", to: 32)) ?? low
        return low...max(low, high)
    }

    /// The spans whose id begins with the digits.
    package var spans: ClosedRange<SpanID> {
        let low = SpanID(hex: padded("0", to: 16)) ?? SpanID(0)
        let high = SpanID(hex: padded("f", to: 16)) ?? low
        return low...max(low, high)
    }

    private func padded(_ digit: Character, to length: Int) -> String {
        digits + String(repeating: digit, count: max(0, length - digits.count))
    }
}
