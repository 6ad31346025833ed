import FastJSON

/// Which members an object of ATIF may have, and of which type each is.
///
/// Source: the Agent Trajectory Interchange Format as Harbor and the NeMo Agent Toolkit define it, versions 1.0 to 1.8.
struct AtifShape {
    enum Form {
        case string, bool, integer, number, stringOrNumber, object, list
        /// Text, or a list of parts.
        case content
        /// Must be null here.
        case nothing

        func fits(_ value: JSONValue) -> Bool {
            switch self {
            case .string: value.string != nil
            case .bool: value.bool != nil
            case .integer: value.int != nil
            case .number: value.double != nil
            case .stringOrNumber: value.string != nil || value.double != nil
            case .object: value.members != nil
            case .list: value.elements != nil
            case .content: value.string != nil || value.elements != nil
            case .nothing: false
            }
        }

        var words: String {
            switch self {
            case .string: "no text"
            case .bool: "neither true nor false"
            case .integer: "no whole number"
            case .number: "no number"
            case .stringOrNumber: "neither a text nor a number"
            case .object: "no object"
            case .list: "no list"
            case .content: "neither a text nor a list of parts"
            case .nothing: "not allowed here"
            }
        }
    }

    let forms: [String: Form]
    /// The members that must be there and not be null.
    let required: [String]

    private init(_ forms: [String: Form], required: [String] = []) {
        self.forms = forms
        self.required = required
    }

    static let trajectory = AtifShape(
        [
            "schema_version": .string, "session_id": .string, "trajectory_id": .string, "agent": .object,
            "steps": .list, "notes": .string, "final_metrics": .object, "continued_trajectory_ref": .string,
            "extra": .object, "subagent_trajectories": .list,
        ],
        required: ["schema_version", "agent", "steps"])

    static let agent = AtifShape(
        [
            "name": .string, "version": .string, "model_name": .string, "tool_definitions": .list, "extra": .object,
        ],
        required: ["name", "version"])

    private static let anyStep: [String: Form] = [
        "step_id": .integer, "timestamp": .string, "source": .string, "message": .content, "observation": .object,
        "is_copied_context": .bool, "llm_call_count": .integer, "extra": .object,
    ]

    private static let agentOnly: [String: Form] = [
        "model_name": .string, "reasoning_effort": .stringOrNumber, "reasoning_content": .string, "tool_calls": .list,
        "metrics": .object,
    ]

    static let agentStep = AtifShape(
        anyStep.merging(agentOnly) { form, _ in form }, required: ["step_id", "source", "message"])

    /// Steps of people and systems, where what only agents say may be null at most.
    static let otherStep = AtifShape(
        anyStep.merging(agentOnly.mapValues { _ in .nothing }) { form, _ in form },
        required: ["step_id", "source", "message"])

    static let call = AtifShape(
        ["tool_call_id": .string, "function_name": .string, "arguments": .object, "extra": .object],
        required: ["tool_call_id", "function_name", "arguments"])

    static let observation = AtifShape(["results": .list], required: ["results"])

    static let result = AtifShape([
        "source_call_id": .string, "content": .content, "subagent_trajectory_ref": .list, "extra": .object,
    ])

    static let reference = AtifShape([
        "trajectory_id": .string, "trajectory_path": .string, "session_id": .string, "extra": .object,
    ])

    static let metrics = AtifShape([
        "prompt_tokens": .integer, "completion_tokens": .integer, "cached_tokens": .integer, "cost_usd": .number,
        "prompt_token_ids": .list, "completion_token_ids": .list, "logprobs": .list, "extra": .object,
    ])

    static let finalMetrics = AtifShape([
        "total_prompt_tokens": .integer, "total_completion_tokens": .integer, "total_cached_tokens": .integer,
        "total_cost_usd": .number, "total_steps": .integer, "extra": .object,
    ])
}
