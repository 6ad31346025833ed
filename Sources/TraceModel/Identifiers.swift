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

/// What names a span within its trace: its id, and which of several that carry it.
public struct LocalSpanID: Hashable, Comparable, Sendable {
    public var span: SpanID
    /// 0, or counting up where records with one id contradict each other.
    public var ordinal: Int32

    public init(_ span: SpanID, ordinal: Int32 = 0) {
        self.span = span
        self.ordinal = ordinal
    }

    /// Sixteen hexadecimal digits, and behind the id of a second record `#2`.
    public var text: String { ordinal == 0 ? span.hex : span.hex + "#\(Int(ordinal) + 1)" }

    public static func < (a: LocalSpanID, b: LocalSpanID) -> Bool { (a.span, a.ordinal) < (b.span, b.ordinal) }
}

/// What names a span in requests, answers and stored forms, whatever holds it.
public struct SpanAddress: Hashable, Sendable {
    public var trace: TraceID
    public var span: SpanID
    /// 0, or counting up where records with one id contradict each other.
    public var ordinal: Int

    public init(trace: TraceID, span: SpanID, ordinal: Int = 0) {
        self.trace = trace
        self.span = span
        self.ordinal = ordinal
    }

    public init(_ trace: TraceID, _ span: LocalSpanID) {
        self.init(trace: trace, span: span.span, ordinal: Int(span.ordinal))
    }

    /// The name within the trace.
    public var local: LocalSpanID { LocalSpanID(span, ordinal: Int32(clamping: ordinal)) }

    /// As the command line names it: `TRACE/SPAN`, or `TRACE/SPAN#2`.
    public var text: String { trace.hex + "/" + local.text }
}
