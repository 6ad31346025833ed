import Basics
import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let claudeStreamJSON = documents(
        name: "claude-stream-json", help: "lines of Claude Code's stream-json, with and without partial messages",
        what: "a line of Claude's stream-json",
        sniff: { head in
            guard let json = head.json, let type = json.texts["type"] else { return nil }
            if type == "stream_event" { return .fields }
            if type == "system" { return json.has("session_id", "subtype") ? .fields : nil }
            return ["assistant", "user"].contains(type) && json.has("message", "session_id", "parent_tool_use_id")
                ? .fields : nil
        },
        open: { ClaudeReader() })
}

/// Reads Claude's stream-json: the messages of a session with its agents, and the events of messages where they stand.
///
/// A message comes in several lines, one a block, each with the usage of the whole message; agents run side by side and
/// are told apart by the tool call that they belong to. The usage beside blocks may be that of the start of the message;
/// the result states that of the whole prompt.
private struct ClaudeReader: DocumentReader {
    /// A message of the model whose blocks are being gathered.
    fileprivate struct Message {
        var id: String?
        var value: JSONValue
        var blocks: [JSONValue]
        var last: JSONValue?
        var error: String?
    }

    fileprivate struct Agent {
        var talk: Conversation
        var open: Message?
        /// The streams of its messages.
        var streams: [RecordedStream] = []
        /// The usage that the result states for all calls of the prompt.
        var usage: JSONValue?
        /// The output tokens of all its messages.
        var output: Int64 = 0
    }

    /// Agents by the tool call that started them; empty for the main one.
    private var agents: [String: Agent] = [:]
    private var order: [String] = []
    private var streams: [String: (assembler: StreamAssembler, recording: StreamRecording)] = [:]
    /// Streams that ended, by the id of their message.
    private var recorded: [(id: String, stream: RecordedStream)] = []
    private var isEmpty = true
    private var session: String?
    private var initial: JSONValue?
    private var seed = RecordingHash()
    private var prompts = 0

    mutating func read(_ document: JSONValue, at place: DocumentPlace, into collector: BatchCollector) -> Bool {
        guard let type = document["type"]?.string else { return false }
        let name = document["parent_tool_use_id"]?.string ?? ""
        if let id = document["session_id"]?.string, id != session {
            if session != nil { end(into: collector) }
            session = id
        }
        switch type {
        case "stream_event": readEvent(document, of: name, at: place, into: collector)
        case "system":
            guard document["subtype"]?.string == "init" else { return true }
            if !agents.isEmpty { end(into: collector) }
            initial = document
        case "assistant":
            guard let message = document["message"], message.members != nil else { return false }
            prepare(name, document, at: place)
            agents[name]?.add(message, document, &recorded)
        case "user":
            guard let message = document["message"] else { return false }
            prepare(name, document, at: place)
            agents[name]?.addInput(message, document, &recorded)
        case "result":
            prepare("", document, at: place)
            agents[""]?.finish(with: document, &recorded)
            end(into: collector)
        case "rate_limit_event", "control_request", "control_response", "keep_alive", "tool_progress": break
        default: return false
        }
        return true
    }

    mutating func finish(into collector: BatchCollector) {
        for agent in streams.keys.sorted() { close(agent, collector) }
        end(into: collector)
        guard isEmpty, collector.summary.rejected == 0 else { return }
        collector.reject(Rejection(byteOffset: 0, line: nil, reason: "a session without messages"))
    }

    /// Begins an agent's conversation where it has none.
    private mutating func prepare(_ name: String, _ document: JSONValue, at place: DocumentPlace) {
        guard agents[name] == nil else { return }
        if name.isEmpty || agents[""] == nil {
            seed = RecordingHash()
            seed.add((session ?? "").utf8)
            seed.addCanonical(document["uuid"] ?? .int(place.offset))
            seed.add(Int64(prompts))
            prompts += 1
            var talk = Conversation(name: "invoke_agent Claude Code", scope: "claude-stream-json", seed: seed)
            talk.agent = "Claude Code"
            talk.model = initial?["model"]?.string
            talk.set("gen_ai.agent.name", "Claude Code")
            talk.set("gen_ai.agent.version", initial?["claude_code_version"])
            talk.set("gen_ai.provider.name", "anthropic")
            talk.set("gen_ai.conversation.id", session)
            agents[""] = Agent(talk: talk)
            order.append("")
        }
        guard !name.isEmpty, let main = agents[""] else { return }
        let label = document["subagent_type"]?.string ?? "agent"
        var talk = Conversation(name: "invoke_agent " + label, under: name, of: main.talk)
        talk.agent = label
        talk.set("gen_ai.agent.name", label)
        talk.set("gen_ai.agent.id", document["agent_id"])
        talk.set("gen_ai.conversation.id", session)
        agents[name] = Agent(talk: talk)
        order.append(name)
    }

    private mutating func end(into collector: BatchCollector) {
        for name in order { agents[name]?.close(&recorded) }
        // Programs write the usage that the start of a message states beside its blocks: then outputs are not known.
        let total = agents[""]?.usage?["output_tokens"]?.int
        let isComplete = total.map { $0 == agents[""]?.output } ?? (agents.values.map(\.output).max() ?? 0 > 1)
        for name in order {
            guard var agent = agents[name] else { continue }
            if !isComplete {
                let known = Set(agent.streams.map(\.span.spanID))
                agent.talk.changeSpans { span in
                    if !known.contains(span.spanID) {
                        span.attributes.removeAll { $0.key == "gen_ai.usage.output_tokens" }
                    }
                }
                agent.talk.change { $0.setUsage(agent.usage) }
            }
            agent.talk.finish(into: collector)
            for stream in agent.streams { collector.add(stream) }
        }
        for (_, stream) in recorded { collector.add(stream) }
        isEmpty = isEmpty && order.isEmpty && recorded.isEmpty
        (agents, order, recorded) = ([:], [], [])
    }

