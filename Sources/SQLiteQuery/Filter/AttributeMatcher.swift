import FastJSON
import TraceModel
import TraceQuery

/// A comparison with one attribute, made on the JSON in which attributes are stored.
///
/// Numbers compare as numbers wherever both sides are some, texts as texts. Of an array one element is enough.
struct AttributeMatcher: Sendable {
    let key: String
    let comparison: FilterTerm.Comparison
    let value: String
    private let glob: Glob
    private let number: Double?

    init(key: String, _ term: FilterTerm) {
        self.key = key
        comparison = term.comparison
        value = term.value
        glob = Glob(term.value)
        number = Double(term.value)
    }

    /// Whether the attribute is there and compares so.
    func matches(attributes json: UnsafeRawBufferPointer) -> Bool {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        guard let first = try? tokenizer.next(), first == .beginObject else { return false }
        while let token = try? tokenizer.next(), token == .key {
            guard isKey(&tokenizer) else {
                guard (try? tokenizer.skipValue()) != nil else { return false }
                continue
            }
            // Of a key that stands several times, any value counts.
            if matchesValue(&tokenizer) { return true }
        }
        return false
    }

    private func isKey(_ tokenizer: inout JSONTokenizer) -> Bool {
        Self.isKey(key, &tokenizer)
    }

    private static func isKey(_ key: String, _ tokenizer: inout JSONTokenizer) -> Bool {
        if tokenizer.hasEscapes { return (try? tokenizer.text()) == key }
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
            case .string: isMatch = isMatch || ((try? tokenizer.text()).map { compare($0) } ?? false)
            case .number: isMatch = isMatch || compare(tokenizer.double, tokenizer.tokenBytes)
            case .true: isMatch = isMatch || compare("true")
            case .false: isMatch = isMatch || compare("false")
            case .null: isMatch = isMatch || compare("null")
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

    private func compare(_ found: Double, _ text: UnsafeRawBufferPointer) -> Bool {
        guard let number else { return compare(String(decoding: text, as: UTF8.self)) }
        switch comparison {
        case .matches, .equal: return found == number
        case .notEqual: return found != number
        case .less: return found < number
        case .lessOrEqual: return found <= number
        case .greater: return found > number
        case .greaterOrEqual: return found >= number
        case .contains: return compare(String(decoding: text, as: UTF8.self))
        }
    }

    private func compare(_ found: String) -> Bool {
        switch comparison {
        case .matches: return glob.matches(found)
        case .equal: return found == value
        case .notEqual: return found != value
        case .contains: return found.lowercased().contains(value.lowercased())
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let number, let other = Double(found) else { return false }
            switch comparison {
            case .less: return other < number
            case .lessOrEqual: return other <= number
            case .greater: return other > number
            default: return other >= number
            }
        }
    }
}
