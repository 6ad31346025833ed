import Basics
import FastJSON
import TraceModel

/// Reads the records of OTLP/JSON off a tokenizer.
///
/// A value that cannot be read (a number where text belongs) costs itself and is told; what a record is nothing without
/// (a good id) is noted as its fault, and reading goes on to its end, so its siblings survive; a fault of grammar is
/// thrown.
struct JSONRecordReader: ~Copyable {
    var tokenizer: JSONTokenizer
    /// The first fault of the current record.
    var fault: RecordFault?
    /// Times of the current record that are out of range, to be kept as attributes of what states them.
    var refused: [Attribute] = []
    /// True within a record, where what cannot be read costs itself only.
    var isLenient = false
    /// What of the current record could not be read and counts as absent.
    var unreadable = UnreadableValues()
    private var texts = TextCache()
    /// Where the search for keys goes on, per kind of object.
    private var keyValueHint = 0
    private var anyValueHint = 0

    init(tokenizer: consuming JSONTokenizer) {
        self.tokenizer = tokenizer
    }

    /// Notes a fault at the current token; only the first of a record counts.
    mutating func note(_ reason: @autoclosure () -> String) {
        if fault == nil {
            fault = RecordFault(offset: tokenizer.tokenOffset, line: tokenizer.line, reason: reason())
        }
    }

    // MARK: Keys

    /// The meaning of the current key, nil for unknown keys.
    @inline(__always)
    mutating func field<Field>(in table: KeyTable<Field>, hint: inout Int) -> Field? {
        if tokenizer.hasEscapes { return escapedField(in: table, hint: &hint) }
        return table.find(tokenizer.tokenBytes, from: &hint)
    }

    private mutating func escapedField<Field>(in table: KeyTable<Field>, hint: inout Int) -> Field? {
        var bytes: [UInt8] = []
        guard (try? tokenizer.appendText(to: &bytes)) != nil else { return nil }
        return bytes.withUnsafeBytes { table.find($0, from: &hint) }
    }

    // MARK: Scalars

    /// Reads past the rest of a value whose first token is already pulled.
    mutating func skipRest(_ token: JSONToken) throws(JSONError) {
        if token == .beginObject || token == .beginArray { try tokenizer.skip(toDepth: tokenizer.depth - 1) }
    }

    mutating func wrongType(_ token: JSONToken, _ name: StaticString, _ wanted: StaticString) throws(JSONError) {
        if isLenient { unreadable.add("\(name) is not \(wanted)") } else { note("\(name) is not \(wanted)") }
        try skipRest(token)
    }

    /// The same, with the text of a plain value, which is kept.
    private mutating func wrongValue(
        _ token: JSONToken, _ name: StaticString, _ wanted: StaticString
    ) throws(JSONError) -> AttributeValue {
        try wrongType(token, name, wanted)
        switch token {
        case .string: return .string(currentText())
        case .number: return tokenizer.int64.map { .int($0) } ?? .double(tokenizer.double)
        case .true: return .bool(true)
        case .false: return .bool(false)
        default: return .empty
        }
    }

    /// Reads a string; null is the empty string.
    mutating func readText(_ name: StaticString) throws(JSONError) -> String {
        let token = try tokenizer.next()
        if token == .string { return currentText() }
        if token != .null { try wrongType(token, name, "a string") }
        return ""
    }

    /// Reads a string that is likely to come again.
    mutating func readRepeatedText(_ name: StaticString) throws(JSONError) -> String {
        let token = try tokenizer.next()
        if token == .string && tokenizer.isPlain, let text = texts.text(tokenizer.tokenBytes) { return text }
        if token == .string { return currentText() }
        if token != .null { try wrongType(token, name, "a string") }
        return ""
    }

