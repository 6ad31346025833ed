import FastJSON
import TraceModel

/// The value of an attribute, of which several facts are read: the object that it stands for is parsed once.
struct StatedValue {
    let value: AttributeValue
    private var parsed: JSONValue??

    init(_ value: AttributeValue) {
        self.value = value
    }

    /// The object that a map or JSON text stands for.
    var object: JSONValue? {
        mutating get {
            if let parsed { return parsed }
            let object: JSONValue? =
                switch value {
                case .map: JSONValue(value)
                case .string(let text):
                    text.utf8.first == UInt8(ascii: "{") ? try? JSONValue(parsing: text) : nil
                default: nil
                }
            parsed = .some(object)
            return object
        }
    }
}

/// Looks into JSON that attributes carry as text.
enum JSONText {
    /// The text inside of quotes; text without quotes as it is, nil where nothing is left.
    static func unquoted(_ text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "\"") else { return text.isEmpty ? nil : text }
        guard let inner = (try? JSONValue(parsing: text))?.string, !inner.isEmpty else { return nil }
        return inner
    }

    /// The strings behind a key, wherever it stands; nil where there are none.
    static func strings(_ value: AttributeValue, named key: StaticString) -> [String]? {
        guard let text = value.stringValue else {
            guard case .array = value else { return nil }
            return strings(.string(JSONValue(value).text()), named: key)
        }
        guard text.utf8.first == UInt8(ascii: "[") else { return nil }
        let found = text.utf8.withContiguousStorageIfAvailable { utf8 -> [String] in
            var found: [String] = []
            var tokenizer = JSONTokenizer(borrowing: UnsafeRawBufferPointer(utf8))
            do throws(JSONError) {
                while true {
                    let token = try tokenizer.next()
                    if token == .endOfInput { break }
                    // Only members of the messages themselves.
                    guard token == .key, tokenizer.depth == 2, tokenizer.tokenBytes.equals(key) else { continue }
                    if try tokenizer.next() == .string { found.append(try tokenizer.text()) }
                }
            } catch {
                // A cut list gives what stands before the cut.
            }
            return found
        }
        guard let found, !found.isEmpty else { return nil }
        return found.filter { !$0.isEmpty }
    }
}

extension JSONValue {
    /// The value at a path of keys; a number is a place in an array.
    func value(at path: [String]) -> JSONValue? {
        var current = self
        for key in path {
            guard let next = current[key] ?? Int(key).flatMap({ current.element(at: $0) }) else { return nil }
            current = next
        }
        return current
    }

    private func element(at place: Int) -> JSONValue? {
        elements.flatMap { $0.indices.contains(place) ? $0[place] : nil }
    }
}
