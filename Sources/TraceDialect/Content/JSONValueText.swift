import FastJSON
import TraceModel

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
