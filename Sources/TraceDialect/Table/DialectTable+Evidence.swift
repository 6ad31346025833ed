import TraceModel

extension DialectTable {
    /// What an attribute says for the analysis of a trace.
    enum EvidenceFact: Sendable {
        case role, parentAgent, attempt, retry, attemptReason
        case handOffTarget, handOffSource, handOffNode
        case promptName, promptVersion
        case step, stepMetadata
        case prefillSeconds, decodeSeconds, queueSeconds, prefillNanos, decodeNanos
        case previousResponse, totalTokens, aggregatedInput, aggregatedOutput
        case declared(DeclaredCount.Subject)
        case verdict

        /// Whether it is a whole number from 0 on.
        var isCount: Bool {
            switch self {
            case .step, .totalTokens, .aggregatedInput, .aggregatedOutput, .declared: true
            default: false
            }
        }
    }

    static let evidenceNames: [String: EvidenceFact] = [
        "agent.role": .role, "gen_ai.agent.role": .role, "agent_role": .role,
        "gen_ai.caller.name": .parentAgent, "agent.parent": .parentAgent, "parent_agent": .parentAgent,
        "agent.attempt": .attempt, "gen_ai.agent.attempt": .attempt, "attempt": .attempt, "attempt_number": .attempt,
        "agent.retry_count": .retry, "retry_count": .retry, "retry.count": .retry, "http.request.resend_count": .retry,
        "agent.attempt.reason": .attemptReason, "gen_ai.agent.attempt.reason": .attemptReason,
        "retry.reason": .attemptReason, "attempt_reason": .attemptReason,
        "gen_ai.transfer.target.name": .handOffTarget, "handoff.to_agent": .handOffTarget,
        "gen_ai.handoff.to_agent": .handOffTarget, "agent.handoff.to": .handOffTarget,
        "gen_ai.handoff.from_agent": .handOffSource, "handoff.from_agent": .handOffSource,
        "agent.handoff.from": .handOffSource,
        "langgraph.command.goto_node": .handOffNode, "langgraph.command.source_node": .handOffSource,
        "gen_ai.prompt.name": .promptName, "langfuse.observation.prompt.name": .promptName,
        "prompt.name": .promptName, "llm.prompt_template.name": .promptName,
        "traceloop.prompt.key": .promptName, "gen_ai.prompt.version": .promptVersion,
        "langfuse.observation.prompt.version": .promptVersion, "prompt.version": .promptVersion,
        "llm.prompt_template.version": .promptVersion, "traceloop.prompt.version": .promptVersion,
        "step": .step, "step.number": .step, "agent.step": .step, "gen_ai.agent.step": .step, "step_number": .step,
        "step_index": .step, "traceloop.association.properties.langgraph_step": .step,
        "metadata": .stepMetadata,
        "gen_ai.latency.time_in_model_prefill": .prefillSeconds,
        "gen_ai.latency.time_in_model_decode": .decodeSeconds, "gen_ai.latency.time_in_queue": .queueSeconds,
        "prompt_eval_duration": .prefillNanos, "eval_duration": .decodeNanos,
        "gen_ai.request.previous_response_id": .previousResponse,
        "gen_ai.response.previous_response_id": .previousResponse, "previous_response_id": .previousResponse,
        "gen_ai.usage.total_tokens": .totalTokens, "llm.usage.total_tokens": .totalTokens,
        "llm.token_count.total": .totalTokens, "ai.usage.totalTokens": .totalTokens,
        "gen_ai.aggregated_usage.input_tokens": .aggregatedInput,
        "gen_ai.aggregated_usage.output_tokens": .aggregatedOutput,
        "agent.children.expected": .declared(.children), "child_count": .declared(.spans),
        "agent.tool_calls.expected": .declared(.toolCalls), "num_tool_calls": .declared(.toolCalls),
        "agent.steps.expected": .declared(.steps), "num_steps": .declared(.steps),
        "guardrail.triggered": .verdict, "evaluation.label": .verdict, "eval.label": .verdict,
    ]

    /// Words in names of harness spans that tell what they do, in lower case; the first that fits counts.
    static let phaseWords: [(words: WordFinder, phase: Phase)] = [
        (
            WordFinder([
                "assemble", "build_prompt", "prompt_template", "prompttemplate", "render_prompt", "format_prompt",
                "build_context", "context_builder", "compose_prompt", "load_memory", "load_history",
            ]),
            .inputAssembly
        ),
        (
            WordFinder([
                "parse", "outputparser", "validate", "validator", "postprocess", "post_process", "moderation",
                "extract_answer", "format_answer",
            ]),
            .resultHandling
        ),
        (
            WordFinder([
                "backoff", "back_off", "retry_wait", "queue", "enqueue", "dequeue", "schedule", "dispatch", "handoff",
                "hand_off", "route", "rate_limit", "throttle",
            ]),
            .orchestration
        ),
    ]

    /// Words in an answer that admit a gap, in lower case.
    static let gapWords = WordFinder([
        "could not", "couldn't", "cannot", "can't", "unable", "not able", "no data", "not available", "unavailable",
        "unknown", "don't know", "do not know", "not found", "no result", "nothing", "missing", "failed", "error",
        "no information", "no record", "not sure", "null", "empty", "try again", "no longer", "none", "sorry",
        "nicht gefunden", "keine ", "unfortunately", "leider", "don't have", "do not have any", "doesn't have",
        "does not have any", "no match", "didn't find", "did not",
    ])

    /// Words at the end of a text that say that it was cut, in lower case.
    static let cutMarks = WordFinder([
        "truncated", "[...]", "[…]", "<cut>", "(cut)", "output omitted", "more characters",
    ])

    /// Words with which a verdict begins, in lower case.
    static let accepting = ["accepted", "approved", "lgtm"]
    static let rejecting = ["rejected", "flagged", "not accepted", "not approved"]
    /// Words that are a verdict only by themselves: a sentence that begins with them may be about anything.
    static let acceptingAlone = ["pass", "passed", "valid"]
    static let rejectingAlone = ["fail", "failed", "invalid", "revise"]
}
