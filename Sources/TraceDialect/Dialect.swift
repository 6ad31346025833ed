package import TraceModel

/// The vendor-neutral reading of spans, driven by one table of attribute names.
///
/// `facts(of:)` says what a span is, `content(of:)` what it said and heard, `searchText(of:limit:)` what can be found.
package enum Dialect {
    /// What the span said and heard.
    ///
    /// It parses the payload, so it is called for the span in focus only. Texts are as long as the source has them.
    package static func content(of span: Span) -> SpanContent {
        ContentReader(span, kind: facts(of: span).kind).content()
    }

    /// Digests of the system prompt as rendered and of the tools that were offered; nil where none are recorded.
    package static func promptHashes(of content: SpanContent) -> (system: UInt64?, tools: UInt64?) {
        var prompt = ""
        for message in content.inputMessages where message.isInstruction {
            for case .text(let text) in message.parts { prompt += text }
        }
        let tools = content.toolDefinitions.joined(separator: "\n")
        return (
            prompt.isEmpty ? nil : PayloadHash.text(prompt.utf8), tools.isEmpty ? nil : PayloadHash.text(tools.utf8)
        )
    }

    /// The text of a span that the text index holds, at most `limit` bytes of UTF-8.
    ///
    /// These are the name, the names of agent and tool, prompts, answers, arguments, results, documents and the text of
    /// errors, a line each: the strings inside JSON are decoded, without keys, ids and schemas. `isComplete` is false
    /// where the limit cut something off, always between two characters.
    package static func searchText(of span: Span, limit: Int = 256 * 1024) -> (text: String, isComplete: Bool) {
        var builder = SearchTextBuilder(limit: limit)
        builder.add(plain: span.name)
        builder.add(plain: span.status.message)
        let reader = SearchTextReader(span)
        reader.addNames(to: &builder)
        reader.addAttributes(to: &builder)
        reader.addEvents(to: &builder)
        return (builder.text(), builder.isComplete)
    }

    /// The text of one log record of a span for the index, without that of the span, which has its own.
    package static func searchText(of log: SpanEvent, in span: Span) -> String {
        var bearer = span
        bearer.name = ""
        bearer.attributes = []
        bearer.events = [log]
        bearer.links = []
        bearer.status = SpanStatus()
        return searchText(of: bearer).text
    }

    /// What the payload of a span says that the analysis of its trace needs; nil where it says nothing of the sort.
    package static func evidence(of span: Span, facts: SpanFacts) -> SpanEvidence? {
        var reader = EvidenceReader(span, facts)
        return reader.read()
    }

    /// The name of the clock that gave a span its times: the host where the resource names one, else the service.
    ///
    /// Services of one host share its clock; two services without a host are taken for two clocks.
    package static func clockName(of resource: Resource) -> String {
        for key in ["host.name", "host.id", "k8s.pod.name", "container.id", "service.instance.id"] {
            guard let text = resource.attributes.value(of: key)?.stringValue, !text.isEmpty else { continue }
            return key == "host.name" || key == "host.id" ? text : "\(resource.serviceName ?? "?")@\(text)"
        }
        return resource.serviceName ?? ""
    }

    /// A record that stands for a span that still runs, as an unfinished record of that span; others as they are.
    ///
    /// Logfire sends such a record when a span begins, as a child of the span, with the real parent in an attribute.
    package static func unfolded(_ record: Span) -> Span {
        guard let real = record.parentSpanID,
            record.attributes.value(of: "logfire.span_type")?.stringValue == "pending_span"
        else { return record }
        var span = record
        span.spanID = real
        span.parentSpanID = record.attributes.value(of: "logfire.pending_parent_id")?.stringValue
            .flatMap { SpanID(hex: $0) }.flatMap { $0.isValid && $0 != real ? $0 : nil }
        // The end of such a record is its start.
        span.endUnixNano = nil
        span.attributes.removeAll { ["logfire.span_type", "logfire.pending_parent_id"].contains($0.key) }
        span.marks.subtract([.endBeforeStart, .selfParent])
        span.marks.insert(.unfinished)
        return span
    }
}
