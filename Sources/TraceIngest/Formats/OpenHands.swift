import Basics
import FastJSON
import TraceModel

extension InputFormat {
    package static let openHands: InputFormat = {
        var format = documents(
            name: "openhands",
            help: "events and trajectories of OpenHands, of both generations; a folder of events is one trace",
            what: "an event of OpenHands",
            sniff: { head in
                guard let json = head.json else { return nil }
                if json.has("source", "timestamp"), json.has("action") || json.has("observation") || json.has("cause") {
                    return .fields
                }
                if json.has("source", "timestamp"), json.texts["kind"]?.hasSuffix("Event") == true { return .fields }
                return json.has("instance_id", "history") ? .fields : nil
            },
            open: { OpenHandsReader() })
        format.claim = { OpenHandsFolders($0).groups }
        return format
    }()
}

/// The folders of a conversation of OpenHands, with a file for each event.
///
/// They are `events/event-00007-….json` beside `base_state.json`, and before that `events/7.json`, of which pages may be
/// in `event_cache/0-25.json` too.
private struct OpenHandsFolders {
    private(set) var groups: [FileGroup] = []

    init(_ listing: FolderListing) {
        var events: [String: [(number: Int, file: String)]] = [:]
        var pages: [String: [String]] = [:]
        for file in listing.files where file.hasSuffix(".json") {
            let cut = file.lastIndex(of: "/")
            let folder = cut.map { String(file[..<$0]) } ?? ""
            let place = folder.isEmpty ? listing.folder : folder
            let name = file[(cut.map { file.index(after: $0) } ?? file.startIndex)...].dropLast(5)
            if let number = Self.number(of: name), Self.isNamed(place, "events") {
                events[folder, default: []].append((number, file))
            } else if Self.isNamed(place, "event_cache"), name.split(separator: "-").allSatisfy({ Int($0) != nil }) {
                pages[Self.parent(of: folder), default: []].append(file)
            }
        }
        for (folder, files) in events.sorted(by: { $0.key < $1.key }) {
            let sorted = files.sorted { ($0.number, $0.file) < ($1.number, $1.file) }.map(\.file)
            // Other programs number their files too.
            guard let first = sorted.first, listing.format(of: first) == InputFormat.openHands.name else { continue }
            let parent = Self.parent(of: folder)
            let state = parent + "base_state.json"
            let others = listing.contains(state) && !folder.isEmpty ? [state] : []
            groups.append(
                FileGroup(main: first, parts: sorted.dropFirst() + others, replaced: pages[parent] ?? []))
        }
    }

    private static func number(of name: Substring) -> Int? {
        let parts = name.split(separator: "-", maxSplits: 2)
        return parts.first == "event" && parts.count > 1 ? Int(parts[1]) : Int(name)
    }

    private static func isNamed(_ folder: String, _ name: String) -> Bool {
        folder.split(separator: "/").last.map { $0 == name } ?? false
    }

    /// The folder around a folder, with its last slash.
    private static func parent(of folder: String) -> String {
        folder.lastIndex(of: "/").map { String(folder[...$0]) } ?? ""
    }
}

/// Reads the events of OpenHands: a list, one a line, or under `history` of an evaluation's lines.
///
/// Events of one input are one conversation. Their times have no zone and count as UTC: that of an action is when the
/// model had answered, so its call has an end and no start; a tool runs from its action to its observation.
private struct OpenHandsReader: DocumentReader {
    private var events: [JSONValue] = []
    /// What is kept beside the events of a conversation: its model, and the tokens of each answer.
    private var state: JSONValue?

    mutating func read(_ document: JSONValue, at place: DocumentPlace, into collector: BatchCollector) -> Bool {
        if let history = document["history"]?.elements ?? document["trajectory"]?.elements {
            // Early evaluations wrote pairs of action and observation.
            write(history.flatMap { $0.elements ?? [$0] }, of: document, into: collector)
            return true
        }
        if document["stats"]?["usage_to_metrics"] != nil {
            state = document
            return true
        }
        guard document["source"] != nil, document["timestamp"] != nil else { return false }
        events.append(document)
        return true
    }

    mutating func finish(into collector: BatchCollector) {
        if !events.isEmpty { write(events, of: .null, into: collector) }
    }

    /// Adds what the state of the conversation says of an answer: its tokens, and how long it took.
    private func describe(_ response: JSONValue?, at time: JSONValue?, _ span: inout ForeignSpan) {
        span.times(nil, time)
        span.set("gen_ai.response.id", response)
        guard let id = response?.string else { return }
        for metrics in (state?["stats"]?["usage_to_metrics"]?.members ?? []).map(\.value) {
            guard let usage = metrics["token_usages"]?.elements?.first(where: { $0["response_id"]?.string == id })
            else { continue }
            span.setUsage(usage)
            span.set("gen_ai.usage.cache_read.input_tokens", usage["cache_read_tokens"])
            span.set("gen_ai.usage.cache_creation.input_tokens", usage["cache_write_tokens"])
            span.set("gen_ai.response.model", usage["model"])
            let latency = metrics["response_latencies"]?.elements?.first { $0["response_id"]?.string == id }
            if let seconds = latency?["latency"]?.double, let end = span.span.endUnixNano,
                let taken = OutsideNumber.time(unixSeconds: seconds)
            {
                span.change { $0.startUnixNano = end.subtractingIfFits(taken) }
            }
        }
    }

