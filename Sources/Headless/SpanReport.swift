import Canvas
import FastJSON
import Tables
import TraceModel
import TraceQuery
import TraceTables

/// A span as a page for people.
struct SpanReport {
    private let detail: SpanDetail
    private let line: SpanLine
    private let time: LocalTime
    private let safe: SafeLine

    init(_ detail: SpanDetail, line: SpanLine, presentation: Presentation) {
        self.detail = detail
        self.line = line
        time = LocalTime(presentation.timeZone)
        safe = SafeLine(metrics: presentation.metrics)
    }

    var text: String {
        var lines = head()
        let content = detail.content
        lines += messages("input", content.inputMessages)
        lines += messages("output", content.outputMessages)
        for (title, value) in [
            ("input", content.inputValue), ("output", content.outputValue),
            ("tool arguments", content.toolArguments), ("tool result", content.toolResult),
        ] {
            guard let value else { continue }
            lines += ["", "== \(title)"] + wrapped(value, indent: "  ")
        }
        lines += attributes("attributes", detail.span.attributes)
        lines += events() + links()
        lines += attributes("resource", detail.span.resource.attributes)
        return lines.joined(separator: "\n") + "\n"
    }

    private func head() -> [String] {
        let span = detail.span
        let facts = detail.facts
        let unknown = Figures.unknown
        var pairs: [(String, String)] = [
            ("name", span.name),
            ("trace", span.traceID.hex),
            ("span", span.spanID.hex),
            ("parent", span.parentSpanID?.hex ?? unknown),
            ("kind", facts.kind.name + (facts.kindSource.map { " (\($0))" } ?? "")),
            ("agent", (line.agent ?? unknown) + " (\(line.agentSource.name))"),
            ("identity", identity),
            ("step", line.step.map { "\($0)" } ?? unknown),
            ("model", (facts.modelRequested ?? unknown) + " → " + (facts.modelResolved ?? unknown)),
            ("status", line.status ?? unknown),
            ("start", time.text(nanos: span.startUnixNano)),
            ("duration", Figures.duration(nanos: line.durationNanos)),
            ("self", Figures.duration(nanos: line.selfNanos)),
            (
                "tokens",
                "in \(Figures.count(facts.tokens.input)), out \(Figures.count(facts.tokens.output))"
                    + ", cache read \(Figures.count(facts.tokens.cacheRead))"
                    + ", cache write \(Figures.count(facts.tokens.cacheWrite))"
                    + ", reasoning \(Figures.count(facts.tokens.reasoning))"
            ),
            ("finish", facts.finishReasons.isEmpty ? unknown : facts.finishReasons.joined(separator: ", ")),
        ]
        if let stated = facts.tokens.inputStated {
            pairs.append(("input", "\(Figures.count(stated)) as stated, without what came from the cache"))
        }
        if detail.sources > 1 { pairs.append(("sources", "\(detail.sources)")) }
        if let error = facts.errorType { pairs.append(("error", error)) }
        if !span.status.message.isEmpty { pairs.append(("message", span.status.message)) }
        let marks = detail.row.marks.names
        for source in detail.content.sources {
            let place = source.span.map { " [\($0.span.hex)]" } ?? ""
            pairs.append(("content", "\(source.part.rawValue) \(source.origin.words)\(place)"))
        }
        if let context = detail.context { pairs.append(("context", words(of: context))) }
        if !marks.isEmpty { pairs.append(("marks", marks.joined(separator: ", "))) }
        if let stream = detail.stream { pairs.append(("stream", words(of: stream))) }
        for finding in detail.findings {
            let grade = "\(finding.severity.name), \(finding.certainty.name)"
            pairs.append(("finding", "\(finding.rule) (\(grade)): \(finding.message)"))
            for evidence in finding.evidence {
                let place = evidence.spanID.map { "  [\($0.hex)]" } ?? ""
                pairs.append(("", "  \(evidence.label): \(evidence.value)\(place)"))
            }
        }
        return safe.titled(pairs, column: 10)
    }

