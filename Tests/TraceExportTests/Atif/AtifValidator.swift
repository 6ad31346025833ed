import FastJSON

/// A strict reader of the format, written from its description alone: it tells all that a document does wrong.
struct AtifValidator {
    private(set) var faults: [String] = []

    /// The faults of a document and of all within it.
    static func faults(_ document: JSONValue) -> [String] {
        var validator = AtifValidator()
        var open: [(JSONValue, String)] = [(document, "$")]
        while let (value, path) = open.popLast() {
            validator.trajectory(value, path)
            for (index, inner) in (value["subagent_trajectories"]?.elements ?? []).enumerated() {
                open.append((inner, "\(path).subagent_trajectories[\(index)]"))
            }
        }
        return validator.faults
    }

    private typealias Check = @Sendable (JSONValue) -> Bool

    private static let text: Check = { $0.string != nil }
    private static let object: Check = { $0.members != nil }
    private static let list: Check = { $0.elements != nil }
    private static let bool: Check = { $0.bool != nil }
    private static let count: Check = { if case .int(let value) = $0 { value >= 0 } else { false } }
    private static let number: Check = { $0.double != nil }
    private static let numbers: Check = { $0.elements?.allSatisfy { $0.double != nil } == true }
    private static let counts: Check = { $0.elements?.allSatisfy(count) == true }
    private static let objects: Check = { $0.elements?.allSatisfy(object) == true }

    /// Checks the keys of an object and the types behind them; null stands for absent where a key may be absent.
    @discardableResult
    private mutating func check(
        _ value: JSONValue?, _ path: String, required: [String: Check], optional: [String: Check] = [:]
    ) -> Bool {
        guard let members = value?.members else {
            faults.append("\(path): no object")
            return false
        }
        if Set(members.map(\.key)).count < members.count { faults.append("\(path): a key stands twice") }
        for member in members {
            if let check = required[member.key] {
                if !check(member.value) { faults.append("\(path).\(member.key): wrong type") }
            } else if let check = optional[member.key] {
                if !member.value.isNull && !check(member.value) { faults.append("\(path).\(member.key): wrong type") }
            } else {
                faults.append("\(path).\(member.key): unknown key")
            }
        }
        for key in required.keys.sorted() where !members.contains(where: { $0.key == key }) {
            faults.append("\(path).\(key): missing")
        }
        return true
    }

    private mutating func trajectory(_ value: JSONValue, _ path: String) {
        let version = value["schema_version"]?.string ?? ""
        let versions = (0...8).map { "ATIF-v1.\($0)" }
        if !versions.contains(version) { faults.append("\(path).schema_version: \(version)") }
        let isNewest = version == "ATIF-v1.7" || version == "ATIF-v1.8"
        var required: [String: Check] = [
            "schema_version": Self.text, "agent": Self.object, "steps": { $0.elements?.isEmpty == false },
        ]
        var optional: [String: Check] = [
            "notes": Self.text, "final_metrics": Self.object, "continued_trajectory_ref": Self.text,
        ]
        if isNewest {
            optional["session_id"] = Self.text
            optional["trajectory_id"] = Self.text
            optional["subagent_trajectories"] = Self.objects
        } else {
            required["session_id"] = Self.text
        }
        if version != "ATIF-v1.0" { optional["extra"] = Self.object }
        check(value, path, required: required, optional: optional)
        check(
            value["agent"], path + ".agent", required: ["name": Self.text, "version": Self.text],
            optional: ["model_name": Self.text, "tool_definitions": Self.objects, "extra": Self.object])
        if let metrics = value["final_metrics"], !metrics.isNull {
            check(
                metrics, path + ".final_metrics", required: [:],
                optional: [
                    "total_prompt_tokens": Self.count, "total_completion_tokens": Self.count,
                    "total_cached_tokens": Self.count, "total_cost_usd": Self.number, "total_steps": Self.count,
                    "extra": Self.object,
                ])
        }
        let inner = value["subagent_trajectories"]?.elements ?? []
        let ids = inner.compactMap { $0["trajectory_id"]?.string }
        if ids.count < inner.count { faults.append("\(path): a trajectory within has no id") }
        if Set(ids).count < ids.count { faults.append("\(path): two trajectories of one id") }
        for (index, step) in (value["steps"]?.elements ?? []).enumerated() {
            self.step(step, index + 1, "\(path).steps[\(index)]", isNewest: isNewest, inner: Set(ids))
        }
    }

