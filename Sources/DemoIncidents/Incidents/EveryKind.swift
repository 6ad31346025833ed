import TraceModel

/// One workflow in which every kind of step occurs.
enum EveryKind {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        let topic = "energy prices this week"
        let trace = stage.trace("every kind", minutesBefore: 240, service: "briefing", session: "brief-31") { trace in
            trace.workflow("morning-briefing") { trace in
                trace.agent("editor") { trace in
                    let memory: AttributeList = [
                        "gen_ai.operation.name": "search_memory", "gen_ai.memory.query.text": "reader preferences",
                        "gen_ai.memory.record.count": 2,
                    ]
                    trace.span("search_memory", kind: .client, memory) { $0.wait(0.05) }
                    trace.embedding("text-embedding-3-small", text: topic, seconds: 0.12)
                    trace.retrieval("newsroom", query: topic, found, seconds: 0.4)
                    trace.reranking("rerank-v3.5", query: topic, found, seconds: 0.26)
                    trace.span("tools/call read_feed", kind: .client, readFeed) { $0.wait(0.33) }
                    trace.chat(
                        .gpt4o, [.user("Write three sentences on energy prices this week, from the sources only.")],
                        .assistant(
                            "Prices fell by four per cent since Monday. Mild weather and full reserves are the reason. "
                                + "Two lines under repair may raise them in the north again on Friday."), seconds: 2.4
                    ) {
                        $0.firstChunk = 0.5
                        $0.reasoningTokens = 128
                    }
                    trace.guardrail("guardrail.sources", seconds: 0.09)
                    let judge: AttributeList = [
                        "openinference.span.kind": "EVALUATOR",
                        "output.value": #"{"label":"faithful","score":0.94}"#,
                    ]
                    trace.span("judge", kind: .client, judge) { $0.wait(0.8) }
                    let approval: AttributeList = [
                        "gen_ai.operation.name": "await_human_input", "ag2.span.type": "human_input",
                        "ag2.human_input.prompt": "Publish?", "ag2.human_input.response": "yes",
                    ]
                    trace.span("await_human_input editor", approval) { $0.wait(41) }
                }
                trace.chain("publish", ["openinference.span.kind": "CHAIN"]) { trace in
                    let put: AttributeList = ["http.request.method": "PUT", "http.response.status_code": 201]
                    trace.span("PUT /briefings/{day}", kind: .client, put) { $0.wait(0.2) }
                }
            }
        }
        return [trace]
    }

    private static let readFeed: AttributeList = [
        "mcp.method.name": "tools/call", "gen_ai.tool.name": "read_feed", "gen_ai.operation.name": "execute_tool",
        "mcp.session.id": "mcp-77a0", "mcp.protocol.version": "2025-06-18",
        "gen_ai.tool.call.arguments": #"{"feed":"grid"}"#,
        "gen_ai.tool.call.result": "Reserves are at 91 %, two lines under repair.",
    ]

    private static let found = [
        Document("grid-1120", score: 0.88, "Reserves rose to 91 per cent, the highest for a November since 2019."),
        Document("price-1121", score: 0.83, "Day-ahead prices fell by four per cent between Monday and Saturday."),
        Document("line-1119", score: 0.71, "Two lines in the north are under repair until the end of the month."),
    ]
}
