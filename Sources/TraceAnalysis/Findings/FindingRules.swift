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

extension FindingRules {
    static let latencyUnattributed = FindingRule(
        id: "latency.unattributed", title: "Nothing says where a step's time went",
        proves: "for that much of the step no span ran that tells what it does",
        cannotTell: "whether it was work without spans or whose spans are lost, waiting for a person, or idle",
        severity: .warning,
        limits: "steps of at least 1 s with more than 20 % unattributed; the step with the most of it carries the "
            + "finding of a trace")
}

/// Rules about the tree of a trace.
extension FindingRules {
    static let structure = [
        structureDuplicateSpanID, structureSelfParent, structureParentCycle, structureMissingParent,
    ]

    static let structureDuplicateSpanID = FindingRule(
        id: "structure.duplicate_span_id", title: "Two spans have one id",
        proves: "the trace holds several spans with this id that contradict each other",
        cannotTell: "which of them their children belong to",
        severity: .warning,
        limits: "records that agree in name, parent and times are one span")

    static let structureSelfParent = FindingRule(
        id: "structure.self_parent", title: "A span is its own parent",
        proves: "the span names its own id as that of its parent",
        cannotTell: "where it belongs",
        severity: .warning,
        limits: "none")

    static let structureParentCycle = FindingRule(
        id: "structure.parent_cycle", title: "Parents go round in a circle",
        proves: "the chain of parents leads back to the span",
        cannotTell: "where the circle should be open",
        severity: .warning,
        limits: "it is opened at its earliest span")

    static let structureMissingParent = FindingRule(
        id: "structure.missing_parent", title: "A parent is missing",
        proves: "no stored record has the id that the span names as its parent",
        cannotTell: "whether it was never sent, lost, sampled away, or is still to come",
        severity: .warning,
        limits: "none")
}

/// Rules about what agents do again and again, who answers in their name, and whose clock goes wrong.
extension FindingRules {
    static let agents = [agentToolLoop, agentRetryStorm, identityAliasFlip, clockSkew]

    static let agentToolLoop = FindingRule(
        id: "agent.tool_loop", title: "An agent made the same calls again and again",
        proves: "one agent run repeated calls with equal arguments and equal results",
        cannotTell: "whether it waited for a change outside",
        severity: .warning,
        limits:
            "3 equal calls with equal results; 3 rounds of two alternating calls; inferred: 4 calls in a row of one "
            + "tool whose arguments vary and whose result stays empty or an error")

    static let agentRetryStorm = FindingRule(
        id: "agent.retry_storm", title: "Attempts failed one after another",
        proves: "failed attempts follow each other without a success between them",
        cannotTell: "whether waiting longer would have helped",
        severity: .warning,
        limits: "5 failures of one tool, model or agent within 60 s")

    package static let identityAliasFlip = FindingRule(
        id: "identity.alias_flip", title: "One model name was answered by two models",
        proves: "answers to one requested name come from different models",
        cannotTell: "whether the answers differ in quality",
        severity: .warning,
        limits: "a bare name beside its own snapshot is no flip")

    static let clockSkew = FindingRule(
        id: "clock.skew", title: "Two clocks disagree",
        proves: "a span lies outside its parent by the times of two clocks",
        cannotTell: "which clock is right; the offset is inferred from parents and children",
        severity: .hint,
        limits: "more than 1 ms")
}

/// Rules about what the model, the harness and the tools hand to each other.
extension FindingRules {
    static let joints = [
        jointEmptyResult, jointErrorUnderOK, jointResultTruncated, jointResultAltered, jointResultDropped,
        jointCallNotExecuted, jointExecutedNotCalled, jointArgumentsDiffer, jointUnknownTool, jointNullThenClaimed,
    ]

    static let jointEmptyResult = FindingRule(
        id: "joint.empty_result", title: "A tool returned nothing and called it success",
        proves: "the recorded result of the tool is empty, and its span has no error",
        cannotTell: "whether nothing was the right answer",
        severity: .warning,
        limits: "null, {}, [], an empty text, and objects that hold nothing but such values")

    static let jointErrorUnderOK = FindingRule(
        id: "joint.error_under_ok", title: "A tool returned an error and called it success",
        proves: "the recorded result of the tool tells of a failure, and its span has no error",
        cannotTell: "whether the harness or the model noticed",
        severity: .warning,
        limits: "results that say so in their own fields, such as error or isError; not words in prose")

    static let jointResultTruncated = FindingRule(
        id: "joint.result_truncated", title: "The model got a part of the result",
        proves: "what entered the model's next input is shorter than what the tool returned and begins alike",
        cannotTell: "whether the harness or the recorder cut it",
        severity: .warning,
        limits: "inferred where only the first 240 bytes can be compared")

    static let jointResultAltered = FindingRule(
        id: "joint.result_altered", title: "The model got another result than the tool returned",
        proves: "the result of the tool and what entered the model's next input share no form",
        cannotTell: "whether the harness meant to rewrite it",
        severity: .warning,
        limits: "a wrapping, another notation or a subset of words is no alteration; a hint where a text is longer "
            + "than 240 bytes")

    static let jointResultDropped = FindingRule(
        id: "joint.result_dropped", title: "A result never reached the model",
        proves: "the tool returned, and no later recorded input of a model holds the result of this call",
        cannotTell: "whether it was carried in a form without the id of the call",
        severity: .warning,
        limits: "needs a later input of the same agent run that holds this call, or results of calls asked with it")

    static let jointCallNotExecuted = FindingRule(
        id: "joint.call_not_executed", title: "A call that the model asked for was not executed",
        proves: "no recorded span runs the call, though spans run other calls of the same tool",
        cannotTell: "whether it ran unrecorded",
        severity: .warning,
        limits: "not for hand-offs, tools without a single span, calls whose result was delivered, and traces with "
            + "missing parents")

    static let jointExecutedNotCalled = FindingRule(
        id: "joint.executed_not_called", title: "A tool ran that no model asked for",
        proves: "no recorded model call of the trace asks for the id of the call that the tool's span states",
        cannotTell: "whether the harness ran it by itself, or an unrecorded model call asked for it",
        severity: .hint,
        limits: "needs messages of all model calls of the agent run, and other calls joined by id; not for traces with "
            + "missing parents")

    static let jointArgumentsDiffer = FindingRule(
        id: "joint.arguments_differ", title: "The tool got other arguments than the model wrote",
        proves: "the arguments in the model's output and on the tool's span share no form",
        cannotTell: "whether the harness meant to change them",
        severity: .warning,
        limits: "added defaults, a wrapping or another notation is no difference; a hint where a text is longer than "
            + "240 bytes")

    static let jointUnknownTool = FindingRule(
        id: "joint.unknown_tool", title: "The model asked for a tool that it was not offered",
        proves: "the name of the call is not among the tools that the span says were offered",
        cannotTell: "whether the list was recorded whole",
        severity: .warning,
        limits: "needs a recorded list; a hint where the tool ran all the same")

    static let jointNullThenClaimed = FindingRule(
        id: "joint.null_then_claimed", title: "An answer in words follows an empty result",
        proves: "the result was empty, and the next answer says nothing of a gap",
        cannotTell: "whether the answer rests on that result, or is wrong",
        severity: .hint,
        limits: "always inferred; words for missing, failed and unknown are looked for in the answer")
}
