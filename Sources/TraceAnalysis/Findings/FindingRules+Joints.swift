import TraceModel

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
