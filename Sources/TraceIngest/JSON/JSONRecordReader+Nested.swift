import FastJSON
import TraceModel

extension JSONRecordReader {
    /// A container that is being read.
    private struct Frame {
        enum Kind {
            /// The object of an `ArrayValue`, waiting for its key `values`.
            case arrayWrapper
            case array
            /// The object of a `KeyValueList`.
            case mapWrapper
            case map
            /// The object of a `KeyValue`.
            case pair
            /// The object of an `AnyValue`.
            case value
        }

        var kind: Kind
        var key = ""
        var value = AttributeValue.empty
        var elements: [AttributeValue] = []
        var members: [Attribute] = []

        init(_ kind: Kind) { self.kind = kind }
    }

    /// Reads an `ArrayValue` or `KeyValueList`, whose key was just pulled, with all that is nested in it.
    ///
    /// A stack of frames takes the place of recursion.
    mutating func readNestedValue(isMap: Bool) throws(JSONError) -> AttributeValue {
        var frames = [Frame(.value)]
        try openContainer(&frames, isMap: isMap)
        while frames.count > 1 {
            let top = frames.count - 1
            switch frames[top].kind {
            case .value:
                guard try tokenizer.next() == .key else {
                    deliver(frames.removeLast().value, to: &frames)
                    continue
                }
                switch anyValueField() {
                case .array: try openContainer(&frames, isMap: false)
                case .map: try openContainer(&frames, isMap: true)
                case let scalar?:
                    let found = try readScalar(scalar)
                    if case .empty = found { continue }
                    frames[top].value = found
                case nil: try tokenizer.skipValue()
                }
            case .arrayWrapper, .mapWrapper:
                try readWrapper(&frames)
            case .array:
                let token = try tokenizer.next()
                switch token {
                case .endArray:
                    frames[top - 1].elements = frames.removeLast().elements
                case .beginObject: frames.append(Frame(.value))
                default: frames[top].elements.append(try bareValue(token))
                }
            case .map:
                if try nextObject("an attribute") {
                    frames.append(Frame(.pair))
                } else {
                    frames[top - 1].members = frames.removeLast().members
                }
            case .pair:
                try readPair(&frames)
            }
        }
        return frames[0].value
    }

    /// Enters the object behind `arrayValue` or `kvlistValue`.
    private mutating func openContainer(_ frames: inout [Frame], isMap: Bool) throws(JSONError) {
        let token = try tokenizer.next()
        switch token {
        case .beginObject: frames.append(Frame(isMap ? .mapWrapper : .arrayWrapper))
        case .null: break
        default: try wrongType(token, isMap ? "kvlistValue" : "arrayValue", "an object")
        }
    }

    private mutating func readWrapper(_ frames: inout [Frame]) throws(JSONError) {
        let top = frames.count - 1
        let isMap = frames[top].kind == .mapWrapper
        guard try tokenizer.next() == .key else {
            let done = frames.removeLast()
            frames[top - 1].value = isMap ? .map(done.members) : .array(done.elements)
            return
        }
        var hint = 0
        guard field(in: ValuesField.table, hint: &hint) != nil else {
            try tokenizer.skipValue()
            return
        }
        if try enterArray("values") { frames.append(Frame(isMap ? .map : .array)) }
    }

    private mutating func readPair(_ frames: inout [Frame]) throws(JSONError) {
        let top = frames.count - 1
        guard try tokenizer.next() == .key else {
            let pair = frames.removeLast()
            frames[top - 1].members.append(Attribute(pair.key, pair.value))
            return
        }
        switch keyValueField() {
        case .key:
            frames[top].key = try readRepeatedText("the key of an attribute")
        case .value:
            let token = try tokenizer.next()
            if token == .beginObject {
                frames.append(Frame(.value))
            } else {
                frames[top].value = try bareValue(token)
            }
        case nil:
            try tokenizer.skipValue()
        }
    }

    /// Hands a finished value to the list or pair that it stands in.
    private func deliver(_ value: AttributeValue, to frames: inout [Frame]) {
        let top = frames.count - 1
        if frames[top].kind == .array {
            frames[top].elements.append(value)
        } else {
            frames[top].value = value
        }
    }
}
