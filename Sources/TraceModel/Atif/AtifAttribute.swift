/// The names under which what only ATIF says is kept on spans, so that a trajectory can be written again as it was.
///
/// What the semantic conventions have a name for (messages, tools, models, tokens, session) stands only under that name.
package enum AtifAttribute {
    /// The scope of the spans that are made of a trajectory.
    package static let scope = "spandrel.atif"

    // On all spans.
    /// The members that the format does not allow, as a JSON object.
    package static let invalid = "atif.invalid"
    /// The members that are null, which is not the same as absent.
    package static let nulls = "atif.nulls"
    package static let extra = "atif.extra"
    /// The place of the step in its trajectory, from 1.
    package static let step = "step"

    // On the root of a trajectory.
    package static let schemaVersion = "atif.schema_version"
    package static let notes = "atif.notes"
    package static let finalMetrics = "atif.final_metrics"
    package static let finalMetricsInvalid = "atif.final_metrics.invalid"
    package static let continuedTrajectory = "atif.continued_trajectory_ref"
    package static let agentExtra = "atif.agent.extra"
    package static let agentNulls = "atif.agent.nulls"
    package static let agentInvalid = "atif.agent.invalid"
    /// The number of trajectories within this one.
    package static let subagents = "atif.subagents"
    /// The place of this trajectory among those that its parent holds.
    package static let subagentIndex = "atif.subagent_index"

    // On the span of a step.
    package static let source = "atif.source"
    /// The time as it is written; the span's own start may be more exact.
    package static let timestamp = "atif.timestamp"
    package static let metrics = "atif.metrics"
    package static let metricsInvalid = "atif.metrics.invalid"
    package static let reasoningEffort = "atif.reasoning_effort"
    package static let llmCallCount = "atif.llm_call_count"
    package static let isCopied = "atif.is_copied_context"
    /// True where the message is a list of parts, not a text.
    package static let messageIsList = "atif.message_is_list"
    /// True where the model is that of the agent and the step itself names none.
    package static let modelIsInherited = "atif.model_is_inherited"
    /// The number of tool calls; absent without a list of them.
    package static let calls = "atif.tool_calls"
    /// The number of results; absent without an observation.
    package static let results = "atif.results"
    package static let observationNulls = "atif.observation.nulls"
    package static let observationInvalid = "atif.observation.invalid"

    // On the span of a tool call, and of a result that belongs to none.
    package static let callIndex = "atif.call.index"
    package static let callExtra = "atif.call.extra"
    package static let callNulls = "atif.call.nulls"
    package static let callInvalid = "atif.call.invalid"
    package static let resultIndex = "atif.result.index"
    package static let resultSource = "atif.result.source_call_id"
    package static let resultExtra = "atif.result.extra"
    package static let resultReferences = "atif.result.subagent_trajectory_ref"
    package static let resultNulls = "atif.result.nulls"
    package static let resultInvalid = "atif.result.invalid"
    /// True where the content is a list of parts, not a text.
    package static let resultIsList = "atif.result.is_list"
}

/// The types of images and sounds that contents of ATIF may refer to; sounds since version 1.8.
package enum AtifMedia: String, CaseIterable {
    case image
    case audio

    /// The media types of this kind, as the format lists them.
    package var types: Set<String> {
        switch self {
        case .image: ["image/jpeg", "image/png", "image/gif", "image/webp"]
        case .audio:
            [
                "audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "audio/webm",
                "audio/aiff",
            ]
        }
    }

    /// The kind of a media type; nil where the format has no place for it.
    package init?(mediaType: String) {
        guard let kind = AtifMedia.allCases.first(where: { $0.types.contains(mediaType) }) else { return nil }
        self = kind
    }
}
