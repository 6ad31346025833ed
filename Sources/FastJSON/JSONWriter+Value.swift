extension JSONWriter {
    /// Writes a whole value, without recursion.
    package mutating func value(_ root: JSONValue) {
        var open: [Cursor] = []
        var current = root
        while true {
            switch current {
            case .null: null()
            case .bool(let value): bool(value)
            case .int(let value): int(value)
            case .double(let value): double(value)
            case .string(let text): string(text)
            case .array(let elements):
                beginArray()
                open.append(.array(elements[...]))
            case .object(let members):
                beginObject()
                open.append(.object(members[...]))
            }
            guard let following = nextValue(&open) else { return }
            current = following
        }
    }

    /// Writes a member with any value.
    package mutating func member(_ key: String, value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    private enum Cursor {
        case array(ArraySlice<JSONValue>)
        case object(ArraySlice<JSONMember>)
    }

    /// The next value to write, after closing what is exhausted and writing its key; nil when all is closed.
    private mutating func nextValue(_ open: inout [Cursor]) -> JSONValue? {
        while let top = open.popLast() {
            switch top {
            case .array(var rest):
                if let element = rest.popFirst() {
                    open.append(.array(rest))
                    return element
                }
                endArray()
            case .object(var rest):
                if let member = rest.popFirst() {
                    open.append(.object(rest))
                    key(member.key)
                    return member.value
                }
                endObject()
            }
        }
        return nil
    }
}

extension JSONValue {
    /// The value as JSON text, on one line or indented by so many spaces a level.
    package func text(indent: Int? = nil) -> String {
        var writer = JSONWriter(indent: indent, escapesInvisible: false)
        writer.value(self)
        return writer.text
    }
}

extension JSONWriter {
    /// Writes an object whose members the body writes.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    /// Writes a member whose value is an object.
    package mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
        self.key(key)
        object(body)
    }

    /// Writes an array of values.
    package mutating func list<Values: Sequence>(
        _ values: Values, _ write: (inout JSONWriter, Values.Element) -> Void
    ) {
        beginArray()
        for value in values { write(&self, value) }
        endArray()
    }

    /// Writes a member whose value is an array.
    package mutating func list<Values: Sequence>(
        _ key: String, _ values: Values, _ write: (inout JSONWriter, Values.Element) -> Void
    ) {
        self.key(key)
        list(values, write)
    }
}

extension JSONValue {
    /// The text; null where it is nil.
    package init(_ text: String?) { self = text.map { .string($0) } ?? .null }
}
