/// A JSON document in memory.
///
/// Objects keep the order of their members and all duplicates. Numbers without fraction and exponent that fit 64 bits
/// are `int`, all others `double`.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
}

/// A key of an object with its value.
package struct JSONMember: Equatable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}

extension JSONValue {
    /// The value of the first member with this key; nil for absent keys and for values that are no objects.
    package subscript(key: String) -> JSONValue? {
        members?.first { $0.key == key }?.value
    }

    /// The element at this index; nil beyond the end and for values that are no arrays.
    package subscript(index: Int) -> JSONValue? {
        guard let elements, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The members of an object, nil for all others.
    package var members: [JSONMember]? {
        if case .object(let members) = self { return members }
        return nil
    }

    /// The elements of an array, nil for all others.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The text of a string, nil for all others.
    package var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The integer of an int or a whole double, nil for all others.
    package var int: Int64? {
        switch self {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number of a double or an int, nil for all others.
    package var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }

    /// The truth of a bool, nil for all others.
    package var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    package var isNull: Bool { self == .null }

    /// The text of a string that is not empty, nil for all others.
    package var filledString: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// JSON text of a value, or the text itself of a string; nil for null.
    package var rawText: String? {
        switch self {
        case .null: nil
        case .string(let text): text
        default: text()
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}
