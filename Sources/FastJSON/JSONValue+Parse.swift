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
    ///
    /// A stack of open containers takes the place of recursion.
    package init(reading tokenizer: inout JSONTokenizer, from first: JSONToken) throws(JSONError) {
        var open: [Container] = []
        var token = first
        while true {
            var finished: JSONValue?
            switch token {
            case .beginObject: open.append(Container(isObject: true))
            case .beginArray: open.append(Container(isObject: false))
            case .key: open[open.count - 1].key = try tokenizer.text()
            case .endObject, .endArray: finished = open.popLast()?.value
            case .string: finished = .string(try tokenizer.text())
            case .number: finished = tokenizer.int64.map { .int($0) } ?? .double(tokenizer.double)
            case .true: finished = .bool(true)
            case .false: finished = .bool(false)
            case .null: finished = .null
            case .endOfInput:
                throw JSONError(.endOfInput, offset: tokenizer.offset, line: tokenizer.line)
            }
            if let finished {
                if open.isEmpty {
                    self = finished
                    return
                }
                open[open.count - 1].add(finished)
            }
            token = try tokenizer.next()
        }
    }

    private struct Container {
        let isObject: Bool
        var key = ""
        var members: [JSONMember] = []
        var elements: [JSONValue] = []

        init(isObject: Bool) { self.isObject = isObject }

        mutating func add(_ value: JSONValue) {
            if isObject {
                members.append(JSONMember(key, value))
            } else {
                elements.append(value)
            }
        }

        var value: JSONValue { isObject ? .object(members) : .array(elements) }
    }
}
