package import FastJSON
import Foundation
package import TraceModel

extension JSONWriter {
    /// Writes a value of an attribute.
    ///
    /// A key that stands several times in a map gets `#2`, `#3` … appended from its second place on, so that nothing
    /// is lost. Bytes become an object with their base64 text, and absence becomes null.
    package mutating func attributeValue(_ root: AttributeValue?) {
        guard let root else { return null() }
        // Values nest as deep as a producer likes, so what remains to be written waits on a stack of our own.
        var open: [Container] = []
        var next: AttributeValue? = root
        while true {
            if let value = next {
                next = nil
                switch value {
                case .array(let items):
                    beginArray()
                    open.append(.array(items[...]))
                case .map(let attributes):
                    beginObject()
                    open.append(.map(attributes[...], KeyCount()))
                default: scalar(value)
                }
            }
            guard let container = open.popLast() else { return }
            switch container {
            case .array(var items):
                if let item = items.popFirst() {
                    open.append(.array(items))
                    next = item
                } else {
                    endArray()
                }
            case .map(var attributes, let keys):
                if let attribute = attributes.popFirst() {
                    let count = keys.add(attribute.key)
                    key(count == 1 ? attribute.key : "\(attribute.key)#\(count)")
                    open.append(.map(attributes, keys))
                    next = attribute.value
                } else {
                    endObject()
                }
            }
        }
    }

    private enum Container {
        case array(ArraySlice<AttributeValue>)
        case map(ArraySlice<Attribute>, KeyCount)
    }

    /// How often each key of an object was written.
    private final class KeyCount {
        private var counts: [String: Int] = [:]

        func add(_ key: String) -> Int {
            counts[key, default: 0] += 1
            return counts[key, default: 1]
        }
    }

    private mutating func scalar(_ value: AttributeValue) {
        switch value {
        case .string(let text): string(text)
        case .bool(let flag): bool(flag)
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .bytes(let bytes):
            beginObject()
            member("base64", Data(bytes).base64EncodedString())
            endObject()
        case .empty, .array, .map: null()
        }
    }
}
