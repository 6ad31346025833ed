import FastJSON

/// A tool that a model was offered, as a function with a schema.
struct ChatTool: Equatable {
    var name: String
    var description: String?
    /// A JSON schema, an object always.
    var parameters: JSONValue
    var isStrict: Bool?

    /// Reads the definitions of any provider out of a JSON text; Gemini's hold several.
    ///
    /// Gives nothing for tools that run at the provider, which have no schema, and for text that is no JSON.
    static func tools(in json: String) -> [ChatTool] {
        guard let value = try? JSONValue(parsing: json) else { return [] }
        if let several = (value["functionDeclarations"] ?? value["function_declarations"])?.elements {
            return several.compactMap { ChatTool($0) }
        }
        return ChatTool(value).map { [$0] } ?? []
    }

    private init?(_ value: JSONValue) {
        var function = value
        for key in ["function", "toolSpec"] {
            if let inner = value[key], inner.members != nil { function = inner }
        }
        guard let name = function["name"]?.string, !name.isEmpty else { return nil }
        self.name = name
        description = function["description"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        isStrict = function["strict"]?.bool
        parameters = ["type": "object", "properties": [:]]
        for key in ["parameters", "input_schema", "inputSchema", "parameters_json_schema", "args_schema"] {
            guard let schema = function[key] else { continue }
            if let members = Self.object(schema["json"] ?? schema) { parameters = .object(members) }
            break
        }
    }

    /// The members of an object, or of the object that a text holds.
    private static func object(_ value: JSONValue) -> [JSONMember]? {
        if case .string(let text) = value { return (try? JSONValue(parsing: text))?.members }
        return value.members
    }

    /// The function as JSON.
    var value: JSONValue {
        var members = [JSONMember("name", .string(name))]
        if let description { members.append(JSONMember("description", .string(description))) }
        members.append(JSONMember("parameters", parameters))
        if let isStrict { members.append(JSONMember("strict", .bool(isStrict))) }
        return .object(members)
    }
}

/// The tools of a trajectory: each name once, as it was offered last.
struct ChatTools {
    private(set) var tools: [ChatTool] = []
    /// Definitions that are no functions.
    private(set) var unreadable = 0

    init(_ definitions: [String]) {
        var places: [String: Int] = [:]
        for definition in definitions {
            let found = ChatTool.tools(in: definition)
            if found.isEmpty { unreadable += 1 }
            for tool in found {
                if let place = places[tool.name] {
                    tools[place] = tool
                } else {
                    places[tool.name] = tools.count
                    tools.append(tool)
                }
            }
        }
    }

    /// Whether every tool that is called is among them.
    func cover(_ turns: [TrajectoryMessage]) -> Bool {
        let names = Set(tools.map(\.name))
        return turns.allSatisfy { $0.calls.allSatisfy { $0.name.map(names.contains) ?? false } }
    }

    /// An array of `{"type":"function","function":{…}}`.
    var value: JSONValue { .array(tools.map { ["type": "function", "function": $0.value] }) }
}