    private mutating func step(
        _ step: JSONValue, _ number: Int, _ path: String, isNewest: Bool, inner: Set<String>
    ) {
        let isAgent = step["source"]?.string == "agent"
        var optional: [String: Check] = [
            "timestamp": Self.text, "observation": Self.object, "is_copied_context": Self.bool, "extra": Self.object,
        ]
        if isNewest { optional["llm_call_count"] = Self.count }
        if isAgent {
            optional["model_name"] = Self.text
            optional["reasoning_effort"] = { $0.string != nil || $0.double != nil }
            optional["reasoning_content"] = Self.text
            optional["tool_calls"] = Self.objects
            optional["metrics"] = Self.object
        } else {
            // Programs that write all keys write null for those of agents.
            for key in [
                "model_name", "reasoning_effort", "reasoning_content", "tool_calls", "metrics",
            ] {
                optional[key] = { _ in false }
            }
        }
        check(
            step, path,
            required: [
                "step_id": { $0 == .int(Int64(number)) },
                "source": { ["system", "user", "agent"].contains($0.string) }, "message": Self.content,
            ],
            optional: optional)
        if let time = step["timestamp"]?.string, !Self.isTime(time) { faults.append("\(path).timestamp: \(time)") }
        var callIDs: Set<String> = []
        for (index, call) in (step["tool_calls"]?.elements ?? []).enumerated() {
            check(
                call, "\(path).tool_calls[\(index)]",
                required: ["tool_call_id": Self.text, "function_name": Self.text, "arguments": Self.object],
                optional: isNewest ? ["extra": Self.object] : [:])
            callIDs.insert(call["tool_call_id"]?.string ?? "")
        }
        if isAgent, step["llm_call_count"]?.int == 0 {
            if callIDs.isEmpty { faults.append("\(path): neither model nor call") }
            for key in ["metrics", "reasoning_content"] where step[key].map({ !$0.isNull }) == true {
                faults.append("\(path).\(key): said without a model")
            }
        }
        if let metrics = step["metrics"], !metrics.isNull {
            check(
                metrics, path + ".metrics", required: [:],
                optional: [
                    "prompt_tokens": Self.count, "completion_tokens": Self.count, "cached_tokens": Self.count,
                    "cost_usd": Self.number, "prompt_token_ids": Self.counts, "completion_token_ids": Self.counts,
                    "logprobs": Self.numbers, "extra": Self.object,
                ])
        }
        guard let observation = step["observation"], !observation.isNull else { return }
        check(observation, path + ".observation", required: ["results": Self.objects])
        for (index, result) in (observation["results"]?.elements ?? []).enumerated() {
            self.result(
                result, callIDs, "\(path).observation.results[\(index)]", isNewest: isNewest, inner: inner)
        }
    }

    private mutating func result(
        _ result: JSONValue, _ callIDs: Set<String>, _ path: String, isNewest: Bool, inner: Set<String>
    ) {
        var optional: [String: Check] = [
            "source_call_id": { callIDs.contains($0.string ?? "") }, "content": Self.content,
            "subagent_trajectory_ref": Self.objects,
        ]
        if isNewest { optional["extra"] = Self.object }
        check(result, path, required: [:], optional: optional)
        for (index, reference) in (result["subagent_trajectory_ref"]?.elements ?? []).enumerated() {
            let path = "\(path).subagent_trajectory_ref[\(index)]"
            check(
                reference, path, required: [:],
                optional: [
                    "trajectory_id": Self.text, "trajectory_path": Self.text, "session_id": Self.text,
                    "extra": Self.object,
                ])
            let id = reference["trajectory_id"]?.string
            if isNewest && id == nil && reference["trajectory_path"]?.string == nil {
                faults.append("\(path): neither id nor path")
            }
            if isNewest, let id, !inner.contains(id) { faults.append("\(path): \(id) is no trajectory within") }
        }
    }

    private static let content: Check = { value in
        if value.string != nil { return true }
        return value.elements?.allSatisfy(isPart) == true
    }

    private static func isPart(_ part: JSONValue) -> Bool {
        let keys = (part.members ?? []).map(\.key).sorted()
        if part["type"] == "text" { return keys == ["text", "type"] && part["text"]?.string != nil }
        let types = ["image/jpeg", "image/png", "image/gif", "image/webp"]
        if part["type"] == "audio" {
            return keys == ["source", "type"] && part["source"]?["media_type"]?.string?.hasPrefix("audio/") == true
                && part["source"]?["path"]?.string != nil
        }
        return part["type"] == "image" && keys == ["source", "type"]
            && (part["source"]?.members ?? []).map(\.key).sorted() == ["media_type", "path"]
            && types.contains(part["source"]?["media_type"]?.string ?? "") && part["source"]?["path"]?.string != nil
    }

    /// Date, `T`, time with an optional fraction, and a zone.
    private static func isTime(_ text: String) -> Bool {
        text.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?/) != nil
    }
}
