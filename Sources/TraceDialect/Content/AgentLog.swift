import FastJSON
package import TraceModel

/// What an agent logs about calls whose spans do not tell it, on the span of its turn.
///
/// Claude Code writes a record for each request with the same numbers as the call's span, a record with the answer right
/// after it, and one for each tool with the id of its call.
package struct AgentLog {
    private var records: [SpanEvent] = []

    package init() {}

    /// Whether the span is of an agent that keeps such a log.
    package static func isKept(by span: Span) -> Bool {
        span.attributes.contains { $0.key == DialectTable.agentLogMark }
    }

    /// Adds the next record; those of other sorts are passed over.
    package mutating func add(_ record: SpanEvent) {
        guard let name = Self.name(of: record), DialectTable.agentLogEvents.contains(name) else { return }
        records.append(record)
    }

    /// The answer of a model call.
    package func answer(to span: Span) -> String? {
        for (place, record) in records.enumerated() where Self.name(of: record) == DialectTable.agentRequest.event {
            let numbers = DialectTable.agentRequest.keys.map { key in
                (record.attributes.value(of: key)?.number, span.attributes.value(of: key)?.number)
            }
            guard numbers.contains(where: { $0.0 != nil }), numbers.allSatisfy({ $0.0 == $0.1 }) else { continue }
            let prompt = record.attributes.text(DialectTable.agentTurnKey)
            for next in records[(place + 1)...] {
                if Self.name(of: next) == DialectTable.agentRequest.event { break }
                if Self.name(of: next) == DialectTable.agentAnswer.event,
                    next.attributes.text(DialectTable.agentTurnKey) == prompt
                {
                    return next.attributes.text(DialectTable.agentAnswer.key)
                }
            }
        }
        return nil
    }

    /// The arguments of a tool call.
    package func arguments(ofCall id: String) -> String? {
        for record in records where Self.name(of: record) == DialectTable.agentToolRun.event {
            if record.attributes.text(DialectTable.agentToolRun.id) == id {
                return record.attributes.text(DialectTable.agentToolRun.arguments)
            }
        }
        return nil
    }

    private static func name(of record: SpanEvent) -> String? {
        record.attributes.value(of: "event.name")?.stringValue
    }
}

extension AttributeValue {
    /// A whole number, or text that is one.
    fileprivate var number: Int64? { intValue ?? stringValue.flatMap { Int64($0) } }
}

extension [Attribute] {
    fileprivate func text(_ key: String) -> String? { value(of: key)?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
}

extension Dialect {
    /// The name by which the model asked for the tool that a span runs.
    package static func askedName(of span: Span, _ facts: SpanFacts) -> String? {
        guard let asked = span.attributes.text("tool_name"), let name = facts.toolName, asked.hasSuffix(name) else {
            return facts.toolName
        }
        return asked
    }

    /// What an agent, or a tool that runs one, was asked to do.
    package static func prompt(of content: SpanContent, kind: SpanKind) -> String? {
        if kind == .tool {
            let arguments = content.toolArguments.flatMap { MessageReader.embedded($0) }
            return (arguments?["prompt"] ?? arguments?["task"] ?? arguments?["message"])?.filledString
        }
        for message in content.inputMessages.reversed() where message.role == "user" {
            if let text = MessageParts.plainText(message.parts) { return text }
        }
        guard let value = content.inputValue, MessageReader.embedded(value) == nil else { return nil }
        return value
    }
}
