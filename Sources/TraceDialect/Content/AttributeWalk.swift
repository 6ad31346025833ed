package import TraceModel

/// Goes through a value in order, keys before what they hold; a stack takes the place of recursion.
package struct AttributeWalk: IteratorProtocol, Sequence {
    package enum Step {
        case key(String)
        case string(String)
        case bytes([UInt8])
        /// Null, a truth value or a number.
        case other(AttributeValue)
        case beginArray
        case beginMap
        case end
    }

    private struct Frame {
        var elements: [AttributeValue] = []
        var members: [Attribute] = []
        let isMap: Bool
        var index = 0
        var isKeyDone = false
    }

    private var frames: [Frame] = []
    private var root: AttributeValue?

    package init(_ value: AttributeValue) {
        root = value
    }

    package mutating func next() -> Step? {
        if let value = root {
            root = nil
            return open(value)
        }
        guard let top = frames.indices.last else { return nil }
        if frames[top].isMap {
            guard frames[top].index < frames[top].members.count else { return close() }
            if !frames[top].isKeyDone {
                frames[top].isKeyDone = true
                return .key(frames[top].members[frames[top].index].key)
            }
            frames[top].isKeyDone = false
            frames[top].index += 1
            return open(frames[top].members[frames[top].index - 1].value)
        }
        guard frames[top].index < frames[top].elements.count else { return close() }
        frames[top].index += 1
        return open(frames[top].elements[frames[top].index - 1])
    }

    private mutating func close() -> Step {
        frames.removeLast()
        return .end
    }

    private mutating func open(_ value: AttributeValue) -> Step {
        switch value {
        case .string(let text): return .string(text)
        case .bytes(let bytes): return .bytes(bytes)
        case .array(let elements):
            frames.append(Frame(elements: elements, isMap: false))
            return .beginArray
        case .map(let members):
            frames.append(Frame(members: members, isMap: true))
            return .beginMap
        case .empty, .bool, .int, .double: return .other(value)
        }
    }
}
