import TraceModel

extension DialectTable {
    /// The words for kinds of all sources, in lower case.
    ///
    /// Words that say nothing, such as `UNKNOWN` or Langfuse's `span`, are left out: then other evidence counts.
    static let kindWords: [String: SpanKind] = {
        var words: [String: SpanKind] = [:]
        for (kind, list) in kindWordLists {
            for word in list { words[word] = kind }
        }
        return words
    }()

    /// How Haystack's classes of one kind end; its agents have spans of their own inside.
    static let kindEndings: [(ending: String, kind: SpanKind)] = [
        ("Generator", .llm), ("Embedder", .embedding), ("Retriever", .retrieval), ("Ranker", .reranker),
    ]

    private static let kindWordLists: [(SpanKind, [String])] = [
        (.agent, ["agent", "invoke_agent", "create_agent", "agent_run"]),
        (
            .llm,
            [
                "llm", "chat", "chat_model", "generate_content", "text_completion", "completion", "generate",
                "generation", "llm_call", "llm_request", "call_llm", "response", "inference", "model",
                "fetch_response", "speech", "transcription", "sampling/createmessage",
                "ai.generatetext.dogenerate", "ai.streamtext.dostream", "ai.generateobject.dogenerate",
                "ai.streamobject.dostream",
            ]
        ),
        (.tool, ["tool", "execute_tool", "function", "tool_call", "ai.toolcall", "tools/call", "mcp_tools"]),
        (.retrieval, ["retrieval", "retriever", "vector_db_retrieve", "rag"]),
        (
            .embedding,
            ["embedding", "embeddings", "embed", "embedder", "ai.embed.doembed", "ai.embedmany.doembed"]
        ),
        (.reranker, ["rerank", "reranker"]),
        (
            .chain,
            [
                "chain", "task", "execute_task", "agent_step", "execute_event_loop_cycle", "invocation", "parser",
                "prompt", "plan", "turn", "step", "handoff", "execute_hook", "execute_method", "operation",
                // What AG2 keeps of its accounts, its people and its network.
                "usage", "human_input", "envelope", "channel", "agent_lifetime", "agent_event",
                // The outer spans of the Vercel AI SDK repeat the usage of the calls inside.
                "ai.generatetext", "ai.streamtext", "ai.generateobject", "ai.streamobject", "ai.embed", "ai.embedmany",
            ]
        ),
        (.workflow, ["workflow", "invoke_workflow", "flow"]),
        (.guardrail, ["guardrail"]),
        (.evaluator, ["evaluator", "evaluation", "evaluate", "judge"]),
        (
            .memory,
            [
                "memory", "search_memory", "create_memory", "update_memory", "upsert_memory", "delete_memory",
                "create_memory_store", "delete_memory_store",
            ]
        ),
    ]

