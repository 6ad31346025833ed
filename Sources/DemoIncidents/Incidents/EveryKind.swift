import TraceModel

/// One workflow in which every kind of step occurs.
enum EveryKind {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        var trace = stage.recorder("every kind", minutesBefore: 240, service: "briefing", session: "brief-31")
        trace.workflow("morning-briefing") { trace in
            trace.agent("editor") { trace in
                memory(&trace)
                trace.embedding("text-embedding-3-small", text: "energy prices this week", seconds: 0.12)
                trace.retrieval("newsroom", query: "energy prices this week", found, seconds: 0.4)
                trace.reranking("rerank-v3.5", query: "energy prices this week", found, seconds: 0.26)
                trace.span(
                    "tools/call read_feed", kind: .client,
                    [
                        Attribute("mcp.method.name", .string("tools/call")),
                        Attribute("gen_ai.tool.name", .string("read_feed")),
                        Attribute("gen_ai.operation.name", .string("execute_tool")),
                        Attribute("mcp.session.id", .string("mcp-77a0")),
                        Attribute("mcp.protocol.version", .string("2025-06-18")),
                        Attribute("gen_ai.tool.call.arguments", .string(#"{"feed":"grid"}"#)),
                        Attribute("gen_ai.tool.call.result", .string("Reserves are at 91 %, two lines under repair.")),
                    ]
                ) { $0.wait(0.33) }
                trace.chat(
                    ModelCall(
                        "gpt-4o", [.user("Write three sentences on energy prices this week, from the sources only.")],
                        .assistant(
                            "Prices fell by four per cent since Monday. Mild weather and full reserves are the reason. "
                                + "Two lines under repair may raise them in the north again on Friday."), seconds: 2.4
                    ).with {
                        $0.answeredBy = "gpt-4o-2024-11-20"
                        $0.firstChunk = 0.5
                        $0.reasoningTokens = 128
                    })
                trace.span("guardrail.sources", [Attribute("openinference.span.kind", .string("GUARDRAIL"))]) {
                    $0.wait(0.09)
                }
                trace.span(
                    "judge", kind: .client,
                    [
                        Attribute("openinference.span.kind", .string("EVALUATOR")),
                        Attribute("output.value", .string(#"{"label":"faithful","score":0.94}"#)),
                    ]
                ) { $0.wait(0.8) }
            }
            trace.chain("publish", [Attribute("openinference.span.kind", .string("CHAIN"))]) { trace in
                trace.span(
                    "PUT /briefings/{day}", kind: .client,
                    [
                        Attribute("http.request.method", .string("PUT")),
                        Attribute("http.response.status_code", .int(201)),
                    ]
                ) { $0.wait(0.2) }
            }
        }
        return [trace]
    }

    private static func memory(_ trace: inout TraceRecorder) {
        trace.span(
            "search_memory", kind: .client,
            [
                Attribute("gen_ai.operation.name", .string("search_memory")),
                Attribute("gen_ai.memory.query.text", .string("reader preferences")),
                Attribute("gen_ai.memory.record.count", .int(2)),
            ]
        ) { $0.wait(0.05) }
    }

    private static let found = [
        Document("grid-1120", score: 0.88, "Reserves rose to 91 per cent, the highest for a November since 2019."),
        Document("price-1121", score: 0.83, "Day-ahead prices fell by four per cent between Monday and Saturday."),
        Document("line-1119", score: 0.71, "Two lines in the north are under repair until the end of the month."),
    ]
}
