import FastJSON

/// The parts that contents in ATIF may have: texts, and images of a few types by their path.
enum AtifContentPart {
    static let imageTypes: Set<String> = ["image/jpeg", "image/png", "image/gif", "image/webp"]

    static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    static func image(_ mediaType: String, path: String) -> JSONValue {
        ["type": "image", "source": ["media_type": .string(mediaType), "path": .string(path)]]
    }

    static func isValid(_ part: JSONValue) -> Bool {
        let keys = Set((part.members ?? []).map(\.key))
        switch part["type"]?.string {
        case "text": return keys == ["type", "text"] && part["text"]?.string != nil
        case "image":
            guard keys == ["type", "source"], let source = part["source"] else { return false }
            return Set((source.members ?? []).map(\.key)) == ["media_type", "path"]
                && source["media_type"]?.string.map(imageTypes.contains) == true && source["path"]?.string != nil
        default: return false
        }
    }
}
