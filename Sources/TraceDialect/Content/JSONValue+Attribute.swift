import FastJSON
import TraceModel

extension JSONValue {
    /// The value of an attribute as JSON; bytes become their number in words.
    ///
    /// A stack takes the place of recursion.
    init(_ value: AttributeValue) {
        var frames: [Frame] = []
        var current = value
        while true {
            var finished: JSONValue?
            switch current {
            case .empty: finished = .null
            case .string(let text): finished = .string(text)
            case .bool(let truth): finished = .bool(truth)
            case .int(let number): finished = .int(number)
            case .double(let number): finished = .double(number)
            case .bytes(let bytes): finished = .string("<\(bytes.count) bytes>")
            case .array(let elements): frames.append(Frame(elements: elements[...]))
            case .map(let members): frames.append(Frame(members: members[...]))
            }
            if let done = finished {
                guard !frames.isEmpty else {
                    self = done
                    return
                }
                frames[frames.count - 1].add(done)
            }
            // Close what is exhausted, then go on with the next child.
            while let next = frames.last, next.isExhausted {
                let done = frames.removeLast().value
                guard !frames.isEmpty else {
                    self = done
                    return
                }
                frames[frames.count - 1].add(done)
            }
            current = frames[frames.count - 1].nextChild()
        }
    }

    private struct Frame {
        private var elements: ArraySlice<AttributeValue> = []
        private var members: ArraySlice<Attribute> = []
        private let isMap: Bool
        private var key = ""
        private var doneElements: [JSONValue] = []
        private var doneMembers: [JSONMember] = []

        init(elements: ArraySlice<AttributeValue>) {
            self.elements = elements
            isMap = false
        }

        init(members: ArraySlice<Attribute>) {
            self.members = members
            isMap = true
        }

        var isExhausted: Bool { elements.isEmpty && members.isEmpty }

        mutating func nextChild() -> AttributeValue {
            if isMap {
                let member = members.removeFirst()
                key = member.key
                return member.value
            }
            return elements.removeFirst()
        }

        mutating func add(_ value: JSONValue) {
            if isMap {
                doneMembers.append(JSONMember(key, value))
            } else {
                doneElements.append(value)
            }
        }

        var value: JSONValue { isMap ? .object(doneMembers) : .array(doneElements) }
    }
}

/// JSON text out of attributes.
enum JSONValueText {
    /// An object with the attributes as members.
    static func object(_ attributes: [Attribute]) -> String {
        JSONValue(.map(attributes)).text()
    }

    /// A string as it is, anything else as JSON; nil for null and for empty strings.
    static func text(_ value: AttributeValue?) -> String? {
        switch value {
        case nil, .empty: nil
        case .string(let text): text.isEmpty ? nil : text
        case let value?: JSONValue(value).text()
        }
    }
}
