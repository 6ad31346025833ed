import FastJSON

/// What the key of a member says of the string behind it.
enum PartKey: Int {
    case other
    case role
    /// A name, a kind or an id: no text of a message.
    case structural
    case text, content, thinking, reasoning, refusal, reasoningContent, delta, openInference
    /// No key: the string stands in a list by itself, under one of the keys above.
    case bare

    static let count = 12

    /// Whether texts behind this key, in neighbouring objects of a list, are parts of one message.
    var isText: Bool { rawValue > PartKey.structural.rawValue }

    private static let words = JSONKeys<PartKey>([
        ("role", .role),
        ("text", .text), ("content", .content), ("parts", .content), ("thinking", .thinking),
        ("reasoning", .reasoning), ("refusal", .refusal), ("reasoning_content", .reasoningContent), ("delta", .delta),
        ("message_content.text", .openInference),
        ("type", .structural), ("kind", .structural), ("id", .structural), ("name", .structural),
        ("model", .structural), ("object", .structural), ("index", .structural), ("status", .structural),
        ("finish_reason", .structural), ("finishReason", .structural), ("stop_reason", .structural),
        ("call_id", .structural), ("tool_use_id", .structural), ("toolUseId", .structural),
        ("toolCallId", .structural), ("mime_type", .structural), ("modality", .structural), ("event_type", .structural),
        ("item_id", .structural), ("tool_call_id", .structural),
    ])

    init(_ bytes: UnsafeRawBufferPointer) { self = Self.words[bytes] ?? .other }
}
