import TraceModel

/// Lists of objects that were flattened into attributes with numbers in their names.
///
/// `llm.input_messages.0.message.role` is the member `message.role` of the first element of the list
/// `llm.input_messages`. Elements that lost all their attributes leave a hole and are left out.
struct FlatList {
    /// The elements in the order of their numbers, each with its members in the order of the attributes.
    let elements: [[Attribute]]

    /// Collects the list with this name, which must end with a dot, as in `llm.input_messages.`.
    init(_ attributes: [Attribute], prefix: String) {
        var byNumber: [Int: [Attribute]] = [:]
        for attribute in attributes {
            guard let (number, rest) = Self.split(attribute.key, prefix) else { continue }
            byNumber[number, default: []].append(Attribute(rest, attribute.value))
        }
        elements = byNumber.keys.sorted().compactMap { byNumber[$0] }
    }

    /// The number and the rest of a name behind a prefix.
    private static func split(_ key: String, _ prefix: String) -> (Int, String)? {
        guard key.hasPrefix(prefix) else { return nil }
        let rest = key.dropFirst(prefix.count)
        guard let dot = rest.firstIndex(of: "."), let number = Int(rest[..<dot]), number >= 0 else { return nil }
        return (number, String(rest[rest.index(after: dot)...]))
    }
}

extension [Attribute] {
    /// The text of the first of several keys that has one.
    func text(_ keys: String...) -> String? {
        for key in keys {
            switch value(of: key) {
            case .string(let text)?: return text
            case .int(let number)?: return String(number)
            case .double(let number)?: return String(number)
            default: continue
            }
        }
        return nil
    }
}
