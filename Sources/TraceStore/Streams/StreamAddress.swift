import TraceModel

/// What names the span that a stream waits for, as one text.
enum StreamAddress {
    /// Which kinds of names streams wait for.
    struct Kinds {
        var responses: Bool
        var spans: Bool
    }

    private static let responsePrefix = "response:"
    private static let spanPrefix = "span:"

    /// The first texts of both kinds, and the first ones past them.
    static let responses = (responsePrefix, "response;")
    static let spans = (spanPrefix, "span;")

    static func response(_ id: String) -> String { responsePrefix + id }

    static func span(_ trace: TraceID, _ span: SpanID) -> String { spanPrefix + trace.hex + "/" + span.hex }

    /// What a stream waits for whose owner is not there; nil where it belongs to its own span.
    static func text(_ owner: StreamOwner) -> String? {
        switch owner {
        case .itself: nil
        case .responseID(let id): id.flatMap { $0.isEmpty ? nil : response($0) }
        case .span(let trace, let span): Self.span(trace, span)
        }
    }

    /// The owner that a text names.
    static func owner(_ text: String) -> StreamOwner? {
        if text.hasPrefix(responsePrefix) { return .responseID(String(text.dropFirst(responsePrefix.count))) }
        let parts = text.dropFirst(spanPrefix.count).split(separator: "/")
        guard text.hasPrefix(spanPrefix), parts.count == 2, let trace = TraceID(hex: String(parts[0])),
            let span = SpanID(hex: String(parts[1]))
        else { return nil }
        return .span(trace, span)
    }
}
