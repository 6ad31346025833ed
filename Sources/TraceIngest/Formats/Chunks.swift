import TraceModel

extension InputFormat {
    package static let chunks = recording(
        name: "chunks", help: "events of a provider's stream, one JSON document a line, without times",
        sniff: { head in
            guard let json = head.json else { return nil }
            if isProviderEvent(json) { return .fields }
            return head.hasSuffix(".chunks.txt") ? .name : nil
        },
        read: { $0.readWire($1, source: "chunks", endCause: .unknown) })

    private static let eventTypes = [
        "message_start", "content_block_start", "content_block_delta", "response.created", "response.output_item.added",
        "message-start", "content-start", "session.created",
    ]

    private static let eventKeys = ["messageStart", "contentBlockStart", "contentBlockDelta"]

    /// Whether the document is an event of a stream, as a file of events begins with one.
    private static func isProviderEvent(_ json: JSONProfile) -> Bool {
        if let type = json.texts["type"], eventTypes.contains(type) { return true }
        if json.texts["event_type"]?.hasPrefix("interaction.") == true { return true }
        if eventKeys.contains(where: { json.keys.contains($0) }) { return true }
        if json.keys.contains("choices") && json.texts["object"] == "chat.completion.chunk" { return true }
        return json.keys.contains("candidates") && (json.isArray || json.isFollowedByAnother)
    }
}
