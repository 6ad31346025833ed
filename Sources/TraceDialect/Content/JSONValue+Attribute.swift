package import FastJSON
package import TraceModel

extension JSONValue {
    /// The value of an attribute as JSON; bytes become their number in words.
    init(_ value: AttributeValue) {
        var builder = JSONBuilder()
        var whole: JSONValue?
        for step in AttributeWalk(value) {
            switch step {
            case .key(let key): builder.key(key)
            case .beginArray: builder.begin(isObject: false)
            case .beginMap: builder.begin(isObject: true)
            case .end: whole = builder.end()
            case .string(let text): whole = builder.add(.string(text))
            case .bytes(let bytes): whole = builder.add(.string("<\(bytes.count) bytes>"))
            case .other(let scalar): whole = builder.add(JSONValue(scalar: scalar))
            }
        }
        self = whole ?? .null
    }

    /// A null, truth or number; null for all others.
    package init(scalar value: AttributeValue) {
        switch value {
        case .bool(let truth): self = .bool(truth)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .empty, .string, .bytes, .array, .map: self = .null
        }
    }
}

/// JSON text out of attributes.
enum JSONValueText {
    /// An object with the attributes as members.
    static func object(_ attributes: [Attribute]) -> String {
        JSONValue(.map(attributes)).text()
    }

    /// A string as it is, anything else as JSON; nil for null and for empty strings.
    static func text(_ value: AttributeValue?) -> String? {
        switch value {
        case nil, .empty: nil
        case .string(let text): text.isEmpty ? nil : text
        case let value?: JSONValue(value).text()
        }
    }
}