    private mutating func currentText() -> String {
        do throws(JSONError) {
            return try tokenizer.text()
        } catch {
            guard isLenient else {
                if fault == nil {
                    fault = RecordFault(offset: error.offset, line: error.line, reason: "\(error.reason)")
                }
                return ""
            }
            unreadable.add("\(error.reason)")
            var bytes: [UInt8] = []
            if (try? tokenizer.appendText(to: &bytes)) == nil { bytes = Array(tokenizer.tokenBytes) }
            // What is no UTF-8 stands as U+FFFD.
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Reads an unsigned integer, as a number or as text; null is 0, and what does not fit the largest number.
    mutating func readUnsigned(_ name: StaticString) throws(JSONError) -> UInt64 {
        let token = try tokenizer.next()
        switch token {
        case .number:
            if let value = tokenizer.uint64 ?? Self.unsigned(tokenizer.double) { return value }
        case .string:
            if let value = JSONNumber.uint64(tokenizer.tokenBytes) { return value }
            if tokenizer.tokenBytes.isEmpty { return 0 }
            if let number = Double(currentText()), let value = Self.unsigned(number) { return value }
        case .null:
            return 0
        default:
            break
        }
        try wrongType(token, name, "a whole number from 0 on")
        return 0
    }

    private static func unsigned(_ number: Double) -> UInt64? {
        number > 1 ? UInt64(exactly: number) ?? (number >= 0x1p64 ? .max : nil) : UInt64(exactly: number)
    }

    /// Reads a time in nanoseconds; 0 and null are nil, and so is what is out of range, which is kept in `refused`.
    mutating func readTime(_ name: StaticString) throws(JSONError) -> Int64? {
        let value = try readUnsigned(name)
        guard value != 0 else { return nil }
        if let time = OutsideNumber.time(value) { return time }
        refused.append(OutOfRange.attribute("\(name)", String(decoding: tokenizer.tokenBytes, as: UTF8.self)))
        return nil
    }

    /// Reads a count; a value beyond 32 bits is cut to the largest count.
    mutating func readCount(_ name: StaticString) throws(JSONError) -> Int {
        Int(UInt32(clamping: try readUnsigned(name)))
    }

    /// Reads W3C flags; 0 is how protobuf writes absence, hence nil.
    mutating func readFlags(_ name: StaticString) throws(JSONError) -> UInt32? {
        let value = try readUnsigned(name)
        guard let flags = UInt32(exactly: value) else {
            unreadable.add("\(name) needs more than 32 bits")
            return nil
        }
        return flags == 0 ? nil : flags
    }

    /// Reads an enumeration by number or by name; nil where the value is unknown.
    ///
    /// Names are read in any case, and without their common prefix.
    mutating func readEnum<Value: RawRepresentable<Int>>(
        _ name: StaticString, _ names: OTLPNames<Value>
    ) throws(JSONError) -> Value? {
        let token = try tokenizer.next()
        switch token {
        case .number: return tokenizer.int64.flatMap { Value(rawValue: Int($0)) }
        case .string:
            if let number = JSONNumber.int64(tokenizer.tokenBytes) { return Value(rawValue: Int(number)) }
            let text = currentText().uppercased()
            return names.texts.firstIndex { $0 == text || $0.hasSuffix("_" + text) }.flatMap { Value(rawValue: $0) }
        case .null: return Value(rawValue: 0)
        default:
            try wrongType(token, name, "a number or a name")
            return nil
        }
    }

    mutating func readTraceID(_ name: StaticString) throws(JSONError) -> TraceID? {
        try readID(name, "32 hexadecimal digits, nor base64 of 16 bytes", RecordID.trace(text:))
    }

    /// Reads a span id; `allowsZero` for parents, where all zeros are one way to write that there is none.
    mutating func readSpanID(_ name: StaticString, allowsZero: Bool = false) throws(JSONError) -> SpanID? {
        try readID(name, "16 hexadecimal digits, nor base64 of 8 bytes", allowsZero: allowsZero, RecordID.span(text:))
    }

    private mutating func readID<ID>(
        _ name: StaticString, _ form: StaticString, allowsZero: Bool = false,
        _ read: (UnsafeRawBufferPointer) -> RecordID.Reading<ID>
    ) throws(JSONError) -> ID? {
        let token = try tokenizer.next()
        guard token == .string else {
            if token != .null {
                note("\(name) is not a string")
                try skipRest(token)
            }
            return nil
        }
        switch read(tokenizer.tokenBytes) {
        case .id(let id): return id
        case .absent: break
        case .zero: if !allowsZero { note("\(name) is all zeros") }
        case .malformed:
            let count = tokenizer.tokenBytes.count
            note("\(name) is not \(form), but \(count) characters")
        }
        return nil
    }

    // MARK: Arrays

    /// Enters an array; false for null, and for other values, which are noted.
    mutating func enterArray(_ name: StaticString) throws(JSONError) -> Bool {
        let token = try tokenizer.next()
        if token == .beginArray { return true }
        if token != .null { try wrongType(token, name, "an array") }
        return false
    }

    /// Moves into the next object of an array; false at the end of the array.
    mutating func nextObject(_ name: StaticString) throws(JSONError) -> Bool {
        while true {
            let token = try tokenizer.next()
            if token == .beginObject { return true }
            if token == .endArray { return false }
            if token != .null { try wrongType(token, name, "an object") }
        }
    }

    // MARK: Attributes

    /// Reads a list of `KeyValue`.
    mutating func readAttributes(_ name: StaticString) throws(JSONError) -> [Attribute] {
        var attributes: [Attribute] = []
        guard try enterArray(name) else { return attributes }
        while try nextObject("an attribute") {
            if attributes.isEmpty { attributes.reserveCapacity(8) }
            var key = ""
            var value = AttributeValue.empty
            while try tokenizer.next() == .key {
                switch keyValueField() {
                case .key: key = try readRepeatedText("the key of an attribute")
                case .value: value = try readAnyValue()
                case nil: try tokenizer.skipValue()
                }
            }
            attributes.append(Attribute(key, value))
        }
        return attributes
    }

    /// Reads an `AnyValue`; a bare string, number or bool in its place is taken for what it is.
    mutating func readAnyValue() throws(JSONError) -> AttributeValue {
        let token = try tokenizer.next()
        guard token == .beginObject else { return try bareValue(token) }
        var value = AttributeValue.empty
        while try tokenizer.next() == .key {
            let found: AttributeValue
            switch anyValueField() {
            // Nested values are the exception; they need the stack.
            case .array: found = try readNestedValue(isMap: false)
            case .map: found = try readNestedValue(isMap: true)
            case let scalar?: found = try readScalar(scalar)
            case nil:
                try tokenizer.skipValue()
                continue
            }
            // Some write all keys, of which those that are not meant are null.
            if case .empty = found { continue }
            value = found
        }
        return value
    }

    mutating func anyValueField() -> AnyValueField? {
        var hint = anyValueHint
        defer { anyValueHint = hint }
        return field(in: AnyValueField.table, hint: &hint)
    }

    mutating func keyValueField() -> KeyValueField? {
        var hint = keyValueHint
        defer { keyValueHint = hint }
        return field(in: KeyValueField.table, hint: &hint)
    }

    /// The value of a token that stands where an `AnyValue` object belongs.
    mutating func bareValue(_ token: JSONToken) throws(JSONError) -> AttributeValue {
        switch token {
        case .string: return .string(currentText())
        case .number: return tokenizer.int64.map { .int($0) } ?? .double(tokenizer.double)
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .null: return .empty
        default:
            try wrongType(token, "an attribute value", "an AnyValue")
            return .empty
        }
    }

    /// Reads the value behind one of the scalar keys of an `AnyValue`; null leaves it empty.
    mutating func readScalar(_ field: AnyValueField) throws(JSONError) -> AttributeValue {
        let token = try tokenizer.next()
        switch (field, token) {
        case (_, .null): return .empty
        case (.string, .string): return .string(currentText())
        case (.bool, .true): return .bool(true)
        case (.bool, .false): return .bool(false)
        case (.int, .number):
            if let value = tokenizer.int64 ?? Int64(exactly: tokenizer.double) { return .int(value) }
        case (.int, .string):
            if let value = JSONNumber.int64(tokenizer.tokenBytes) { return .int(value) }
        case (.double, .number): return .double(tokenizer.double)
        case (.double, .string):
            // Protobuf's JSON has NaN, Infinity and -Infinity as strings.
            if let value = Double(currentText()) { return .double(value) }
        case (.bytes, .string):
            if let bytes = Base64.decode(tokenizer.tokenBytes, .urlSafe) { return .bytes(bytes) }
        default: break
        }
        return switch field {
        case .string: try wrongValue(token, "stringValue", "a string")
        case .bool: try wrongValue(token, "boolValue", "true or false")
        case .int: try wrongValue(token, "intValue", "a 64-bit integer")
        case .double: try wrongValue(token, "doubleValue", "a number")
        default: try wrongValue(token, "bytesValue", "base64")
        }
    }
}
