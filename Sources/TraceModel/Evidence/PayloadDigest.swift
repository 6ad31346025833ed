/// What analysis keeps of an argument, a result or an answer: enough to compare it with another, not the text itself.
///
/// Two payloads are equal where they share a form: the same value arrives as an object in one layer, as JSON text in the
/// next, and wrapped or printed in a third.
public struct PayloadDigest: Equatable, Sendable {
    /// What a payload amounts to.
    ///
    /// The raw values are stored in the database: never renumber them.
    public enum Content: Int, Sendable, CaseIterable {
        /// A value that says something.
        case value = 0
        /// `null`, `""`, `{}`, `[]`, `{"result": null}` and the like: known to be empty.
        case empty = 1
        /// A value that tells of a failure, such as `{"error": …}` or `"isError": true`.
        case error = 2
        /// Withheld by the producer or by redaction.
        case redacted = 3
    }

    public var content: Content
    /// The length of the text as recorded, in UTF-8 bytes.
    public var byteCount: Int
    /// Digests of the forms in which the value may stand elsewhere, the most telling first; never empty.
    public var forms: [UInt64]
    /// The first bytes of the text, whole characters, at most `previewLimit` bytes; as recorded.
    public var preview: String
    /// The text says itself that it was cut, such as by a closing `… [truncated]`.
    public var saysTruncated: Bool
    /// Digests of the first 1 KiB, 2 KiB, 4 KiB … bytes of the text, as far as it reaches.
    public var prefixes: [UInt64]

    /// The most bytes of a preview.
    public static let previewLimit = 240

    public init(
        content: Content = .value, byteCount: Int, forms: [UInt64], preview: String, saysTruncated: Bool = false,
        prefixes: [UInt64] = []
    ) {
        self.content = content
        self.byteCount = byteCount
        self.forms = forms
        self.preview = preview
        self.saysTruncated = saysTruncated
        self.prefixes = prefixes
    }

    /// True where the two are the same value in some form.
    public func matches(_ other: PayloadDigest) -> Bool {
        forms.contains { other.forms.contains($0) }
    }
}
