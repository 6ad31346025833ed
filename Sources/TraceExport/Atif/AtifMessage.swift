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
