import TraceModel

/// Reads attributes and their values out of protobuf messages.
///
/// A field of another type than the format has is passed over, and a message that comes in parts is merged, as the
/// encoding has it: https://protobuf.dev/programming-guides/encoding/.
struct WireValues {
    /// Messages within a record; each nested list takes two levels, each nested map three.
    static let depthLimit = 256

    let bytes: UnsafeRawBufferPointer
    /// What of the current record could not be read.
    let losses = Losses()

    /// Gathers what of a record could not be read.
    final class Losses {
        private var values = UnreadableValues()

        func add(_ reason: String) { values.add(reason) }

        /// Gives what was gathered, and begins anew.
        func take() -> UnreadableValues {
            defer { values = UnreadableValues() }
            return values
        }
    }

    /// Reads a `KeyValue`, `depth` messages within its record; a value that cannot be read is empty.
    func attribute(_ range: Range<Int>, depth: Int) throws(WireRecordFault) -> Attribute {
        var reader = WireReader(bytes, range)
        var key = ""
        var value = AttributeValue.empty
        while let field = try next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): key = text(range)
            case (2, .bytes(let range)): value = readable(range, addedTo: value, depth: depth + 1)
            default: break
            }
        }
        return Attribute(key, value)
    }

    /// Reads an `AnyValue`; one that cannot be read costs itself.
    func readable(_ range: Range<Int>, addedTo known: AttributeValue, depth: Int) -> AttributeValue {
        do throws(WireRecordFault) {
            return try value(range, addedTo: known, depth: depth)
        } catch {
            losses.add("a value: \(error.reason)")
            return .empty
        }
    }

    /// Reads an `AnyValue`, which `known` may be the first part of.
    func value(
        _ range: Range<Int>, addedTo known: AttributeValue = .empty, depth: Int
    ) throws(WireRecordFault) -> AttributeValue {
        var reader = WireReader(bytes, range)
        var value = known
        while let field = try next(&reader) {
            if case .bytes = field.payload, field.number == 5 || field.number == 6 {
                return try unfold(Frame(.value, reader: WireReader(bytes, range), depth: depth, value: known))
            }
            if let scalar = scalar(field) { value = scalar }
        }
        return value
    }

    /// The next field of a message, whose faults become faults of the record.
    func next(_ reader: inout WireReader) throws(WireRecordFault) -> WireReader.Field? {
        do throws(WireReader.Fault) {
            return try reader.next()
        } catch {
            if case .cut = error { throw WireRecordFault("the protobuf message is cut off") }
            throw WireRecordFault("not a valid protobuf message")
        }
    }

    /// Reads a string, where what is no UTF-8 stands as U+FFFD and is told.
    func text(_ range: Range<Int>) -> String {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: UInt8.self)
        if let text = String(validating: slice, as: UTF8.self) { return text }
        losses.add("a string is not valid UTF-8")
        return String(decoding: slice, as: UTF8.self)
    }

    private func scalar(_ field: WireReader.Field) -> AttributeValue? {
        switch (field.number, field.payload) {
        case (1, .bytes(let range)): .string(text(range))
        case (2, .varint(let value)): .bool(value != 0)
        case (3, .varint(let value)): .int(Int64(bitPattern: value))
        case (4, .fixed64(let bits)): .double(Double(bitPattern: bits))
        case (7, .bytes(let range)): .bytes([UInt8](bytes[range]))
        default: nil
        }
    }

    // MARK: Containers

    /// A message that is being read.
    private struct Frame {
        enum Kind {
            case value, list, map, pair
        }

        let kind: Kind
        var reader: WireReader
        let depth: Int
        var key = ""
        var value: AttributeValue
        var elements: [AttributeValue] = []
        var members: [Attribute] = []

        init(_ kind: Kind, reader: WireReader, depth: Int, value: AttributeValue = .empty) {
            self.kind = kind
            self.reader = reader
            self.depth = depth
            self.value = value
        }

        mutating func add(_ child: Frame) {
            switch kind {
            case .value: value = child.kind == .list ? .array(child.elements) : .map(child.members)
            case .list: elements.append(child.value)
            case .map: members.append(Attribute(child.key, child.value))
            case .pair: value = child.value
            }
        }
    }

    /// Unfolds a value with a stack: depth is the sender's choice.
    private func unfold(_ root: Frame) throws(WireRecordFault) -> AttributeValue {
        var frames = [root]
        while true {
            let top = frames.count - 1
            guard let field = try next(&frames[top].reader) else {
                let done = frames.removeLast()
                guard top > 0 else { return done.value }
                frames[top - 1].add(done)
                continue
            }
            guard let child = child(of: &frames[top], field) else { continue }
            guard child.depth <= Self.depthLimit else {
                throw WireRecordFault("nested deeper than \(Self.depthLimit) levels")
            }
            frames.append(child)
        }
    }

    /// The message that a field holds; nil where it was a plain value, which the frame keeps.
    private func child(of frame: inout Frame, _ field: WireReader.Field) -> Frame? {
        func message(_ kind: Frame.Kind, _ range: Range<Int>) -> Frame {
            Frame(kind, reader: WireReader(bytes, range), depth: frame.depth + 1)
        }
        switch (frame.kind, field.number, field.payload) {
        case (.value, 5, .bytes(let range)):
            var list = message(.list, range)
            if case .array(let elements) = frame.value { list.elements = elements }
            return list
        case (.value, 6, .bytes(let range)):
            var map = message(.map, range)
            if case .map(let members) = frame.value { map.members = members }
            return map
        case (.value, _, _):
            if let scalar = scalar(field) { frame.value = scalar }
        case (.list, 1, .bytes(let range)): return message(.value, range)
        case (.map, 1, .bytes(let range)): return message(.pair, range)
        case (.pair, 1, .bytes(let range)): frame.key = text(range)
        case (.pair, 2, .bytes(let range)):
            var value = message(.value, range)
            value.value = frame.value
            return value
        default: break
        }
        return nil
    }
}

/// Why a protobuf record cannot be stored.
struct WireRecordFault: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