    // MARK: Events of messages

    private mutating func readEvent(
        _ document: JSONValue, of agent: String, at place: DocumentPlace, into collector: BatchCollector
    ) {
        guard let event = document["event"] else { return }
        if event["type"]?.string == "message_start" { close(agent, collector) }
        if streams[agent] == nil {
            var recording = StreamRecording(source: "claude-stream-json")
            recording.endCauseWithoutMark = .unknown
            recording.hash.add(place.offset)
            if let session { recording.attributes.append(Attribute("gen_ai.conversation.id", .string(session))) }
            streams[agent] = (StreamAssembler(protocol: .anthropicMessages), recording)
        }
        streams[agent]?.recording.hash.addCanonical(document)
        streams[agent]?.assembler.append(event: Array(event.text().utf8), offsetNanos: nil)
        if event["type"]?.string == "message_stop" { close(agent, collector) }
    }

    private mutating func close(_ agent: String, _ collector: BatchCollector) {
        guard let (open, recording) = streams.removeValue(forKey: agent) else { return }
        var assembler = open
        let response = assembler.finish()
        guard assembler.chunkCount > 0 else { return }
        let stream = recording.stream(assembler.chunks, response)
        if let id = response.responseID {
            recorded.append((id, stream))
        } else {
            collector.add(stream)
            isEmpty = false
        }
    }
}

extension ClaudeReader.Agent {
    /// Takes a line of a message: blocks of the message at hand, or the beginning of another.
    mutating func add(_ message: JSONValue, _ line: JSONValue, _ recorded: inout [(id: String, stream: RecordedStream)])
    {
        let id = message["id"]?.string
        if open == nil || open?.id != id || id == nil {
            close(&recorded)
            open = ClaudeReader.Message(id: id, value: message, blocks: [])
        }
        open?.blocks += message["content"]?.elements ?? []
        open?.value = message
        open?.last = line["timestamp"]
        open?.error = line["error"]?.string
    }

    /// Ends the message at hand.
    mutating func close(_ recorded: inout [(id: String, stream: RecordedStream)]) {
        guard let message = open else { return }
        open = nil
        let place = recorded.firstIndex { $0.id == message.id }
        let stream = place.map { recorded.remove(at: $0).stream }
        let id = talk.addAnswer(["role": "assistant", "content": .array(message.blocks)]) { span in
            // A line is written when its block ends: the first one tells nothing of the start.
            span.times(nil, message.last)
            for attribute in stream?.span.attributes ?? [] where attribute.key.hasPrefix("gen_ai.usage.") {
                span.set(attribute.key, attribute.value.intValue.map { .int($0) })
            }
            span.setUsage(message.value["usage"])
            span.set("gen_ai.provider.name", "anthropic")
            span.set("gen_ai.request.model", message.value["model"])
            span.set("gen_ai.response.model", message.value["model"])
            span.set("gen_ai.response.id", message.id)
            span.set(
                "gen_ai.response.finish_reasons", stream?.info.finishReason ?? message.value["stop_reason"]?.string)
            if let error = message.error { span.fail(nil, type: error) }
        }
        let output = message.value["usage"]?["output_tokens"]?.int ?? 0
        self.output = self.output.addingIfFits(stream?.info.tokensBilled ?? output) ?? .max
        guard var stream else { return }
        stream.owner = .span(talk.root.span.traceID, id)
        (stream.span.traceID, stream.span.spanID) = (talk.root.span.traceID, id)
        streams.append(stream)
    }

    /// Takes what people and tools said.
    mutating func addInput(
        _ message: JSONValue, _ line: JSONValue, _ recorded: inout [(id: String, stream: RecordedStream)]
    ) {
        guard let parts = message["content"]?.elements else {
            if let content = message["content"] {
                close(&recorded)
                talk.addInput(role: "user", content)
            }
            return
        }
        // Results may come between the blocks of one message, whose calls must be known.
        for part in parts {
            guard part["type"] == "tool_result" else {
                close(&recorded)
                talk.addInput(role: "user", .array([part]))
                continue
            }
            let id = part["tool_use_id"]?.string
            for block in open?.blocks ?? [] where block["id"]?.string == id { close(&recorded) }
            talk.addResult(of: id, part["content"] ?? .null) { span in
                span.times(nil, line["timestamp"])
                if part["is_error"] == true { span.fail(part["content"]?.string, type: "tool_error") }
            }
        }
    }

    /// Takes the result of a prompt; its usage is that of the main agent's calls, which state their own.
    mutating func finish(with result: JSONValue, _ recorded: inout [(id: String, stream: RecordedStream)]) {
        close(&recorded)
        usage = result["usage"]
        talk.set("output.value", result["result"])
        for key in ["subtype", "total_cost_usd", "duration_ms", "duration_api_ms", "num_turns", "terminal_reason"] {
            talk.set("claude_code.result." + key, result[key])
        }
        if let usage = result["usage"] { talk.set("claude_code.result.usage", usage) }
        if result["is_error"] == true {
            talk.change { $0.fail(result["result"]?.string, type: result["subtype"]?.string) }
        }
    }
}
