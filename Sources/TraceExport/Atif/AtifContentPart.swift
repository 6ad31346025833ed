import FastJSON

/// The parts that contents in ATIF may have: texts, images of a few types, and since version 1.8 sounds.
enum AtifContentPart {
    private static let mediaTypes: [String: Set<String>] = [
        "image": ["image/jpeg", "image/png", "image/gif", "image/webp"],
        "audio": [
            "audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "audio/webm", "audio/aiff",
        ],
    ]

    static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    /// An image or a sound by its address; nil where its type has no place in the format.
    static func media(_ mediaType: String?, path: String, duration: JSONValue? = nil) -> JSONValue? {
        guard let mediaType, let kind = mediaTypes.first(where: { $0.value.contains(mediaType) })?.key else {
            return .none
        }
        var source = [JSONMember("media_type", .string(mediaType)), JSONMember("path", .string(path))]
        if let duration { source.append(JSONMember("duration_sec", duration)) }
        return ["type": .string(kind), "source": .object(source)]
    }

    static func isValid(_ part: JSONValue) -> Bool {
        let keys = Set((part.members ?? []).map(\.key))
        if part["type"] == "text" { return keys == ["type", "text"] && part["text"]?.string != nil }
        guard keys == ["type", "source"], let source = part["source"], let path = source["path"]?.string,
            let made = media(source["media_type"]?.string, path: path, duration: source["duration_sec"])
        else { return false }
        let duration = source["duration_sec"] ?? 0
        return made["type"] == part["type"] && made["source"]?.members?.count == source.members?.count
            && (duration.isNull || part["type"] == "audio" && duration.double.map { $0 >= 0 } == true
                || source["duration_sec"] == nil)
    }

    /// Whether a content holds a sound, which documents before version 1.8 cannot.
    static func hasSound(_ content: JSONValue) -> Bool {
        content.elements?.contains { $0["type"] == "audio" } == true
    }
}
