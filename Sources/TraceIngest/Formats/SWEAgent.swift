import FastJSON
import TraceModel

extension InputFormat {
    package static let sweAgent = documents(
        name: "swe-agent", help: "trajectories of SWE-agent and mini-swe-agent (.traj)",
        what: "a trajectory of SWE-agent",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.texts["trajectory_format"]?.hasPrefix("mini-swe-agent") == true { return .signature }
            if json.has("trajectory", "environment") || json.has("trajectory", "history") { return .signature }
            if json.has("history"), json.innerKeys.contains("message_type") { return .signature }
            if json.has("info", "messages"), json.innerKeys.contains("model_stats") { return .signature }
            return json.isObject && head.hasSuffix(".traj") ? .name : nil
        },
        read: { value, _, collector in
            if let messages = value["messages"]?.elements, value["info"]?.members != nil {
                readMini(value, messages, collector)
            } else if let steps = value["trajectory"]?.elements, !steps.isEmpty {
                readSteps(value, steps, collector)
            } else if let history = value["history"]?.elements {
                readHistory(value, history, collector)
            } else {
                return false
            }
            return true
        })

    /// Reads a trajectory: each step is an answer of the model, the command in it, and what that printed.
    private static func readSteps(_ value: JSONValue, _ steps: [JSONValue], _ collector: BatchCollector) {
        var talk = begin(value)
        let history = value["history"]?.elements ?? []
        for message in history.prefix(while: { $0["role"] != "assistant" || $0["is_demo"] == true })
        where message["is_demo"] != true { talk.add(message) }
        let answers = history.filter { $0["role"] == "assistant" && $0["is_demo"] != true }
        for (index, step) in steps.enumerated() {
            var answer: [JSONMember] = [
                JSONMember("role", "assistant"),
                JSONMember("content", step["response"] ?? step["thought"] ?? .null),
            ]
            // The history knows the calls of tools, where it keeps step with the trajectory.
            let calls = step["tool_calls"] ?? (answers.count == steps.count ? answers[index]["tool_calls"] : nil)
            if let calls, calls.elements?.isEmpty == false { answer.append(JSONMember("tool_calls", calls)) }
            talk.addAnswer(.object(answer))
            guard let action = step["action"]?.string, !action.isEmpty else { continue }
            let word = action.prefix { !$0.isWhitespace }
            let call = calls?[0]?["id"]?.string
            talk.addResult(
                of: call, name: call == nil ? String(word) : nil, step["observation"] ?? .null,
                arguments: ["command": .string(action)]
            ) { span in
                span.set("swe_agent.execution_time", step["execution_time"])
                if let state = step["state"], !state.isVoid { span.set("swe_agent.state", state) }
            }
        }
        talk.finish(into: collector)
    }

    /// Reads the messages of a file without steps.
    private static func readHistory(_ value: JSONValue, _ history: [JSONValue], _ collector: BatchCollector) {
        var talk = begin(value)
        for message in history where message["is_demo"] != true {
            if message["role"] == "tool" {
                let call = message["tool_call_ids"]?[0]?.string ?? message["tool_call_id"]?.string
                talk.addResult(of: call, message["content"] ?? .null)
            } else {
                talk.add(message)
            }
        }
        talk.finish(into: collector)
    }

    private static func begin(_ value: JSONValue) -> Conversation {
        var talk = Conversation(name: "invoke_agent SWE-agent", scope: "swe-agent", seed: RecordingHash(of: value))
        let configuration = value["replay_config"]?.unpacked
        talk.model = configuration?["agent"]?["model"]?["name"]?.string
        talk.set("gen_ai.agent.name", "SWE-agent")
        talk.set("swe_agent.environment", value["environment"])
        describe(value["info"] ?? .null, &talk)
        return talk
    }

    /// What is known of the whole run.
    private static func describe(_ info: JSONValue, _ talk: inout Conversation) {
        talk.set("swe_agent.exit_status", info["exit_status"])
        talk.set("output.value", info["submission"])
        let statistics = info["model_stats"]
        for member in statistics?.members ?? [] { talk.set("swe_agent.model_stats." + member.key, member.value) }
        // Where nobody called a model, as with a human at the keys, zeros say nothing.
        guard let calls = statistics?["api_calls"]?.int, calls > 0 else { return }
        talk.set("gen_ai.usage.input_tokens", statistics?["tokens_sent"])
        talk.set("gen_ai.usage.output_tokens", statistics?["tokens_received"])
    }

    /// Reads a trajectory of mini-swe-agent: messages with the raw response and a time of arrival beside each.
    private static func readMini(_ value: JSONValue, _ messages: [JSONValue], _ collector: BatchCollector) {
        let info = value["info"] ?? .null
        var talk = Conversation(
            name: "invoke_agent mini-swe-agent", scope: "swe-agent", seed: RecordingHash(of: value))
        talk.model = info["config"]?["model"]?["model_name"]?.string
        talk.set("gen_ai.agent.name", "mini-swe-agent")
        talk.set("gen_ai.agent.version", info["mini_version"])
        describe(info, &talk)
        for message in messages where message["role"] != "exit" {
            let extra = message["extra"]
            let bare = JSONValue.object((message.members ?? []).filter { $0.key != "extra" && !$0.value.isNull })
            talk.add(bare) { span in
                span.times(nil, extra?["timestamp"], unit: .seconds)
                let response = extra?["response"]
                span.setUsage(response?["usage"])
                span.set("gen_ai.response.id", response?["id"])
                span.set("gen_ai.response.model", response?["model"])
                span.set("gen_ai.response.finish_reasons", response?["choices"]?[0]?["finish_reason"])
                span.set("mini_swe_agent.cost", extra?["cost"])
                if let code = extra?["returncode"]?.int, code != 0 {
                    span.fail(extra?["exception_info"]?.filledString, type: "exit code \(code)")
                }
            }
        }
        talk.finish(into: collector)
    }
}