    /// Such as `42 messages, 2 new, 1 left out since [00000000000000c1]`.
    private func words(of context: MessageContext) -> String {
        var words = [Counted.whole(context.messages, "message")]
        if let new = context.newFrom { words.append("\(context.messages - new) new") }
        if let dropped = context.dropped, dropped > 0 { words.append("\(dropped) left out") }
        let since = context.previous.map { " since [\($0.span.hex)]" } ?? ""
        return words.joined(separator: ", ") + since
    }

    /// Such as `714 chunks, measured, first after 0.42s, finished`.
    private func words(of stream: StreamBrief) -> String {
        let count = stream.figures.chunkCount
        var words = [count == 0 ? "no chunk data" : Counted.whole(count, "chunk")]
        words.append(stream.info.timing.name)
        if let first = stream.figures.timeToFirstChunkNanos {
            words.append("first after \(Figures.duration(nanos: first))")
        }
        if stream.info.endCause != .unknown { words.append(stream.info.endCause.name) }
        return words.joined(separator: ", ")
    }

    private func messages(_ title: String, _ messages: [Message]) -> [String] {
        guard !messages.isEmpty else { return [] }
        return ["", "== \(title) messages"]
            + messages.flatMap { message in message.parts.flatMap { part(message, $0) } }
    }

    private func part(_ message: Message, _ part: MessagePart) -> [String] {
        let role = safe.line(message.role).text
        switch part {
        case .text(let text): return [role] + wrapped(text, indent: "  ")
        case .reasoning(let text): return ["\(role) (reasoning)"] + wrapped(text, indent: "  ")
        case .toolCall(let id, let name, let arguments):
            return ["\(role) → " + safe.line("\(name ?? Figures.unknown)  \(id ?? "")").text]
                + wrapped(arguments ?? Figures.unknown, indent: "  ")
        case .toolResult(let id, let result):
            return ["\(role) ← " + safe.line(id ?? Figures.unknown).text]
                + wrapped(result ?? Figures.unknown, indent: "  ")
        case .media(let modality, let type, let reference):
            return [role, "  " + safe.line("[\(modality) \(type ?? "")] \(reference)").text]
        case .other(let type, let json): return ["\(role) " + safe.line("[\(type)]").text] + wrapped(json, indent: "  ")
        case .redacted: return [role, "  [withheld by the producer]"]
        }
    }

    /// The agent run that the span belongs to, and what its attempt rests on.
    private var identity: String {
        guard let run = line.run else { return Figures.unknown }
        var words = AgentColumns.label(run) + " (\(run.state.name))"
        if let certainty = run.attemptCertainty { words += ", attempt \(certainty.name)" }
        let evidence = run.attemptEvidence.map { "\($0.label) \($0.value)" }
        return evidence.isEmpty ? words : words + ": " + evidence.joined(separator: "; ")
    }

    private func attributes(_ title: String, _ attributes: [Attribute]) -> [String] {
        guard !attributes.isEmpty else { return [] }
        return ["", "== \(title)"] + attributes.map { "  " + safe.line("\($0.key) = \(text(of: $0.value))").text }
    }

    private func events() -> [String] {
        let events = detail.span.events
        guard !events.isEmpty else { return [] }
        var lines = ["", "== events"]
        for event in events {
            lines.append("  \(time.text(nanos: event.timeUnixNano))  " + safe.line(event.name).text)
            lines += event.attributes.map { "    " + safe.line("\($0.key) = \(text(of: $0.value))").text }
            if let body = event.body { lines.append("    " + safe.line(text(of: body)).text) }
        }
        return lines
    }

    private func links() -> [String] {
        let links = detail.span.links
        return links.isEmpty ? [] : ["", "== links"] + links.map { "  \($0.traceID.hex)/\($0.spanID.hex)" }
    }

    private func text(of value: AttributeValue) -> String {
        if let text = value.stringValue { return text }
        var json = JSONWriter(escapesInvisible: false)
        json.attributeValue(value)
        return json.text
    }

    private func wrapped(_ text: String, indent: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { indent + safe.line(String($0)).text }
    }
}

extension SafeLine {
    /// Values in a column behind their titles, a line each.
    func titled(_ pairs: [(String, String)], column: Int) -> [String] {
        pairs.map { $0 + String(repeating: " ", count: max(1, column - $0.count)) + line($1).text }
    }
}
