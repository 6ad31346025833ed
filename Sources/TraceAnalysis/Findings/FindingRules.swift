package import TraceModel

/// The rules of all findings, in one table, from which help, filters and documents follow.
package enum FindingRules {
    package static let all: [FindingRule] =
        [streamStall, streamLoop] + [
            streamTruncated, streamAbortedAfterToolCall, streamPartialShownAsComplete, streamSlowFirstChunk,
        ] + joints + agents + [latencyUnattributed] + structure

    /// The rule with an identifier.
    package static func rule(_ id: String) -> FindingRule? { all.first { $0.id == id } }

    static let streamStall = FindingRule(
        id: "stream.stall", title: "The stream stood still",
        proves: "no chunk with content arrived for longer than the limit, after the first one had",
        cannotTell: "whether the provider, the network or the recorder paused",
        severity: .warning,
        limits: "a pause > max(1 s, 10 × the stream's median gap); the wait for the first chunk is another rule's")

    static let streamLoop = FindingRule(
        id: "stream.loop", title: "The model said the same again and again",
        proves: "a stretch of the text repeats itself without anything new; near loops change a counter only",
        cannotTell: "whether the repetition was asked for",
        severity: .error,
        limits: "3 periods of three sentences or of 60 characters; shorter periods, code and data need more")

    static let streamTruncated = FindingRule(
        id: "stream.truncated", title: "The answer was cut off",
        proves: "the finish reason is a length limit, or the stream ended without an end mark and a finish reason",
        cannotTell: "how much is missing",
        severity: .warning,
        limits: "finish reasons length, max_tokens, max_output_tokens, model_length and incomplete, in any case")

    static let streamAbortedAfterToolCall = FindingRule(
        id: "stream.aborted_after_tool_call", title: "The stream broke after a tool call had begun",
        proves: "arguments of a tool call arrived, and the stream then broke instead of finishing",
        cannotTell: "whether the harness ran the call all the same",
        severity: .error,
        limits: "end causes client abort, connection dropped, server error and watchdog")

    static let streamPartialShownAsComplete = FindingRule(
        id: "stream.partial_shown_as_complete", title: "A broken stream passes for a whole answer",
        proves: "the stream broke, and the span that owns it has no error",
        cannotTell: "what the harness did with the part that had arrived",
        severity: .error,
        limits: "end causes client abort, connection dropped, server error and watchdog; inferred where the span has "
            + "neither status nor finish reason")

    static let streamSlowFirstChunk = FindingRule(
        id: "stream.slow_first_chunk", title: "The first chunk came late",
        proves: "the time from the request to the first chunk is over the limit",
        cannotTell: "whether queueing, the network or prefill took it",
        severity: .warning,
        limits: "10 s, how long people keep their attention on a dialogue (Nielsen 1993)")
}
