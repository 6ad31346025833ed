import FastJSON

/// Turns contents of trajectories into messages of the GenAI conventions.
enum AtifContent {
    private static let imageTypes: Set<String> = ["image/jpeg", "image/png", "image/gif", "image/webp"]

    /// The parts of a message; a list keeps its length, a text that is empty gives none.
    static func parts(_ content: JSONValue?, _ faults: inout [String]) -> [JSONValue] {
        switch content {
        case .string(let text)?: return text.isEmpty ? [] : [part(text)]
        case .array(let elements)?: return elements.map { part($0, &faults) }
        default: return []
        }
    }

    static func part(_ text: String) -> JSONValue { ["type": "text", "content": .string(text)] }

    static func reasoning(_ text: String) -> JSONValue { ["type": "reasoning", "content": .string(text)] }

    static func call(id: JSONValue?, name: JSONValue?, arguments: JSONValue?) -> JSONValue {
        [
            "type": "tool_call", "id": id ?? .null, "name": name ?? .null, "arguments": arguments ?? .null,
        ]
    }

    /// A message that brings the result of a tool.
    static func answer(id: String?, content: JSONValue) -> JSONValue {
        let id = id.map { JSONValue.string($0) } ?? .null
        let part: JSONValue = ["type": "tool_call_response", "id": id, "response": content]
        return message("tool", [part])
    }

    static func message(_ role: String, _ parts: [JSONValue]) -> JSONValue {
        ["role": .string(role), "parts": .array(parts)]
    }

    private static func part(_ value: JSONValue, _ faults: inout [String]) -> JSONValue {
        let keys = Set((value.members ?? []).map(\.key))
        if value["type"] == "text", keys == ["type", "text"], let text = value["text"]?.string { return part(text) }
        if value["type"] == "image", keys == ["type", "source"], let source = value["source"],
            Set((source.members ?? []).map(\.key)) == ["media_type", "path"],
            let type = source["media_type"]?.string, imageTypes.contains(type), let path = source["path"]?.string
        {
            return ["type": "uri", "modality": "image", "mime_type": .string(type), "uri": .string(path)]
        }
        faults.append("a part of a content is neither text nor an image of a known type")
        return ["type": "atif_invalid", "value": value]
    }
}
