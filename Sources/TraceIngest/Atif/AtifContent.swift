import FastJSON

/// Turns contents of trajectories into messages of the GenAI conventions.
enum AtifContent {
    private static let mediaTypes: [String: Set<String>] = [
        "image": ["image/jpeg", "image/png", "image/gif", "image/webp"],
        "audio": [
            "audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "audio/webm", "audio/aiff",
        ],
    ]

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

    private static func hasOnlyKnownKeys(_ source: JSONValue, _ modality: String) -> Bool {
        let known: Set<String> =
            modality == "audio" ? ["media_type", "path", "duration_sec"] : ["media_type", "path"]
        let duration = source["duration_sec"] ?? 0
        return (source.members ?? []).allSatisfy { known.contains($0.key) }
            && (duration.isNull || duration.double.map { $0 >= 0 } == true)
    }

    private static func part(_ value: JSONValue, _ faults: inout [String]) -> JSONValue {
        let keys = Set((value.members ?? []).map(\.key))
        if value["type"] == "text", keys == ["type", "text"], let text = value["text"]?.string { return part(text) }
        if let modality = value["type"]?.string, let types = mediaTypes[modality], keys == ["type", "source"],
            let source = value["source"], let type = source["media_type"]?.string, types.contains(type),
            let path = source["path"]?.string, hasOnlyKnownKeys(source, modality)
        {
            var members = [
                JSONMember("type", "uri"), JSONMember("modality", .string(modality)),
                JSONMember("mime_type", .string(type)), JSONMember("uri", .string(path)),
            ]
            if let duration = source["duration_sec"] { members.append(JSONMember("duration_sec", duration)) }
            return .object(members)
        }
        faults.append("a part of a content is neither a text nor an image or a sound of a known type")
        return ["type": "atif_invalid", "value": value]
    }
}
