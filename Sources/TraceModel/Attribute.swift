/// One key with its value, as OTLP's `KeyValue`.
public struct Attribute: Equatable, Sendable {
    public var key: String
    public var value: AttributeValue

    public init(_ key: String, _ value: AttributeValue) {
        self.key = key
        self.value = value
    }
}

/// The value of an attribute or a log body, as OTLP's `AnyValue`.
///
/// `empty` is an `AnyValue` with nothing set: known to be null, which is neither `""` nor 0 nor absent.
public enum AttributeValue: Equatable, Sendable {
    case empty
    case string(String)
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case bytes([UInt8])
    case array([AttributeValue])
    case map([Attribute])
}

extension AttributeValue {
    /// The text of a `string` value, nil for all others.
    public var stringValue: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The integer of an `int`, of a whole `double`, or of decimal text.
    public var intValue: Int64? {
        switch self {
        case .int(let value): return value
        case .double(let value): return Int64(exactly: value)
        case .string(let text): return Int64(text)
        default: return nil
        }
    }

    /// The number of a `double`, an `int`, or of decimal text.
    public var doubleValue: Double? {
        switch self {
        case .double(let value): return value
        case .int(let value): return Double(value)
        case .string(let text): return Double(text)
        default: return nil
        }
    }

    /// The truth of a `bool` or of the texts `true` and `false`.
    public var boolValue: Bool? {
        switch self {
        case .bool(let value): return value
        case .string("true"), .string("True"): return true
        case .string("false"), .string("False"): return false
        default: return nil
        }
    }
}

extension Sequence where Element == Attribute {
    /// The value of the first attribute with this key.
    public func value(of key: String) -> AttributeValue? {
        first { $0.key == key }?.value
    }
}
