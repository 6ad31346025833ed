import Basics
import FastJSON
import TraceModel
import TraceQuery

/// A comparison with one attribute, made on the JSON in which attributes are stored.
struct AttributeMatcher {
    private let key: String
    private let pattern: AttributePattern

    init(key: String, _ term: FilterTerm) {
        self.key = key
        pattern = AttributePattern(term)
    }

    /// Whether the attribute is there and compares so.
    func matches(attributes json: UnsafeRawBufferPointer) -> Bool {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        guard let first = try? tokenizer.next(), first == .beginObject else { return false }
        while let token = try? tokenizer.next(), token == .key {
            guard Self.isKey(key, &tokenizer) else {
                guard (try? tokenizer.skipValue()) != nil else { return false }
                continue
            }
            // Of a key that stands several times, any value counts.
            if matchesValue(&tokenizer) { return true }
        }
        return false
    }

    private static func isKey(_ key: String, _ tokenizer: inout JSONTokenizer) -> Bool {
        if tokenizer.hasEscapes { return (try? tokenizer.text())?.hasSameBytes(as: key) ?? false }
        return tokenizer.tokenBytes.elementsEqual(key.utf8)
    }

    /// The values that an attribute has, as texts: itself, or the elements of an array.
    static func values(of key: String, in json: UnsafeRawBufferPointer) -> [String] {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        guard let first = try? tokenizer.next(), first == .beginObject else { return [] }
        while let token = try? tokenizer.next(), token == .key {
            guard isKey(key, &tokenizer) else {
                guard (try? tokenizer.skipValue()) != nil else { return [] }
                continue
            }
            var values: [String] = []
            let depth = tokenizer.depth
            repeat {
                guard let token = try? tokenizer.next() else { return values }
                switch token {
                case .string: if let text = try? tokenizer.text() { values.append(text) }
                case .number: values.append(String(decoding: tokenizer.tokenBytes, as: UTF8.self))
                case .true: values.append("true")
                case .false: values.append("false")
                case .null: values.append("null")
                case .endOfInput: return values
                default: break
                }
            } while tokenizer.depth > depth
            return values
        }
        return []
    }

    /// Reads the value and compares it, or the elements of an array.
    private func matchesValue(_ tokenizer: inout JSONTokenizer) -> Bool {
        let depth = tokenizer.depth
        var isMatch = false
        repeat {
            guard let token = try? tokenizer.next() else { return isMatch }
            switch token {
            case .string: isMatch = isMatch || ((try? tokenizer.text()).map { pattern.matches($0) } ?? false)
            case .number:
                isMatch =
                    isMatch
                    || pattern.matches(
                        tokenizer.double, integer: tokenizer.int64,
                        text: String(decoding: tokenizer.tokenBytes, as: UTF8.self))
            case .true: isMatch = isMatch || pattern.matches("true")
            case .false: isMatch = isMatch || pattern.matches("false")
            case .null: isMatch = isMatch || pattern.matches("null")
            case .endOfInput: return isMatch
            default: break
            }
        } while tokenizer.depth > depth
        return isMatch
    }

    /// The keys of an object, or the strings of an array.
    static func keys(in json: UnsafeRawBufferPointer) -> [String] {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        var keys: [String] = []
        guard let first = try? tokenizer.next() else { return [] }
        while let token = try? tokenizer.next(), token == .key || token == .string {
            guard let key = try? tokenizer.text() else { return keys }
            keys.append(key)
            if first == .beginObject, (try? tokenizer.skipValue()) == nil { return keys }
        }
        return keys
    }
}
