import FastJSON
import TraceModel

/// The parts of messages, sorted into what steps have places for.
struct AtifMessage {
    private var content: [JSONValue] = []
    private var reasonings: [String] = []
    private(set) var calls: [(id: String?, name: String?, arguments: JSONValue)] = []
    private(set) var results: [(id: String?, content: String?)] = []
    /// Whether the producer withheld some of it.
    private(set) var isRedacted = false

    init(_ parts: [MessagePart]) {
        for part in parts { add(part) }
    }

    private mutating func add(_ part: MessagePart) {
        switch part {
        case .text(let text): content.append(AtifContentPart.text(text))
        case .reasoning(let text): reasonings.append(text)
        case .toolCall(let id, let name, let arguments):
            calls.append((id, name, Self.arguments(arguments)))
        case .toolResult(let id, let result): results.append((id, result))
        case .media(let modality, let mimeType, let reference):
            if let media = AtifContentPart.media(mimeType, path: reference) {
                content.append(media)
            } else {
                let type = mimeType.map { " " + $0 } ?? ""
                content.append(AtifContentPart.text("[\(modality)\(type): \(reference)]"))
            }
        case .other(_, let json): content.append(AtifContentPart.text(json))
        case .redacted: isRedacted = true
        }
    }

    /// A text where there is one or none, else a list of parts.
    var value: JSONValue {
        if content.isEmpty { return "" }
        if content.count == 1, let text = content[0]["text"]?.string { return .string(text) }
        return .array(content)
    }

    var isEmpty: Bool { content.isEmpty && !isRedacted }

    var reasoning: String? { reasonings.isEmpty ? nil : reasonings.joined(separator: "\n\n") }

    /// Arguments as the object that the format wants; whatever else a model wrote stands under `_raw`, as text.
    static func arguments(_ text: String?) -> JSONValue {
        guard let text else { return .object([]) }
        if let value = try? JSONValue(parsing: text, depthLimit: AtifBuilder.valueDepthLimit), value.members != nil {
            return value
        }
        return .object([JSONMember("_raw", .string(text))])
    }
}

/// The parts that contents in ATIF may have: texts, images of a few types, and since version 1.8 sounds.
enum AtifContentPart {
    static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    /// An image or a sound by its address; nil where its type has no place in the format.
    static func media(_ mediaType: String?, path: String, duration: JSONValue? = nil) -> JSONValue? {
        guard let mediaType, let kind = AtifMedia(mediaType: mediaType) else { return .none }
        var source = [JSONMember("media_type", .string(mediaType)), JSONMember("path", .string(path))]
        if let duration { source.append(JSONMember("duration_sec", duration)) }
        return ["type": .string(kind.rawValue), "source": .object(source)]
    }

    /// Reads a part of a message of the conventions; nil for reasoning, calls, and what the format does not allow.
    static func restored(_ part: JSONValue) -> JSONValue? {
        let value: JSONValue?
        switch part["type"]?.string {
        case "text": value = text(part["content"]?.string ?? "")
        case "uri":
            value = media(part["mime_type"]?.string, path: part["uri"]?.string ?? "", duration: part["duration_sec"])
        default: value = .none
        }
        guard let members = value?.members else { return .none }
        // Programs that write all keys write null for what a part has not.
        return .object(members + ["text", "source"].filter { part[$0] == .some(.null) }.map { JSONMember($0, .null) })
    }

    static func isValid(_ part: JSONValue) -> Bool {
        let members = (part.members ?? []).filter { !$0.value.isNull }
        let keys = Set(members.map(\.key))
        guard (part.members ?? []).allSatisfy({ ["type", "text", "source"].contains($0.key) }) else { return false }
        if part["type"] == "text" { return keys == ["type", "text"] && part["text"]?.string != nil }
        guard keys == ["type", "source"], let source = part["source"], source["path"]?.string != nil,
            let kind = source["media_type"]?.string.flatMap({ AtifMedia(mediaType: $0) }),
            part["type"] == .some(.string(kind.rawValue))
        else { return false }
        let rest = (source.members ?? []).filter { $0.key != "media_type" && $0.key != "path" }
        return rest.allSatisfy { member in
            let isDuration = kind == .audio && member.key == "duration_sec"
            return isDuration && (member.value.isNull || member.value.double.map { $0 >= 0 } == true)
        }
    }

    /// Whether a content holds a sound, which documents before version 1.8 cannot.
    static func hasSound(_ content: JSONValue) -> Bool {
        content.elements?.contains { $0["type"] == "audio" } == true
    }
}
