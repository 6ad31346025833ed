import TraceDialect
import TraceModel

extension AttributeValue {
    /// A key, string or byte string inside of a value, by its place among all of them.
    enum InnerText {
        case key(String)
        case string(String)
        case bytes([UInt8])
    }

    /// The value with other texts; nil where `body` changes none.
    ///
    /// `body` is called once for each key, string and byte string, keys before what they hold, and gives what takes the
    /// place of each: UTF-8 for keys and strings.
    func replacingTexts(_ body: (InnerText) -> [UInt8]?) -> AttributeValue? {
        var changes: [Int: [UInt8]] = [:]
        var ordinal = 0
        for step in AttributeWalk(self) {
            let change: [UInt8]?
            switch step {
            case .key(let text): change = body(.key(text))
            case .string(let text): change = body(.string(text))
            case .bytes(let bytes): change = body(.bytes(bytes))
            case .other, .beginArray, .beginMap, .end: continue
            }
            if let change { changes[ordinal] = change }
            ordinal += 1
        }
        return changes.isEmpty ? nil : replacingTexts(changes)
    }

    /// The value with these texts in the place of those with these numbers.
    func replacingTexts(_ changes: [Int: [UInt8]]) -> AttributeValue {
        var open: [Container] = []
        var ordinal = 0
        func text(_ old: String) -> String {
            defer { ordinal += 1 }
            return changes[ordinal].map { String(decoding: $0, as: UTF8.self) } ?? old
        }
        for step in AttributeWalk(self) {
            let value: AttributeValue
            switch step {
            case .key(let key):
                open[open.count - 1].key = text(key)
                continue
            case .beginArray, .beginMap:
                if case .beginMap = step { open.append(Container(isMap: true)) } else { open.append(Container()) }
                continue
            case .string(let old): value = .string(text(old))
            case .bytes(let old):
                value = .bytes(changes[ordinal] ?? old)
                ordinal += 1
            case .other(let other): value = other
            case .end:
                guard let done = open.popLast() else { return self }
                value = done.value
            }
            if open.isEmpty { return value }
            open[open.count - 1].add(value)
        }
        return self
    }

    private struct Container {
        var isMap = false
        var key = ""
        var elements: [AttributeValue] = []
        var members: [Attribute] = []

        var value: AttributeValue { isMap ? .map(members) : .array(elements) }

        mutating func add(_ value: AttributeValue) {
            if isMap { members.append(Attribute(key, value)) } else { elements.append(value) }
        }
    }
}
