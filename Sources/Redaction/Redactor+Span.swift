import Synchronization
import TraceDialect
package import TraceModel

extension Redactor {
    /// Redacts all texts of a span: its name, state, attributes with their keys, events, links, resource and scope.
    ///
    /// A stream in its events or attributes is redacted as the one text that it is, and so are the parts of a message.
    package func redact(_ span: inout Span, _ counts: inout RedactionCounts) {
        let isTool = (!fields.isEmpty || policy.keepsStructureOnly) && Dialect.facts(of: span).kind == .tool
        redactStreams(&span.events, &span.attributes, &counts)
        if policy.keepsStructureOnly { purge(&span, isTool: isTool, &counts) }
        applyFields(to: &span, isTool: isTool, &counts)
        redact(&span.name, &counts)
        redact(&span.traceState, &counts)
        if !keeps(.error) { redact(&span.status.message, &counts) }
        redact(&span.attributes, isTool: isTool, &counts)
        for index in span.events.indices { redact(&span.events[index], isTool: isTool, &counts) }
        for index in span.links.indices {
            redact(&span.links[index].traceState, &counts)
            redact(&span.links[index].attributes, &counts)
        }
        redact(&span.resource, &counts)
        redact(&span.scope, &counts)
    }

    /// Redacts a log record likewise.
    ///
    /// Of a stream that came as one record a chunk it sees one chunk: a secret that was cut between two of them is
    /// found only where the records of a span are redacted together.
    package func redact(_ log: inout SpanLogRecord, _ counts: inout RedactionCounts) {
        redactStreams(&log.event, &counts)
        if policy.keepsStructureOnly { purge(&log, &counts) }
        applyFields(to: &log, &counts)
        redact(&log.event, isTool: false, &counts)
        redact(&log.resource, &counts)
        redact(&log.scope, &counts)
    }

    private func redact(_ event: inout SpanEvent, isTool: Bool, _ counts: inout RedactionCounts) {
        redact(&event.name, &counts)
        if keeps(.event) { return }
        redact(&event.attributes, isTool: isTool, &counts)
        if let body = event.body, let redacted = redactedByName("", body, &counts) { event.body = redacted }
        if let body = event.body, let redacted = redactedParts(body, &counts) { event.body = redacted }
        if let body = event.body, let redacted = redacted(body, &counts) { event.body = redacted }
    }

    private func redact(_ attributes: inout [Attribute], isTool: Bool = false, _ counts: inout RedactionCounts) {
        guard fields.isEmpty else {
            redactUnkept(&attributes, isTool: isTool, &counts)
            return
        }
        for index in attributes.indices {
            let attribute = attributes[index]
            if let value = redactedByName(attribute.key, attribute.value, &counts) { attributes[index].value = value }
        }
        redactParts(&attributes, &counts)
        for index in attributes.indices {
            if let value = redacted(attributes[index].value, &counts) { attributes[index].value = value }
            if let key = redacted(attributes[index].key, &counts) { attributes[index].key = key }
        }
    }

    /// The same where some attributes are kept as they are.
    private func redactUnkept(_ attributes: inout [Attribute], isTool: Bool, _ counts: inout RedactionCounts) {
        let isKept = attributes.map { fields.verdict($0.key, isTool: isTool)?.action == .keep }
        var others = attributes.indices.filter { !isKept[$0] }.map { attributes[$0] }
        for index in others.indices {
            if let value = redactedByName(others[index].key, others[index].value, &counts) {
                others[index].value = value
            }
        }
        redactParts(&others, &counts)
        var next = 0
        for index in attributes.indices where !isKept[index] {
            let value = others[next].value
            attributes[index].value = redacted(value, &counts) ?? value
            if let key = redacted(attributes[index].key, &counts) { attributes[index].key = key }
            next += 1
        }
    }

    private func keeps(_ field: RedactionPolicy.Field) -> Bool {
        !fields.isEmpty && fields.verdict(field)?.action == .keep
    }

    /// The value with placeholders; nil where nothing is replaced.
    func redacted(_ value: AttributeValue, _ counts: inout RedactionCounts) -> AttributeValue? {
        switch value {
        case .empty, .bool, .int, .double: return nil
        case .string(let text): return redacted(text, &counts).map { .string($0) }
        case .bytes, .array, .map:
            return value.replacingTexts { inner in
                switch inner {
                case .key(var text), .string(var text): text.withUTF8 { redacted($0, &counts) }
                case .bytes(let bytes): bytes.withUnsafeBufferPointer { redacted($0, &counts) }
                }
            }
        }
    }

    private func redact(_ resource: inout Resource, _ counts: inout RedactionCounts) {
        if keeps(.resource) { return }
        redact(&resource, lastResource, &counts) { resource, found in
            redact(&resource.attributes, &found)
            redact(&resource.schemaURL, &found)
        }
    }

    private func redact(_ scope: inout InstrumentationScope, _ counts: inout RedactionCounts) {
        redact(&scope, lastScope, &counts) { scope, found in
            redact(&scope.name, &found)
            redact(&scope.version, &found)
            redact(&scope.attributes, &found)
            redact(&scope.schemaURL, &found)
        }
    }

    /// Redacts what many spans share, unless it is what came last.
    private func redact<Part: Equatable & Sendable>(
        _ part: inout Part, _ last: borrowing Mutex<SharedPart<Part>?>, _ counts: inout RedactionCounts,
        by change: (inout Part, inout RedactionCounts) -> Void
    ) {
        if let known = last.withLock({ $0 }), known.before == part {
            part = known.after
            counts.add(known.counts)
            return
        }
        let before = part
        var found = RedactionCounts()
        change(&part, &found)
        counts.add(found)
        let entry = SharedPart(before: before, after: part, counts: found)
        last.withLock { $0 = entry }
    }
}
