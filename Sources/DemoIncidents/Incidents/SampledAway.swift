import TraceModel

/// Forty-seven tool calls of which a sampler kept eight, so that most parents are gone.
enum SampledAway {
    static func record(_ stage: Stage) -> [Recorder] {
        [incident(stage)]
    }

    private static let pages = [
        "pricing of the basic plan", "pricing of the team plan", "refund policy", "data retention", "single sign-on",
        "audit log", "rate limits", "service regions", "status history", "security whitepaper",
    ]

    private static func incident(_ stage: Stage) -> Recorder {
        var trace = stage.recorder(
            "sampled away", minutesBefore: 66, service: "market-research", session: "research-0918")
        var calls: [Int] = []
        trace.agent("lead", [Attribute("agent.children.expected", .int(47))]) { trace in
            trace.chat(
                ModelCall(
                    "gemini-2.5-pro",
                    [.user("Collect what five competitors say about plans, limits, retention and sign-on.")],
                    .assistant("I will read the public pages of each of the five and fill one table."), seconds: 3.4
                ).with { $0.provider = "gcp.gemini" })
            for batch in 0..<6 {
                trace.chain("research.batch", [Attribute("batch.index", .int(Int64(batch)))]) { trace in
                    for step in 0..<8 where batch * 8 + step < 47 {
                        let number = batch * 8 + step
                        let page = pages[number % pages.count]
                        let index = trace.tool(
                            ToolRun(
                                "fetch_page", id: "call_\(number)", #"{"query":"\#(page)","site":\#(number / 10)}"#,
                                gives: "\(page): 3 passages, 2 tables. Last changed on 4 November 2026.",
                                seconds: 0.7 * trace.random.jitter(0.6)))
                        trace.edit(index) { $0.attributes.append(Attribute("step", .int(Int64(number + 1)))) }
                        calls.append(index)
                    }
                }
            }
            trace.chat(
                ModelCall(
                    "gemini-2.5-pro", [.user("Fill the table from the 47 results.")],
                    .assistant("The table has 47 cells; three are empty because the page was not public."), seconds: 5.2
                ).with { $0.provider = "gcp.gemini" })
        }
        let kept = Set([2, 9, 10, 19, 27, 33, 34, 46].map { calls[$0] })
        let isCall = Set(calls)
        trace.drop { index, span in (isCall.contains(index) && !kept.contains(index)) || span.name == "research.batch" }
        return trace
    }
}
