import Basics

/// The 16-byte identifier of a trace, as W3C Trace Context and OTLP define it.
public struct TraceID: Hashable, Comparable, Sendable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// All-zero identifiers are invalid by the W3C rule.
    public var isValid: Bool { high != 0 || low != 0 }

    /// Thirty-two lowercase hexadecimal digits.
    public var hex: String { Hex.text(high) + Hex.text(low) }

    /// Reads exactly 32 hexadecimal digits, in either case.
    public init?(hex: String) {
        guard hex.utf8.count == 32,
            let high = Hex.word(hex.utf8.prefix(16)), let low = Hex.word(hex.utf8.suffix(16))
        else { return nil }
        self.init(high: high, low: low)
    }

    public static func < (a: TraceID, b: TraceID) -> Bool {
        (a.high, a.low) < (b.high, b.low)
    }
}

/// The 8-byte identifier of a span, as W3C Trace Context and OTLP define it.
public struct SpanID: Hashable, Comparable, Sendable {
    /// The eight bytes, big-endian.
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The all-zero identifier is invalid by the W3C rule.
    public var isValid: Bool { rawValue != 0 }

    /// Sixteen lowercase hexadecimal digits.
    public var hex: String { Hex.text(rawValue) }

    /// Reads exactly 16 hexadecimal digits, in either case.
    public init?(hex: String) {
        guard hex.utf8.count == 16, let value = Hex.word(hex.utf8) else { return nil }
        self.init(value)
    }

    public static func < (a: SpanID, b: SpanID) -> Bool { a.rawValue < b.rawValue }
}
