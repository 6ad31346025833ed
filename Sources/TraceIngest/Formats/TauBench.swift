import FastJSON
import TraceModel

extension InputFormat {
    package static let tauBench = documents(
        name: "tau-bench", help: "results of tau-bench and tau2-bench with their conversations and rewards",
        what: "a result of tau-bench",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("task_id", "reward", "traj") || json.has("simulations", "tasks") { return .signature }
            if json.has("task_id", "reward_info", "messages") { return .signature }
            // A first task may be longer than what is looked at.
            let hasAgent = !json.innerKeys.isDisjoint(with: ["agent_info", "environment_info"])
            return json.has("info") && hasAgent || json.has("task_id", "reward", "info") ? .fields : nil
        },
        read: { value, _, collector in
            if let simulations = value["simulations"]?.elements {
                for simulation in simulations { readSimulation(simulation, of: value, collector) }
            } else if let messages = value["traj"]?.elements {
                readResult(value, messages, collector)
            } else if value["messages"]?.elements != nil, value["task_id"] != nil {
                readSimulation(value, of: .null, collector)
            } else {
                return false
            }
            return true
        })

    private static func begin(_ value: JSONValue) -> Conversation {
        var talk = Conversation(
            name: "tau-bench task \(value["task_id"]?.rawText ?? "?")", scope: "tau-bench",
            seed: RecordingHash(of: value))
        for key in ["task_id", "trial", "seed", "termination_reason", "agent_cost", "user_cost"] {
            talk.set("tau_bench." + key, value[key])
        }
        let reward = value["reward"] ?? value["reward_info"]?["reward"]
        talk.set("evaluations.0.evaluation.name", reward.map { _ in "reward" })
        talk.set("evaluations.0.evaluation.score", reward)
        return talk
    }

    /// Reads a result of tau-bench: no clock, no usage.
    private static func readResult(_ value: JSONValue, _ messages: [JSONValue], _ collector: BatchCollector) {
        var talk = begin(value)
        let info = value["info"]
        talk.set("input.value", info?["task"]?["instruction"])
        talk.set("tau_bench.user_cost", info?["user_cost"])
        for message in messages { talk.add(message) }
        talk.finish(into: collector)
    }

    /// Reads a simulation of tau2: messages with the times at which they were made.
    ///
    /// The simulated user is no agent of the program, so its tokens stand beside the message that it wrote.
    private static func readSimulation(_ value: JSONValue, of document: JSONValue, _ collector: BatchCollector) {
        var talk = begin(value)
        let info = document["info"]
        talk.model = info?["agent_info"]?["llm"]?.string
        talk.agent = info?["agent_info"]?["implementation"]?.string
        talk.set("gen_ai.agent.name", talk.agent)
        talk.set("gen_ai.request.model", talk.model)
        talk.set("tau_bench.domain", info?["environment_info"]?["domain_name"])
        talk.change { $0.times(value["start_time"], value["end_time"], unit: .seconds) }
        let task = document["tasks"]?.elements?.first { $0["id"] == value["task_id"] }
        if let scenario = task?["user_scenario"]?["instructions"] { talk.set("input.value", scenario) }
        for message in value["messages"]?.elements ?? [] {
            let time = message["timestamp"]
            switch message["role"]?.string {
            case "tool"?:
                for result in message["tool_messages"]?.elements ?? [message] {
                    talk.addResult(of: result["id"]?.string, result["content"] ?? .null) { span in
                        span.times(nil, result["timestamp"] ?? time, unit: .seconds)
                        span.set("tau_bench.requestor", result["requestor"])
                        if result["error"] == true { span.fail(nil, type: "tool_error") }
                    }
                }
            case "assistant"?:
                let keys = ["role", "content", "tool_calls"]
                let bare = (message.members ?? []).filter { keys.contains($0.key) && !$0.value.isNull }
                talk.addAnswer(.object(bare)) { span in
                    span.times(nil, time, unit: .seconds)
                    span.setUsage(message["usage"])
                    span.set("tau_bench.cost", message["cost"])
                    span.set("gen_ai.response.id", message["raw_data"]?["id"])
                    span.set("gen_ai.response.model", message["raw_data"]?["model"])
                }
            default: talk.addInput(role: message["role"]?.string ?? "user", message["content"] ?? .null)
            }
        }
        talk.finish(into: collector)
    }
}
