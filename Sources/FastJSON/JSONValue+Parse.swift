extension JSONValue {
    /// Parses one JSON value that fills the text but for whitespace.
    package init(parsing text: String, depthLimit: Int = JSONTokenizer.defaultDepthLimit) throws(JSONError) {
        var text = text
        let result = text.withUTF8 { Self.parse(UnsafeRawBufferPointer($0), depthLimit: depthLimit) }
        self = try result.get()
    }

    /// Parses one JSON value that fills the bytes but for whitespace.
    package init(parsing bytes: [UInt8], depthLimit: Int = JSONTokenizer.defaultDepthLimit) throws(JSONError) {
        let result = bytes.withUnsafeBytes { Self.parse($0, depthLimit: depthLimit) }
        self = try result.get()
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) -> Result<JSONValue, JSONError> {
        Result { () throws(JSONError) in
            var tokenizer = JSONTokenizer(borrowing: bytes)
            tokenizer.depthLimit = depthLimit
            let value = try JSONValue(reading: &tokenizer)
            guard try tokenizer.next() == .endOfInput else {
                throw JSONError(.trailingContent, offset: tokenizer.tokenOffset, line: tokenizer.line)
            }
            return value
        }
    }

    /// Reads the value that stands next in the tokenizer.
    package init(reading tokenizer: inout JSONTokenizer) throws(JSONError) {
        let token = try tokenizer.next()
        try self.init(reading: &tokenizer, from: token)
    }

    /// Reads the value that begins with a token already pulled.
    package init(reading tokenizer: inout JSONTokenizer, from first: JSONToken) throws(JSONError) {
        var builder = JSONBuilder()
        var token = first
        while true {
            var whole: JSONValue?
            switch token {
            case .beginObject: builder.begin(isObject: true)
            case .beginArray: builder.begin(isObject: false)
            case .key: builder.key(try tokenizer.text())
            case .endObject, .endArray: whole = builder.end()
            case .string: whole = builder.add(.string(try tokenizer.text()))
            case .number: whole = builder.add(tokenizer.int64.map { .int($0) } ?? .double(tokenizer.double))
            case .true: whole = builder.add(.bool(true))
            case .false: whole = builder.add(.bool(false))
            case .null: whole = builder.add(.null)
            case .endOfInput:
                throw JSONError(.endOfInput, offset: tokenizer.offset, line: tokenizer.line)
            }
            if let whole {
                self = whole
                return
            }
            token = try tokenizer.next()
        }
    }
}

/// Puts a value together out of its parts as they come; a stack of open containers takes the place of recursion.
package struct JSONBuilder {
    private struct Container {
        let isObject: Bool
        var key = ""
        var members: [JSONMember] = []
        var elements: [JSONValue] = []

        mutating func add(_ value: JSONValue) {
            if isObject {
                members.append(JSONMember(key, value))
            } else {
                elements.append(value)
            }
        }

        var value: JSONValue { isObject ? .object(members) : .array(elements) }
    }

    private var open: [Container] = []

    package init() {}

    package mutating func begin(isObject: Bool) { open.append(Container(isObject: isObject)) }

    /// States the key of the member that comes next.
    package mutating func key(_ key: String) { open[open.count - 1].key = key }

    /// Adds a value; gives it back where it is the whole.
    package mutating func add(_ value: JSONValue) -> JSONValue? {
        if open.isEmpty { return value }
        open[open.count - 1].add(value)
        return nil
    }

    /// Ends the container that began last; gives it back where it is the whole.
    package mutating func end() -> JSONValue? { open.popLast().flatMap { add($0.value) } }
}
