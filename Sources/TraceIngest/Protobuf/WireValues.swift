import TraceModel

/// Turns protobuf attribute values into the model's.
enum WireValues {
    static func attribute(_ wire: WireKeyValue) -> Attribute {
        Attribute(wire.key, wire.hasValue ? value(wire.value) : .empty)
    }

    /// The value of a message.
    ///
    /// Containers are unfolded with a stack: depth is the sender's choice.
    static func value(_ wire: WireAnyValue) -> AttributeValue {
        if let scalar = scalar(wire) { return scalar }
        var frames = [Frame(wire)]
        while true {
            let top = frames.count - 1
            if let child = frames[top].nextChild() {
                if let scalar = scalar(child.value) {
                    frames[top].add(key: child.key, scalar)
                } else {
                    frames.append(Frame(child.value, key: child.key))
                }
                continue
            }
            let done = frames.removeLast()
            guard !frames.isEmpty else { return done.result }
            frames[frames.count - 1].add(key: done.key, done.result)
        }
    }

    private static func scalar(_ wire: WireAnyValue) -> AttributeValue? {
        switch wire.value {
        case .stringValue(let text): .string(text)
        case .boolValue(let value): .bool(value)
        case .intValue(let value): .int(value)
        case .doubleValue(let value): .double(value)
        case .bytesValue(let data): .bytes([UInt8](data))
        case .arrayValue, .kvlistValue: nil
        case nil: .empty
        }
    }

    /// A container that is being unfolded.
    private struct Frame {
        let key: String
        private var values: ArraySlice<WireAnyValue> = []
        private var pairs: ArraySlice<WireKeyValue> = []
        private let isMap: Bool
        private var elements: [AttributeValue] = []
        private var members: [Attribute] = []

        init(_ wire: WireAnyValue, key: String = "") {
            self.key = key
            if case .kvlistValue(let list) = wire.value {
                isMap = true
                pairs = list.values[...]
            } else {
                isMap = false
                values = wire.arrayValue.values[...]
            }
        }

        mutating func nextChild() -> (key: String, value: WireAnyValue)? {
            if isMap { return pairs.popFirst().map { ($0.key, $0.hasValue ? $0.value : WireAnyValue()) } }
            return values.popFirst().map { ("", $0) }
        }

        mutating func add(key: String, _ value: AttributeValue) {
            if isMap {
                members.append(Attribute(key, value))
            } else {
                elements.append(value)
            }
        }

        var result: AttributeValue { isMap ? .map(members) : .array(elements) }
    }
}
