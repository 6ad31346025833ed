import FastJSON

extension RecordingHash {
    /// Adds a JSON value so that the order of keys does not matter: a rewritten document keeps its identifiers.
    mutating func addCanonical(_ root: JSONValue) {
        enum Work {
            case value(JSONValue)
            case text(String)
        }
        var open: [Work] = [.value(root)]
        while let work = open.popLast() {
            switch work {
            case .text(let text):
                add(text.utf8)
            case .value(.array(let elements)):
                add("[".utf8)
                open.append(.text("]"))
                for element in elements.reversed() {
                    open.append(.text(","))
                    open.append(.value(element))
                }
            case .value(.object(let members)):
                add("{".utf8)
                open.append(.text("}"))
                let sorted = members.enumerated().sorted {
                    ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
                }
                for (_, member) in sorted.reversed() {
                    open.append(.value(member.value))
                    open.append(.text(JSONValue.string(member.key).text() + ":"))
                }
            case .value(let scalar):
                add(scalar.text().utf8)
            }
        }
    }
}
