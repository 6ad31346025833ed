import FastJSON

/// Tells by the first bytes of an input whether it is a recording of a model's response, and in which format.
enum StreamSniffer {
    /// Tokens that are looked at; the keys that matter come first.
    private static let tokenLimit = 20_000

    static func format(_ head: ArraySlice<UInt8>, name: String) -> InputFormat? {
        let bytes = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head
        guard let start = bytes.firstIndex(where: { $0 > 0x20 }) else { return nil }
        let name = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        switch bytes[start] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let profile = Array(bytes[start...]).withUnsafeBytes { JSONProfile($0, tokenLimit: tokenLimit) }
            return format(profile, name: name)
        default:
            return textFormat(bytes[start...], name: name)
        }
    }

    // MARK: JSON

    private static func format(_ profile: JSONProfile, name: String) -> InputFormat? {
        func has(_ keys: String...) -> Bool { keys.allSatisfy { profile.keys.contains($0) } }
        if profile.isTelemetry { return nil }
        if profile.texts["schema_version"]?.hasPrefix("ATIF-v") == true { return .atif }
        if has("t_unix_ns", "bytes") { return .timedNDJSON }
        if has("log") && (profile.innerKeys.contains("entries") || profile.innerKeys.contains("creator")) {
            return .har
        }
        if name.hasSuffix(".har") && profile.isObject { return .har }
        if has("model", "created_at", "done") && (has("message") || has("response")) { return .ollama }
        if has("method", "response") && profile.texts["method"]?.hasPrefix("generateContent") == true {
            return .geminiResponses
        }
        if name.hasSuffix(".responses") { return .geminiResponses }
        if profile.texts["type"] == "stream_event" { return .claudeStreamJSON }
        if profile.texts["type"] == "system" && has("session_id", "subtype") { return .claudeStreamJSON }
        if has("run_type") && (has("events") || has("start_time")) { return .langSmith }
        if has("author") && (has("invocationId") || has("invocation_id")) { return .adk }
        if profile.mentionsMLflowChunks { return .mlflow }
        // The list of messages may come first and be longer than what is looked at.
        if profile.isObject && has("history") && (profile.keys.count == 1 || has("question") || has("mistake_step")) {
            return .whoAndWhen
        }
        return isProviderEvent(profile) || name.hasSuffix(".chunks.txt") ? .chunks : nil
    }

    private static let eventTypes = [
        "message_start", "content_block_start", "content_block_delta", "response.created", "response.output_item.added",
        "message-start", "content-start", "session.created",
    ]

    private static let eventKeys = ["messageStart", "contentBlockStart", "contentBlockDelta"]

    /// Whether the document is an event of a stream, as a file of events begins with one.
    private static func isProviderEvent(_ profile: JSONProfile) -> Bool {
        if let type = profile.texts["type"], eventTypes.contains(type) { return true }
        if profile.texts["event_type"]?.hasPrefix("interaction.") == true { return true }
        if eventKeys.contains(where: { profile.keys.contains($0) }) { return true }
        if profile.keys.contains("choices") && profile.texts["object"] == "chat.completion.chunk" { return true }
        return profile.keys.contains("candidates") && (profile.isArray || profile.isFollowedByAnother)
    }

    // MARK: Text

    private static let fields = ["data:", "event:", "id:", "retry:"].map { Array($0.utf8) }

    private static func textFormat(_ bytes: ArraySlice<UInt8>, name: String) -> InputFormat? {
        var sawDocumentStart = false
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(2_000) {
            // Comments and blank lines come before events too, and a cassette may begin with its version.
            if line.first == UInt8(ascii: ":") || line.first == UInt8(ascii: "#") || line.allSatisfy({ $0 <= 0x20 }) {
                continue
            }
            if fields.contains(where: { line.starts(with: $0) }) { return sawDocumentStart ? nil : .sse }
            if line.starts(with: Array("interactions:".utf8)) { return .vcr }
            guard line.starts(with: Array("---".utf8)) || line.starts(with: Array("version:".utf8)) else { break }
            sawDocumentStart = true
        }
        if bytes.first == UInt8(ascii: ":") && name.hasSuffix(".sse") { return .sse }
        return nil
    }
}
