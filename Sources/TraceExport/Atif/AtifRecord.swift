import FastJSON
import TraceModel

/// Reads from the attributes of a span what the import of a trajectory wrote there.
struct AtifRecord {
    let attributes: [Attribute]
    let nulls: Set<String>

    /// `nulls` names the list of the members that are null.
    init(_ attributes: [Attribute], nulls name: String) {
        self.attributes = attributes
        guard case .array(let keys)? = attributes.value(of: name) else {
            nulls = []
            return
        }
        nulls = Set(keys.compactMap(\.stringValue))
    }

    /// The scalar of an attribute, or null where the member of this key is null.
    func scalar(_ name: String, _ key: String) -> JSONValue? {
        if nulls.contains(key) { return JSONValue.null }
        return switch attributes.value(of: name) {
        case .string(let text)?: .string(text)
        case .int(let number)?: .int(number)
        case .double(let number)?: .double(number)
        case .bool(let truth)?: .bool(truth)
        default: .none
        }
    }

    func text(_ name: String, _ key: String) -> JSONValue? {
        let value = scalar(name, key)
        return value == .some(.null) || value?.string != nil ? value : .none
    }

    /// The object of an attribute; a text that was replaced by a placeholder is kept within one.
    func object(_ name: String, _ key: String) -> JSONValue? {
        if nulls.contains(key) { return JSONValue.null }
        guard let text = attributes.value(of: name)?.stringValue else { return .none }
        if let value = try? JSONValue(parsing: text), value.members != nil { return value }
        return .object([JSONMember("_raw", .string(text))])
    }

    func list(_ name: String, _ key: String) -> JSONValue? {
        if nulls.contains(key) { return JSONValue.null }
        guard let text = attributes.value(of: name)?.stringValue, let value = try? JSONValue(parsing: text),
            value.elements != nil
        else { return .none }
        return value
    }

    func int(_ name: String) -> Int? {
        guard case .int(let number)? = attributes.value(of: name) else { return nil }
        return Int(exactly: number)
    }

    func truth(_ name: String) -> Bool { attributes.value(of: name) == .bool(true) }

    /// The members kept aside in an attribute.
    func invalidCount(_ names: String...) -> Int {
        names.reduce(0) { sum, name in
            guard let text = attributes.value(of: name)?.stringValue else { return sum }
            return sum + ((try? JSONValue(parsing: text))?.members?.count ?? 1)
        }
    }
}
