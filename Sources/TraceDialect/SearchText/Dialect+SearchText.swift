package import TraceModel

extension Dialect {
    /// The text of a span that the text index holds, at most `limit` bytes of UTF-8.
    ///
    /// These are the name, the names of agent and tool, prompts, answers, arguments, results, documents and the text of
    /// errors, a line each: the strings inside JSON are decoded, without keys, ids and schemas. `isComplete` is false
    /// where the limit cut something off, always between two characters.
    package static func searchText(of span: Span, limit: Int = 256 * 1024) -> (text: String, isComplete: Bool) {
        var builder = SearchTextBuilder(limit: limit)
        builder.add(plain: span.name)
        builder.add(plain: span.status.message)
        let reader = SearchReader(span)
        reader.addNames(to: &builder)
        reader.addAttributes(to: &builder)
        reader.addEvents(to: &builder)
        return (builder.text(), builder.isComplete)
    }
}
