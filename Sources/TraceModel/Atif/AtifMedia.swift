/// The types of images and sounds that contents of ATIF may refer to; sounds since version 1.8.
package enum AtifMedia: String, CaseIterable {
    case image
    case audio

    /// The media types of this kind, as the format lists them.
    package var types: Set<String> {
        switch self {
        case .image: ["image/jpeg", "image/png", "image/gif", "image/webp"]
        case .audio:
            [
                "audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "audio/webm",
                "audio/aiff",
            ]
        }
    }

    /// The kind of a media type; nil where the format has no place for it.
    package init?(mediaType: String) {
        guard let kind = AtifMedia.allCases.first(where: { $0.types.contains(mediaType) }) else { return nil }
        self = kind
    }
}
