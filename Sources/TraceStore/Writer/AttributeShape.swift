package import TraceModel

/// The set of keys that the attributes of a span have.
///
/// Few different ones occur, so that a search for an attribute finds its spans without reading payload. Numbers between
/// dots, as in `llm.input_messages.0.message.role`, count as one key, or every length of a list would be a set apart.
package enum AttributeShape {
    /// The distinct keys in order of their bytes, with numbers as `#`.
    package static func keys(of attributes: [Attribute]) -> [String] {
        Set(attributes.map { general($0.key) }).sorted()
    }

    /// The key with every number that stands between dots as `#`.
    package static func general(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return key }
        return key.split(separator: ".", omittingEmptySubsequences: false)
            .map { !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? "#" : $0 }
            .joined(separator: ".")
    }
}
