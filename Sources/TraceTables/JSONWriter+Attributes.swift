import Basics
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
                    open.append(.map(attributes[...], KeyNames()))
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
                    key(keys.name(attribute.key))
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
        case map(ArraySlice<Attribute>, KeyNames)
    }

    /// The keys of an object that were written, each once.
    private final class KeyNames {
        private var counts: [String: Int] = [:]

        func name(_ key: String) -> String {
            var count = counts[key, default: 0] + 1
            var name = count == 1 ? key : "\(key)#\(count)"
            while count > 1, counts[name] != nil {
                count += 1
                name = "\(key)#\(count)"
            }
            counts[key] = count
            if count > 1 { counts[name] = 1 }
            return name
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
            member("base64", Base64.text(bytes))
            endObject()
        case .empty, .array, .map: null()
        }
    }
}
