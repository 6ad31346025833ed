import FastJSON
import TraceModel

/// Turns contents of trajectories into messages of the GenAI conventions.
enum AtifContent {
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
        // Programs that write all keys write null for what a part has not.
        let keys = Set((value.members ?? []).filter { !$0.value.isNull }.map(\.key))
        let nulls = ["text", "source"].filter { value[$0] == .some(.null) }.map { JSONMember($0, .null) }
        let isKnown = (value.members ?? []).allSatisfy { ["type", "text", "source"].contains($0.key) }
        if isKnown, keys == ["type", "text"], value["type"] == "text", let text = value["text"]?.string {
            return .object((part(text).members ?? []) + nulls)
        }
        if isKnown, keys == ["type", "source"], let source = value["source"], let members = media(source),
            value["type"] == members.first(where: { $0.key == "modality" })?.value
        {
            return .object(members + nulls)
        }
        faults.append("a part of a content is neither a text nor an image or a sound of a known type, kept aside")
        return ["type": "atif_invalid", "value": value]
    }

    /// The source of an image or a sound as a part of the conventions; nil where the format does not allow it.
    private static func media(_ source: JSONValue) -> [JSONMember]? {
        guard let type = source["media_type"]?.string, let kind = AtifMedia(mediaType: type),
            let path = source["path"]?.string
        else { return nil }
        var members = [
            JSONMember("type", "uri"), JSONMember("modality", .string(kind.rawValue)),
            JSONMember("mime_type", .string(type)), JSONMember("uri", .string(path)),
        ]
        for member in source.members ?? [] where member.key != "media_type" && member.key != "path" {
            let isDuration = member.key == "duration_sec" && kind == .audio
            guard isDuration, member.value.isNull || member.value.double.map({ $0 >= 0 }) == true else { return nil }
            members.append(member)
        }
        return members
    }
}
