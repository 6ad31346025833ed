import TraceModel

/// Attributes as a literal, in its order; an attribute whose value is nil is left out.
struct AttributeList: ExpressibleByDictionaryLiteral, Sendable {
    private(set) var all: [Attribute]

    init(dictionaryLiteral pairs: (String, (any AttributeConvertible)?)...) {
        all = pairs.compactMap { key, value in value.map { Attribute(key, $0.attributeValue) } }
    }

    static func + (first: AttributeList, second: AttributeList) -> AttributeList {
        var sum = first
        sum.all += second.all
        return sum
    }

    static func += (first: inout AttributeList, second: AttributeList) { first = first + second }
}

/// What can stand in an `AttributeList`.
protocol AttributeConvertible {
    var attributeValue: AttributeValue { get }
}

extension AttributeValue: AttributeConvertible { var attributeValue: AttributeValue { self } }
extension String: AttributeConvertible { var attributeValue: AttributeValue { .string(self) } }
extension Bool: AttributeConvertible { var attributeValue: AttributeValue { .bool(self) } }
extension Int: AttributeConvertible { var attributeValue: AttributeValue { .int(Int64(self)) } }
extension Int64: AttributeConvertible { var attributeValue: AttributeValue { .int(self) } }
extension Double: AttributeConvertible { var attributeValue: AttributeValue { .double(self) } }
extension AttributeList: AttributeConvertible { var attributeValue: AttributeValue { .map(all) } }
extension [AttributeList]: AttributeConvertible {
    var attributeValue: AttributeValue { .array(map(\.attributeValue)) }
}