    /// Span names that tell what a span is not, whatever its attributes say, each tied to the scope that writes them.
    ///
    /// Such spans repeat what another one states: a usage record beside its call, the request of a tool beside its run,
    /// the preparing of a call, the merging of results.
    static let phantomRules: [SpanNameRule] = [
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "execute_tool (merged", kind: .chain),
        SpanNameRule(scope: "opentelemetry.instrumentation.ag2", prefix: "record_usage", kind: .chain),
        SpanNameRule(scope: "agentops", prefix: "tool_call.", kind: .chain),
        SpanNameRule(scope: "crewai", prefix: "tool failure", kind: .chain),
        SpanNameRule(
            scope: "openinference.instrumentation.llama_index", prefix: "", suffix: "._prepare_chat_with_tools",
            kind: .chain),
    ]

    /// Span names that classify where no attribute does, each tied to the scope that writes them.
    static let nameRules: [SpanNameRule] = [
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "invocation", kind: .chain),
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "agent_run", kind: .agent),
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "invoke_agent", kind: .agent),
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "call_llm", kind: .llm),
        SpanNameRule(scope: "gcp.vertex.agent", prefix: "execute_tool", kind: .tool),
        SpanNameRule(scope: "haystack", prefix: "haystack.agent.run", kind: .agent),
        SpanNameRule(scope: "haystack", prefix: "haystack.agent.step.llm", kind: .llm),
        SpanNameRule(scope: "haystack", prefix: "haystack.agent.step.tool", kind: .tool),
        SpanNameRule(scope: "haystack", prefix: "haystack.agent.step", kind: .chain),
        SpanNameRule(scope: "haystack", prefix: "haystack.component.run", kind: .chain),
        SpanNameRule(scope: "haystack", prefix: "haystack.pipeline.run", kind: .workflow),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "OpenAI Agents trace", kind: .workflow),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Agent run", kind: .agent),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Function", kind: .tool),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Guardrail", kind: .guardrail),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Task", kind: .chain),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Turn", kind: .chain),
        SpanNameRule(scope: "logfire.openai_agents", prefix: "Handoff", kind: .chain),
        SpanNameRule(scope: nil, prefix: "claude_code.interaction", kind: .agent),
        SpanNameRule(scope: nil, prefix: "claude_code.llm_request", kind: .llm),
        SpanNameRule(scope: nil, prefix: "claude_code.tool.", kind: .chain),
        SpanNameRule(scope: nil, prefix: "claude_code.tool", kind: .tool),
    ]

    /// Attributes whose words, in lower case, say that a human is waited for: of Claude Code, AG2, and of MCP's servers.
    static let humanWaits: [(key: String, words: Set<String>)] = [
        ("span.type", ["tool.blocked_on_user"]), ("ag2.span.type", ["human_input"]),
        ("gen_ai.operation.name", ["await_human_input"]), ("mcp.method.name", ["elicitation/create"]),
    ]

    /// Words in the names of harness spans that wait for a human, in lower case.
    static let humanWaitWords = WordFinder([
        "blocked_on_user", "await_human", "await_user", "await_approval", "wait_for_human", "wait_for_user",
        "wait_for_approval", "waiting for human", "waiting for user", "waiting for approval", "human_input",
        "human input", "human_feedback", "human feedback", "human_approval", "human approval", "user_approval",
        "user approval", "user_confirmation", "elicitation/create", "ask_human", "ask_user",
    ])

    /// Tools that ask a human and return the answer, by the letters of their names in lower case.
    static let askingTools: Set<String> = [
        "askhuman", "askuser", "askuserquestion", "askfollowupquestion", "askquestions", "vscodeaskquestions",
        "requestuserinput", "getuserinput", "userinput", "humaninput", "human", "humanassistance", "handofftouser",
        "askforconfirmation", "requestconfirmation", "requesthumanapproval", "adkrequestconfirmation",
        "adkrequestinput", "exitplanmode",
    ]

    /// Attributes whose words, in lower case, say that a rule decided where a human might have been asked.
    ///
    /// Claude Code writes a span of the permission for each tool, whoever gives it.
    static let decidedWithoutHuman: [(key: String, words: Set<String>)] = [
        ("source", ["config", "hook", "rule", "policy", "classifier", "auto"])
    ]

    /// What stands before the agent's name in the names of agents' spans, and what behind it.
    static let agentNamePatterns: [(prefix: String, suffix: String)] = [
        ("invoke_agent ", ""), ("create_agent ", ""), ("agent_run [", "]"),
    ]

    /// Sources of the kind whose agents' spans bear the agent's name; those of others bear class names.
    static let kindsThatNameAgents: Set<String> = [
        "langfuse.observation.type", "mlflow.spanType", "lmnr.span.type", "langwatch.span.type",
    ]

    /// Steps of agents whose input, as Python shows it, names the agent behind these words.
    static let agentStep = (
        scope: "openinference.instrumentation.llama_index", suffix: ".run_agent_step", attribute: "input.value",
        words: "current_agent_name='"
    )

    /// Attributes that name the agent on spans of agents, and what they are about on others.
    static let entityNames = ["traceloop.entity.name", "operation.name", "name"]

    /// What stands before the tool's name in the names of tools' spans.
    static let toolNamePrefixes = [
        "execute_tool ", "tools/call ", "MCP send tools/call ", "running tool: ", "anthropic.custom_tool_use ",
    ]

    /// Scopes whose names of tools begin with that of a plugin and a hyphen, which no name of either holds.
    static let scopesWithPlugins: Set<String> = ["semantic_kernel.functions.kernel_function"]

    /// Names that code gives to steps rather than people to agents, in lower case.
    ///
    /// They identify nothing, so they count as missing.
    static let genericNames: Set<String> = [
        "agent", "agent.run", "agent_run", "agents", "assistant", "main", "root", "default", "unknown", "none", "null",
        "run", "invoke", "call", "step", "turn", "node", "model", "call_model", "call_llm", "llm", "llm.invoke",
        "llm_call", "tool", "tools", "tool.call", "tool_call", "chain", "chain.run", "workflow", "agent workflow",
        "task", "graph", "langgraph", "agentexecutor", "runnablesequence", "runnablelambda",
        "invoke_agent", "create_agent", "invocation", "prompt", "should_continue", "__start__", "__end__",
        "agent.invoke", "agent.stream", "agent.execute", "agent_step", "crew", "crew.kickoff",
    ]

    /// Endings of names that are a class and a method: `CodeAgent.run`.
    static let genericSuffixes = [".run", ".invoke", ".stream", ".forward", ".__call__", ".execute", ".kickoff"]

    /// Beginnings of class names of frameworks, in lower case: `RunnableAssign<agent_scratchpad>`.
    static let genericPrefixes = ["runnable", "chatprompttemplate", "prompttemplate", "langgraph."]

    /// Endings of class names of frameworks, in lower case: `OpenAIToolsAgentOutputParser`.
    static let genericClassSuffixes = ["outputparser", "agentexecutor"]

    /// Error types, finish reasons and states that mean a cancellation, in lower case, without module and class path.
    static let cancellationWords: Set<String> = [
        "cancelled", "canceled", "cancel", "cancelledexception", "cancellederror", "cancellationerror",
        "cancellationexception", "operationcanceledexception", "operationcancelled", "taskcanceledexception",
        "aborterror", "aborted", "client_disconnect", "client_abort",
    ]
}
