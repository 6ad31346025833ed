import FastJSON
import TraceModel

extension InputFormat {
    package static let whoAndWhen = recording(
        name: "who-and-when", help: "conversations of several agents with labels, as Who&When writes them",
        absence: "no conversation in it",
        sniff: { head in
            guard let json = head.json, json.isObject, json.has("history") else { return nil }
            // The list of messages may come first and be longer than what is looked at.
            return json.keys.count == 1 || json.has("question") || json.has("mistake_step") ? .fields : nil
        },
        read: { $0.readConversations($1) })
}

extension RecordingReader {
    /// Reads conversations of several agents as Who&When writes them: a list of messages with the speaker in the role or
    /// the name, and no clock.
    ///
    /// Each conversation becomes a trace: a root with the question and the labels, and one span a message in the order of
    /// the list, whose number it keeps as its step. Nothing tells when anything was said, so spans have no times.
    /// Source: Zhang and others, "Which Agent Causes Task Failures and When?", 2025, the data set's own files.
    func readConversations(_ bytes: [UInt8]) {
        for (line, value) in objects(bytes) {
            guard let history = value["history"]?.elements, !history.isEmpty else {
                reject("no list of messages named history", offset: line.offset, line: line.number)
                continue
            }
            var hash = RecordingHash()
            hash.add(Array(value.text().utf8))
            var conversation = LabelledConversation(traceID: hash.traceID, rootID: hash.spanID)
            collector.add(conversation.root(value))
            for (index, message) in history.enumerated() {
                guard let text = message["content"]?.string, let speaker = LabelledConversation.Speaker(message) else {
                    reject("message \(index) has no content or no speaker", offset: line.offset, line: line.number)
                    continue
                }
                hash.add(Int64(index))
                collector.add(conversation.span(hash.spanID, index, speaker, text))
            }
        }
    }
}

/// The spans of one conversation.
private struct LabelledConversation {
    let traceID: TraceID
    let rootID: SpanID
    private static let scope = "spandrel.who-and-when"

    /// The question, and what people labelled as the cause of the failure.
    func root(_ value: JSONValue) -> Span {
        var span = Span(untimed: rootID, of: traceID, name: "conversation", scope: Self.scope)
        span.attributes = [Attribute("gen_ai.operation.name", .string("invoke_workflow"))]
        if let question = value["question"]?.string {
            span.attributes.append(Attribute("input.value", .string(question)))
        }
        for key in ["question_ID", "level", "ground_truth", "mistake_agent", "mistake_step", "mistake_reason"] {
            guard let label = value[key], !label.isNull else { continue }
            span.attributes.append(Attribute("who_and_when." + key, .string(label.string ?? label.text())))
        }
        return span
    }

    mutating func span(_ id: SpanID, _ index: Int, _ speaker: Speaker, _ text: String) -> Span {
        var span = Span(untimed: id, of: traceID, parent: rootID, name: speaker.spanName, scope: Self.scope)
        span.attributes = [Attribute("step", .int(Int64(index)))]
        switch speaker.kind {
        case .person:
            span.attributes.append(Attribute("input.value", .string(text)))
        case .terminal:
            span.attributes += [
                Attribute("gen_ai.operation.name", .string("execute_tool")),
                Attribute("gen_ai.tool.name", .string(speaker.name)),
                Attribute("gen_ai.tool.call.result", .string(text)),
            ]
            // The terminal states the outcome of the code in its first line.
            if text.hasPrefix("exitcode: "), !text.hasPrefix("exitcode: 0") {
                let code = text.dropFirst("exitcode: ".count).prefix { $0.isNumber || $0 == "-" }
                span.attributes.append(Attribute("error.type", .string("exitcode \(code)")))
                span.status = SpanStatus(.error, message: String(text.prefix { $0 != "\n" }))
            }
        case .agent(let target):
            let message = AtifContent.message("assistant", [AtifContent.part(text)])
            span.attributes += [
                Attribute("gen_ai.operation.name", .string("chat")),
                Attribute("gen_ai.agent.name", .string(speaker.name)),
                Attribute("gen_ai.output.messages", .string(JSONValue.array([message]).text())),
            ]
            if let target {
                span.attributes += [
                    Attribute("gen_ai.transfer.mode", .string("return_to_caller")),
                    Attribute("gen_ai.transfer.target.name", .string(target)),
                ]
            }
        }
        return span
    }

    /// Who said a message, and to whom.
    struct Speaker {
        enum Kind {
            case person
            /// Runs the code that agents write.
            case terminal
            case agent(target: String?)
        }

        var name: String
        var spanName: String
        var kind: Kind

        /// Reads a speaker such as `human`, `Orchestrator (thought)`, `Orchestrator (-> WebSurfer)`, or a name beside
        /// the role.
        init?(_ message: JSONValue) {
            guard let words = message["name"]?.string ?? message["role"]?.string, !words.isEmpty else { return nil }
            spanName = words
            let parts = words.split(separator: "(", maxSplits: 1)
            name = String(parts.first ?? "").trimmed
            let note = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }).trimmed : ""
            if words == "human" || words == "user" {
                kind = .person
            } else if name == "Computer_terminal" {
                kind = .terminal
            } else {
                kind = .agent(target: note.hasPrefix("->") ? String(note.dropFirst(2)).trimmed : nil)
            }
            if name.isEmpty { return nil }
        }
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
