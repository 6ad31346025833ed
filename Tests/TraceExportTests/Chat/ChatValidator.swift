import FastJSON

/// What is wrong with a line of chat messages, strictly; empty where nothing is.
enum ChatValidator {
    /// A line of `openai-messages`, by the rules of OpenAI's fine-tuning and no key more.
    static func openAI(_ line: JSONValue) -> [String] {
        var faults = unknownKeys(line, ["messages", "tools", "parallel_tool_calls"], "line")
        for tool in line["tools"]?.elements ?? [] {
            faults += unknownKeys(tool, ["type", "function"], "tool")
            faults += unknownKeys(
                tool["function"] ?? .null, ["name", "description", "parameters", "strict"], "function")
            if tool["function"]?["parameters"]?.members == nil { faults.append("a tool without a schema") }
        }
        for message in line["messages"]?.elements ?? [] {
            let known: Set<String>
            switch message["role"]?.string {
            case "system": known = ["role", "content"]
            case "user": known = ["role", "content", "name"]
            case "assistant": known = ["role", "content", "name", "tool_calls"]
            default: known = ["role", "content", "tool_call_id"]
            }
            faults += unknownKeys(message, known, "message")
            if message["tool_calls"]?.elements?.isEmpty == true { faults.append("an empty list of calls") }
            for name in [message["name"]?.string] + calls(message).map(\.name) {
                if let name, !isName(name) { faults.append("a name that is not taken: \(name)") }
            }
        }
        return faults + conversation(line["messages"]?.elements ?? [])
    }

    /// A line of `hf-messages`: the same conversation, every column in every row, none null.
    static func huggingFace(_ line: JSONValue) -> [String] {
        var faults = columns(line, ["id", "messages", "tools", "metadata"], "row")
        for message in line["messages"]?.elements ?? [] {
            let names = ["role", "content", "reasoning_content", "name", "tool_calls", "tool_call_id"]
            faults += columns(message, names, "message")
            if ["content", "name", "tool_call_id"].contains(where: { message[$0]?.string == nil }) {
                faults.append("a column that is no text")
            }
        }
        if (try? JSONValue(parsing: line["tools"]?.string ?? ""))?.elements == nil {
            faults.append("tools are no list")
        }
        return faults + conversation(line["messages"]?.elements ?? [])
    }

    /// A line of `sharegpt`, by the rules of LLaMA-Factory's loader.
    static func shareGPT(_ line: JSONValue) -> [String] {
        var faults = columns(line, ["conversations", "system", "tools"], "row")
        let turns = line["conversations"]?.elements ?? []
        if turns.isEmpty || turns.count % 2 != 0 { faults.append("\(turns.count) turns") }
        for (place, turn) in turns.enumerated() {
            faults += columns(turn, ["from", "value"], "turn")
            let from = turn["from"]?.string ?? ""
            let taken = place % 2 == 0 ? ["human", "observation"] : ["gpt", "function_call"]
            if !taken.contains(from) { faults.append("\(from) at \(place + 1)") }
            if from != "observation", turn["value"]?.string?.isEmpty != false { faults.append("an empty turn") }
            if from == "observation", place == 0 || turns[place - 1]["from"]?.string != "function_call" {
                faults.append("an observation without a call")
            }
            guard from == "function_call" else { continue }
            let value = (try? JSONValue(parsing: turn["value"]?.string ?? "")) ?? .null
            for call in value.elements ?? [value] where call["name"]?.string == nil || call["arguments"] == .none {
                faults.append("a call that is none")
            }
        }
        if turns.last?["from"]?.string != "gpt" { faults.append("the last turn is no answer") }
        if let tools = line["tools"]?.string, !tools.isEmpty {
            for tool in (try? JSONValue(parsing: tools))?.elements ?? [.null] {
                if tool["name"]?.string == nil || tool["parameters"]?["properties"]?.members == nil {
                    faults.append("a tool that cannot be shown")
                }
            }
        }
        return faults
    }

    /// Roles and order: the system first, calls answered once before anything else is said, an answer last.
    private static func conversation(_ messages: [JSONValue]) -> [String] {
        var faults: [String] = []
        var open: Set<String> = []
        for (place, message) in messages.enumerated() {
            let role = message["role"]?.string ?? ""
            if role == "tool" {
                if open.remove(message["tool_call_id"]?.string ?? "") == nil { faults.append("a stray result") }
                if message["content"]?.string == nil { faults.append("a result without content") }
                continue
            }
            if !open.isEmpty { faults.append("unanswered calls before \(role)") }
            if !["system", "user", "assistant"].contains(role) { faults.append("role \(role)") }
            if role == "system" && place > 0 { faults.append("system at \(place)") }
            let asked = calls(message)
            let content = message["content"] ?? .null
            let isEmpty = content.string?.isEmpty ?? content.elements?.isEmpty ?? true
            if isEmpty && asked.isEmpty { faults.append("an empty message of \(role)") }
            if role != "assistant" && !asked.isEmpty { faults.append("calls of \(role)") }
            for call in asked where !open.insert(call.id).inserted || call.id.isEmpty {
                faults.append("a call id twice")
            }
            if asked.contains(where: { $0.name.isEmpty }) { faults.append("a call without a name") }
        }
        if messages.last?["role"]?.string != "assistant" || !calls(messages.last ?? .null).isEmpty {
            faults.append("the last message is no answer")
        }
        return faults
    }

    private static func calls(_ message: JSONValue) -> [(id: String, name: String)] {
        (message["tool_calls"]?.elements ?? []).map { call in
            let isWhole = call["type"]?.string == "function" && call["function"]?["arguments"]?.string != nil
            return (call["id"]?.string ?? "", isWhole ? call["function"]?["name"]?.string ?? "" : "")
        }
    }

    private static func unknownKeys(_ value: JSONValue, _ known: Set<String>, _ what: String) -> [String] {
        guard let members = value.members else { return ["a \(what) that is no object"] }
        return members.map(\.key).filter { !known.contains($0) }.map { "\(what) with \($0)" }
    }

    private static func columns(_ value: JSONValue, _ names: [String], _ what: String) -> [String] {
        value.members?.map(\.key) == names ? [] : ["a \(what) with other columns"]
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }
}
