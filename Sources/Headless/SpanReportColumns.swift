import FastJSON
import TraceExport
import TraceModel
import TraceQuery

/// The fields of `spandrel span`: those of a row of the tree, and the payload.
package enum SpanReportColumns {
    package static let all: [Column<SpanReport>] = ofLine(SpanColumns.recorded) + payload + ofLine(SpanColumns.analysed)

    private static func ofLine(_ columns: [Column<TreeLine>]) -> [Column<SpanReport>] {
        columns.map { column in
            Column(column.name, column.type, nullable: column.isNullable, column.help) { column.value($0.line) }
        }
    }

    /// The fields that `spandrel trace` does not have.
    package static let payload: [Column<SpanReport>] = [
        Column("attributes", "object", "every attribute as recorded; a key that stands again gets `#2`, `#3` …") {
            let attributes = $0.detail.span.attributes
            return .nested { $0.attributeValue(.map(attributes)) }
        },
        Column(
            "events", "object[]",
            "`time_unix_nano, name, origin (span or log), attributes, body, severity_number, dropped_attributes_count`"
        ) {
            let events = $0.detail.span.events
            return .nested { $0.list(events) { $0.event($1) } }
        },
        Column("links", "object[]", "`trace_id, span_id, trace_state, flags, attributes, dropped_attributes_count`") {
            let links = $0.detail.span.links
            return .nested { $0.list(links) { $0.link($1) } }
        },
        Column("resource", "object", "`attributes, schema_url, dropped_attributes_count`") {
            let resource = $0.detail.span.resource
            return .nested { $0.resource(resource) }
        },
        Column("scope", "object", "`name, version, attributes, schema_url, dropped_attributes_count`") {
            let scope = $0.detail.span.scope
            return .nested { $0.scope(scope) }
        },
        Column("input_messages", "object[]", "`role, name, finish_reason, parts[]`; a part has a `type`, see below") {
            let messages = $0.detail.content.inputMessages
            return .nested { $0.list(messages) { $0.message($1) } }
        },
        Column("output_messages", "object[]", "likewise") {
            let messages = $0.detail.content.outputMessages
            return .nested { $0.list(messages) { $0.message($1) } }
        },
        Column(
            "tool", "object", nullable: true,
            "`name, call_id, arguments, result`; arguments and result are the recorded texts"
        ) {
            let facts = $0.detail.facts
            let content = $0.detail.content
            let isTool =
                facts.kind == .tool || facts.toolName != nil || facts.toolCallID != nil
                || content.toolArguments != nil || content.toolResult != nil
            guard isTool else { return .null }
            return .nested { $0.tool(facts, content) }
        },
        Column(
            "findings", "object[]",
            "`rule, severity, certainty, message, evidence[]`; an evidence is `span_id, label, value`"
        ) {
            let findings = $0.detail.findings
            return .nested { $0.list(findings) { $0.finding($1) } }
        },
        Column(
            "stream", "object", nullable: true,
            "`chunks, timing_quality, clock, source, wire_protocol, duration_ns, time_to_first_chunk_ns, end_cause, "
                + "finish_reason, tokens_billed, tokens_delivered, stalls, loops`; null where nothing is known of one"
        ) {
            guard let stream = $0.detail.stream else { return .null }
            return .nested { $0.stream(stream) }
        },
    ]
}
