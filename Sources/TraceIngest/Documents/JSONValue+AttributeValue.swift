import FastJSON
import TraceModel

extension JSONValue {
    /// The value as that of an attribute; a stack of open containers takes the place of recursion.
    var attribute: AttributeValue {
        struct Open {
            var key: String
            var members: [Attribute]?
            var elements: [AttributeValue] = []
            var rest: [JSONMember]
        }
        var open: [Open] = []
        var value: JSONValue? = self
        var key = ""
        while true {
            var whole: AttributeValue?
            switch value {
            case .array(let elements)?:
                open.append(Open(key: key, rest: elements.reversed().map { JSONMember("", $0) }))
            case .object(let members)?: open.append(Open(key: key, members: [], rest: members.reversed()))
            case .string(let text)?: whole = .string(text)
            case .int(let number)?: whole = .int(number)
            case .double(let number)?: whole = .double(number)
            case .bool(let truth)?: whole = .bool(truth)
            case .null?, nil: whole = .empty
            }
            while true {
                if let done = whole {
                    guard let last = open.indices.last else { return done }
                    if open[last].members != nil {
                        open[last].members?.append(Attribute(key, done))
                    } else {
                        open[last].elements.append(done)
                    }
                    whole = nil
                }
                guard let last = open.indices.last else { return .empty }
                if let next = open[last].rest.popLast() {
                    key = next.key
                    value = next.value
                    break
                }
                let done = open.removeLast()
                whole = done.members.map { .map($0) } ?? .array(done.elements)
                key = done.key
            }
        }
    }
}