    private func write(_ events: [JSONValue], of run: JSONValue, into collector: BatchCollector) {
        var seed = RecordingHash(of: run)
        for event in events { seed.addCanonical(event) }
        var talk = Conversation(name: "invoke_agent OpenHands", scope: "openhands", seed: seed)
        talk.agent = "OpenHands"
        talk.model = (run["metadata"]?["llm_config"] ?? state?["agent"]?["llm"])?["model"]?.string
        talk.set("gen_ai.conversation.id", state?["id"])
        talk.set("gen_ai.agent.name", "OpenHands")
        talk.set("openhands.instance_id", run["instance_id"])
        talk.set("input.value", run["instruction"])
        talk.set("openhands.accumulated_cost", run["metrics"]?["accumulated_cost"])
        let times = events.compactMap { ForeignTime.nanos($0["timestamp"], .seconds) }
        talk.change { span in
            span.change { ($0.startUnixNano, $0.endUnixNano) = (times.min(), times.max()) }
        }
        var begun: [String: JSONValue] = [:]
        var answered: Set<String> = []
        for event in events {
            if event["kind"]?.string != nil, event["action"]?.string == nil {
                addNew(event, to: &talk, &begun, &answered)
            } else {
                Self.addOld(event, to: &talk, &begun, &answered)
            }
        }
        // What was begun and has no observation ran on.
        for (call, action) in begun.sorted(by: { $0.key < $1.key }) where action["tool_call_id"] != nil {
            talk.addResult(of: call, name: action["tool_name"]?.string, .null) { $0.times(action["timestamp"], nil) }
        }
        talk.finish(into: collector)
    }

    /// The first generation: actions and observations that name their cause.
    private static func addOld(
        _ event: JSONValue, to talk: inout Conversation, _ begun: inout [String: JSONValue],
        _ answered: inout Set<String>
    ) {
        let metadata = event["tool_call_metadata"]
        let id = event["id"]?.rawText ?? ""
        if let word = event["action"]?.string {
            begun[id] = event
            let text = event["args"]?["content"] ?? event["args"]?["thought"] ?? event["message"] ?? .null
            if event["source"] == "user" {
                talk.addInput(role: "user", text)
            } else if word == "system" {
                talk.addInput(role: "system", text)
            } else if event["source"] == "agent", !["change_agent_state", "recall"].contains(word) {
                let response = metadata?["model_response"]
                if let known = response?["id"]?.string, !answered.insert(known).inserted { return }
                let message = response?["choices"]?[0]?["message"] ?? ["role": "assistant", "content": text]
                talk.addAnswer(message) { span in
                    span.times(nil, event["timestamp"])
                    span.setUsage(response?["usage"])
                    span.set("gen_ai.response.id", response?["id"])
                    span.set("gen_ai.response.model", response?["model"])
                    span.set("gen_ai.response.finish_reasons", response?["choices"]?[0]?["finish_reason"])
                }
            }
        } else if let word = event["observation"]?.string, !["agent_state_changed", "null"].contains(word) {
            let cause = event["cause"]?.rawText.flatMap { begun[$0] }
            guard cause?["source"] != "user" else { return }
            let name = metadata?["function_name"] ?? cause?["action"] ?? event["observation"]
            talk.addResult(
                of: metadata?["tool_call_id"]?.string, name: name?.string, event["content"] ?? .null,
                arguments: cause?["args"]
            ) { span in
                span.times(cause?["timestamp"], event["timestamp"])
                let code = (event["extras"]?["exit_code"] ?? event["extras"]?["metadata"]?["exit_code"])?.int
                if word == "error" { span.fail(event["content"]?.string, type: "error") }
                if let code, code != 0 { span.fail(nil, type: "exit code \(code)") }
            }
        }
    }

    /// The second generation: events with a kind, tied by the ids of tool calls.
    private func addNew(
        _ event: JSONValue, to talk: inout Conversation, _ begun: inout [String: JSONValue],
        _ answered: inout Set<String>
    ) {
        switch event["kind"]?.string {
        case "SystemPromptEvent"?: talk.addInput(role: "system", event["system_prompt"]?["text"] ?? .null)
        case "MessageEvent"?:
            let message = event["llm_message"] ?? ["role": "user", "content": event["message"] ?? .null]
            if event["source"] == "agent" {
                talk.addAnswer(message) { describe(event["llm_response_id"], at: event["timestamp"], &$0) }
            } else {
                talk.addInput(role: message["role"]?.string ?? "user", message["content"] ?? .null)
            }
        case "ActionEvent"?:
            let call = event["tool_call"] ?? .null
            if let id = event["tool_call_id"]?.string { begun[id] = event }
            // Calls of one response are events of their own.
            if let known = event["llm_response_id"]?.string, !answered.insert(known).inserted {
                talk.addCall(id: call["id"]?.string, name: call["name"]?.string, arguments: call["arguments"])
                return
            }
            var parts: [JSONValue] = []
            if let text = event["reasoning_content"]?.filledString { parts.append(AtifContent.reasoning(text)) }
            parts += event["thought"]?.elements ?? []
            let message: JSONValue = ["role": "assistant", "content": .array(parts), "tool_calls": .array([call])]
            talk.addAnswer(message) { describe(event["llm_response_id"], at: event["timestamp"], &$0) }
        case "ObservationEvent"?, "AgentErrorEvent"?, "UserRejectObservation"?:
            let id = event["tool_call_id"]?.string
            let action = id.flatMap { begun.removeValue(forKey: $0) }
            let observation = event["observation"]
            let content = observation?["content"] ?? observation ?? event["error"] ?? event["rejection_reason"] ?? .null
            talk.addResult(of: id, name: event["tool_name"]?.string, content) { span in
                span.times(action?["timestamp"], event["timestamp"])
                if observation?["is_error"] == true || event["error"] != nil {
                    span.fail(event["error"]?.string, type: "tool_error")
                }
            }
        default: break
        }
    }
}
