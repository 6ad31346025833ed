import FastJSON
import TraceDialect
import TraceModel

extension Redactor {
    /// Does to the fields of a span what the policy asks, before any rule looks at it.
    ///
    /// Reasoning, arguments and results are also found as parts of conversations in JSON. A `keep` for them holds for
    /// attributes of their own only.
    func applyFields(to span: inout Span, isTool: Bool, _ counts: inout RedactionCounts) {
        guard !fields.isEmpty else { return }
        if let verdict = fields.verdict(.error) { apply(verdict, to: &span.status.message, &counts) }
        applyFields(to: &span.attributes, isTool: isTool, &counts)
        let answers = span.events.reduce(0) { $0 + (DialectFields.outputEvents.contains($1.name) ? 1 : 0) }
        for index in span.events.indices {
            applyFields(to: &span.events[index], isTool: isTool, isStream: answers > 1, &counts)
        }
        for index in span.links.indices { applyFields(to: &span.links[index].attributes, isTool: isTool, &counts) }
        applyFields(to: &span.resource, &counts)
        applyFields(to: &span.scope.attributes, isTool: false, &counts)
    }

    func applyFields(to log: inout SpanLogRecord, _ counts: inout RedactionCounts) {
        guard !fields.isEmpty else { return }
        applyFields(to: &log.event, isTool: false, isStream: StreamExtractor.isChunk(log.event), &counts)
        applyFields(to: &log.resource, &counts)
        applyFields(to: &log.scope.attributes, isTool: false, &counts)
    }

    private func applyFields(to resource: inout Resource, _ counts: inout RedactionCounts) {
        if let verdict = fields.verdict(.resource) {
            apply(verdict, to: &resource.attributes, &counts) { _ in true }
        } else {
            applyFields(to: &resource.attributes, isTool: false, &counts)
        }
    }

    /// `isStream` tells that answers among events are chunks, which are redacted as the text that they are together.
    private func applyFields(
        to event: inout SpanEvent, isTool: Bool, isStream: Bool, _ counts: inout RedactionCounts
    ) {
        var verdict = fields.verdict(.event)
        if verdict == nil, DialectFields.promptEvents.contains(event.name) { verdict = fields.verdict(.prompt) }
        if verdict == nil, DialectFields.outputEvents.contains(event.name), !isStream {
            verdict = fields.verdict(.output)
        }
        guard let verdict else {
            applyFields(to: &event.attributes, isTool: isTool, &counts)
            let isMessage =
                DialectFields.promptEvents.contains(event.name) || DialectFields.outputEvents.contains(event.name)
            guard isMessage, !isStream, let conversation = ConversationFields(fields) else { return }
            if let body = event.body, let edited = conversation.edited(body, hasher, &counts) { event.body = edited }
            return
        }
        let isWhole = fields.verdict(.event) != nil
        apply(verdict, to: &event.attributes, &counts) { isWhole || Self.messageKeys.contains($0) }
        guard let body = event.body, let replaced = replacement(of: body, verdict, &counts) else { return }
        event.body = replaced
    }

    /// Attributes of events that hold what a message says.
    private static let messageKeys: Set<String> = [
        "content", "message", "gen_ai.prompt", "gen_ai.completion", "gen_ai.event.content", "tool_calls", "body",
    ]

    private func applyFields(to attributes: inout [Attribute], isTool: Bool, _ counts: inout RedactionCounts) {
        let verdicts = attributes.map { fields.verdict($0.key, isTool: isTool) }
        let conversation = ConversationFields(fields)
        for (index, verdict) in verdicts.enumerated() {
            if verdict == nil, let conversation, DialectFields.conversations.contains(attributes[index].key) {
                if let value = conversation.edited(attributes[index].value, hasher, &counts) {
                    attributes[index].value = value
                }
            } else if let verdict, let value = replacement(of: attributes[index].value, verdict, &counts) {
                attributes[index].value = value
            }
        }
        var place = -1
        attributes.removeAll { _ in
            place += 1
            return verdicts[place]?.action == .drop
        }
    }

    private func apply(
        _ verdict: FieldPolicies.Verdict, to attributes: inout [Attribute], _ counts: inout RedactionCounts,
        where fits: (String) -> Bool
    ) {
        for index in attributes.indices where fits(attributes[index].key) {
            if let value = replacement(of: attributes[index].value, verdict, &counts) {
                attributes[index].value = value
            }
        }
        if verdict.action == .drop { attributes.removeAll { fits($0.key) } }
    }

    func apply(_ verdict: FieldPolicies.Verdict, to text: inout String, _ counts: inout RedactionCounts) {
        if let value = replacement(of: .string(text), verdict, &counts) { text = value.stringValue ?? "" }
    }

    func apply(_ verdict: FieldPolicies.Verdict, to text: inout String?, _ counts: inout RedactionCounts) {
        if let value = text.flatMap({ replacement(of: .string($0), verdict, &counts) }) { text = value.stringValue }
    }

    /// What takes the place of a whole value; nil where it stays.
    ///
    /// A dropped value becomes empty.
    func replacement(
        of value: AttributeValue, _ verdict: FieldPolicies.Verdict, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        guard value != .empty, value != .string("") || verdict.action == .drop else { return nil }
        if let text = value.stringValue, RedactionPlaceholder.isWhole(text), verdict.action != .drop { return nil }
        switch verdict.action {
        case .keep: return nil
        case .hash:
            counts.add(verdict.label)
            return .string(hasher.placeholder(verdict.label, for: value.jsonText))
        case .mask:
            counts.add(RedactionPlaceholder.masked.label)
            return .string(RedactionPlaceholder.masked.text)
        case .drop:
            counts.add(RedactionPlaceholder.droppedLabel)
            return .empty
        }
    }
}

extension RedactionPlaceholder {
    /// Counts what was left out; it stands in no text.
    static let droppedLabel = "DROPPED"

    /// Whether a text is one placeholder and nothing else.
    static func isWhole(_ text: String) -> Bool {
        if text == masked.text { return true }
        guard text.utf8.count <= longestLabel + hashDigits + 3 else { return false }
        return all(in: text).first?.range == 0..<text.utf8.count
    }
}

extension AttributeValue {
    /// A string as it is, anything else as JSON.
    var jsonText: String {
        if let text = stringValue { return text }
        var writer = JSONWriter(escapesInvisible: false)
        var isMap: [Bool] = []
        for step in AttributeWalk(self) {
            switch step {
            case .key(let key): writer.key(key)
            case .string(let text): writer.string(text)
            case .bytes(let bytes): writer.string(String(decoding: bytes, as: UTF8.self))
            case .beginArray:
                writer.beginArray()
                isMap.append(false)
            case .beginMap:
                writer.beginObject()
                isMap.append(true)
            case .end:
                if isMap.popLast() == true { writer.endObject() } else { writer.endArray() }
            case .other(let value): writer.value(JSONValue(scalar: value))
            }
        }
        return writer.text
    }
}
