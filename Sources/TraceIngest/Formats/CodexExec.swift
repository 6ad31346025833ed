import FastJSON
import TraceModel

extension InputFormat {
    package static let codexExec = documents(
        name: "codex-exec", help: "lines of `codex exec --json`: turns, items and their usage, without times",
        what: "an event of codex exec",
        sniff: { head in
            guard let type = head.json?.texts["type"] else { return nil }
            if type == "thread.started" || type == "turn.started" { return .signature }
            return type.hasPrefix("item.") && head.json?.has("item") == true ? .fields : nil
        },
        open: { CodexReader() })
}

/// Reads what `codex exec --json` prints.
///
/// A turn is an agent's run with the usage of all its model calls, which stand nowhere alone; items are what came of
/// them. Nothing tells the time.
private struct CodexReader: DocumentReader {
    private var talk: Conversation?
    private var thread: String?
    private var turns = 0
    private var reasoning: [JSONValue] = []
    /// Items that were begun and whose end did not come so far.
    private var open: [(id: String, item: JSONValue)] = []

    mutating func read(_ document: JSONValue, at place: DocumentPlace, into collector: BatchCollector) -> Bool {
        guard let type = document["type"]?.string else { return false }
        switch type {
        case "thread.started":
            end(into: collector)
            thread = document["thread_id"]?.string
        case "turn.started":
            end(into: collector)
            begin(place)
        case "turn.completed":
            if talk == nil { begin(place) }
            talk?.change { $0.setUsage(document["usage"]) }
            end(into: collector)
        case "turn.failed", "error":
            if talk == nil { begin(place) }
            let message = document["error"]?["message"]?.string ?? document["message"]?.string
            talk?.change { $0.fail(message, type: "turn_failed") }
            if type == "turn.failed" { end(into: collector) }
        case "item.started", "item.updated", "item.completed":
            guard let item = document["item"], item.members != nil else { return false }
            if talk == nil { begin(place) }
            if type == "item.completed" {
                open.removeAll { $0.id == item["id"]?.string }
                add(item, isDone: true)
            } else if let id = item["id"]?.string {
                open.removeAll { $0.id == id }
                open.append((id, item))
            }
        default: return false
        }
        return true
    }

    mutating func finish(into collector: BatchCollector) { end(into: collector) }

    private mutating func begin(_ place: DocumentPlace) {
        var seed = RecordingHash()
        seed.add((thread ?? "").utf8)
        seed.add(thread == nil ? place.offset : Int64(turns))
        turns += 1
        var talk = Conversation(name: "invoke_agent Codex", scope: "codex-exec", seed: seed)
        talk.agent = "Codex"
        talk.set("gen_ai.agent.name", "Codex")
        talk.set("gen_ai.conversation.id", thread)
        self.talk = talk
    }

    private mutating func end(into collector: BatchCollector) {
        guard var ended = talk else { return }
        for (_, item) in open { Self.add(item, isDone: false, to: &ended, &reasoning) }
        (open, reasoning) = ([], [])
        ended.finish(into: collector)
        talk = nil
    }

    private mutating func add(_ item: JSONValue, isDone: Bool) {
        guard var changed = talk else { return }
        Self.add(item, isDone: isDone, to: &changed, &reasoning)
        talk = changed
    }

    private static func add(
        _ item: JSONValue, isDone: Bool, to talk: inout Conversation, _ reasoning: inout [JSONValue]
    ) {
        let id = item["id"]?.string
        switch item["type"]?.string {
        case "reasoning"?: reasoning.append(AtifContent.reasoning(item["text"]?.string ?? ""))
        case "agent_message"?:
            let text = AtifContent.part(item["text"]?.string ?? "")
            talk.addAnswer(AtifContent.message("assistant", reasoning + [text]))
            reasoning = []
        case "error"?:
            talk.add("error") { span in
                span.set("input.value", item["message"])
                span.fail(item["message"]?.string, type: "codex_error")
            }
        case "todo_list"?: talk.add("todo_list") { $0.set("output.value", item["items"]) }
        case let type?:
            let (name, arguments, result) = tool(item, type)
            talk.addResult(of: id, name: name, result, arguments: arguments) { span in
                span.set("codex.status", item["status"])
                span.set("codex.server", item["server"])
                if let code = item["exit_code"]?.int, code != 0 {
                    span.fail(nil, type: "exit code \(code)")
                } else if item["status"] == "failed" || item["status"] == "declined" {
                    span.fail(item["error"]?["message"]?.string, type: item["status"]?.string)
                }
                if !isDone { span.set("codex.unfinished", .bool(true)) }
            }
        case nil: break
        }
    }

    /// The name, arguments and result of an item that is a tool's run.
    private static func tool(_ item: JSONValue, _ type: String) -> (String, JSONValue, JSONValue) {
        switch type {
        case "command_execution":
            ("shell", ["command": item["command"] ?? .null], item["aggregated_output"] ?? .null)
        case "file_change": ("apply_patch", ["changes": item["changes"] ?? .null], item["status"] ?? .null)
        case "mcp_tool_call":
            (item["tool"]?.string ?? type, item["arguments"] ?? .null, item["result"] ?? item["error"] ?? .null)
        case "web_search": ("web_search", ["query": item["query"] ?? .null], .null)
        case "collab_tool_call":
            (
                item["tool"]?.string ?? type, ["prompt": item["prompt"] ?? .null],
                item["agents_states"] ?? item["status"] ?? .null
            )
        default: (type, .object((item.members ?? []).filter { $0.key != "id" && $0.key != "type" }), .null)
        }
    }
}
