import TraceModel

/// A span as a recording keeps it until its trace ends.
struct CastSpan {
    var row: SpanRow
    var name: String
    var subject: String?
    /// The start of what it was given and of what came out, in one line each.
    var given: String?
    var result: String?
    /// Its stream, where chunks have times.
    var stream: WholeStream?
    var errorMessage: String?

    private static let previewBytes = 600

    init(_ span: ExportSpan) {
        let report = ReportSpan(span)
        row = report.row
        name = report.shownName
        subject = report.subject
        let content = span.content
        given = CastSpan.preview(content.toolArguments)
        if let whole = span.stream, whole.info.timing == .measured || whole.info.timing == .synthetic,
            whole.chunks.offsets.contains(where: { $0 != StreamChunks.unknownOffset })
        {
            stream = whole
        } else {
            result = CastSpan.preview(content.toolResult ?? CastSpan.answer(content.outputMessages))
        }
        errorMessage = span.row.isError ? CastSpan.preview(span.span.status.message) : nil
    }

    private static func preview(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let start = ReportPiece.cut(text, to: previewBytes)
        return start.utf8.count < text.utf8.count ? start + "…" : start
    }

    private static func answer(_ messages: [Message]) -> String? {
        let parts = messages.flatMap(\.parts).compactMap { part -> String? in
            switch part {
            case .text(let text): preview(text)
            case .toolCall(_, let name, let arguments): "\(name ?? "a tool") \(preview(arguments) ?? "")"
            default: nil
            }
        }
        return parts.isEmpty ? nil : parts.prefix(8).joined(separator: "\n")
    }
}
