import FastJSON

/// Arguments of a call that arrive as values with their JSON paths, as Gemini streams them.
struct PartialArguments: Sendable {
    /// Steps of a path that are followed; a longer path stays one key.
    private static let depthLimit = 32

    private enum Step: Equatable {
        case key(String)
        case index(Int)
    }

    private var paths: [String] = []
    private var values: [JSONValue] = []
    private var continues = false

    /// Adds one element of `partialArgs` and returns the text that it brought.
    mutating func add(_ element: JSONValue) -> String {
        let path = element["jsonPath"]?.string ?? "$"
        let value: JSONValue =
            if let text = element["stringValue"] { text } else if let number = element["numberValue"] {
                number
            } else if let truth = element["boolValue"] { truth } else { .null }
        defer { continues = element["willContinue"]?.bool == true }
        if continues, paths.last == path, case .string(let have)? = values.last, case .string(let more) = value {
            values[values.count - 1] = .string(have + more)
            return more
        }
        paths.append(path)
        values.append(value)
        return value.string ?? value.text()
    }

    /// The arguments as JSON text.
    var json: String {
        var root = JSONValue.object([])
        for (path, value) in zip(paths, values) {
            root = Self.setting(value, at: Self.steps(path)[...], in: root)
        }
        return root.text()
    }

    /// The steps of a path such as `$.items[0].name`.
    private static func steps(_ path: String) -> [Step] {
        var steps: [Step] = []
        let body = path.hasPrefix("$") ? path.dropFirst() : path[...]
        for piece in body.split(whereSeparator: { $0 == "." || $0 == "[" }) {
            if piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0, index < 10_000 {
                steps.append(.index(index))
            } else {
                steps.append(.key(String(piece)))
            }
        }
        return steps.count > depthLimit ? [.key(path)] : steps
    }

    /// Recurses over the steps of one path, of which there are few.
    private static func setting(_ value: JSONValue, at steps: ArraySlice<Step>, in container: JSONValue) -> JSONValue {
        guard let step = steps.first else { return value }
        switch step {
        case .key(let key):
            var members = container.members ?? []
            if let place = members.firstIndex(where: { $0.key == key }) {
                members[place].value = setting(value, at: steps.dropFirst(), in: members[place].value)
            } else {
                members.append(JSONMember(key, setting(value, at: steps.dropFirst(), in: .null)))
            }
            return .object(members)
        case .index(let index):
            var elements = container.elements ?? []
            while elements.count <= index { elements.append(.null) }
            elements[index] = setting(value, at: steps.dropFirst(), in: elements[index])
            return .array(elements)
        }
    }
}
