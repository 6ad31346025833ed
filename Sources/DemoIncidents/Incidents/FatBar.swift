/// An agent run of 28 seconds that shows as one bar, and the same run once its parts were instrumented.
enum FatBar {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [bare(stage, 1, minutesBefore: 402), bare(stage, 2, minutesBefore: 371), instrumented(stage)]
    }

    private static let question = """
        Compare the three supplier contracts in the folder "packaging 2026" and say which one is cheaper for 40,000 \
        units a month, including the penalty clauses.
        """

    private static let answer = """
        For 40,000 units a month Norvane is the cheapest at 61,200 € a year below Pallier and 18,900 € below Hexcorp. \
        The difference to Hexcorp disappears if more than two deliveries a quarter are late, because Norvane's penalty \
        is capped at 3 % of the monthly invoice (clause 9.2) while Hexcorp pays 1.5 % per day without a cap (clause 7.4).
        """

    private static func bare(_ stage: Stage, _ number: Int, minutesBefore: Double) -> TraceRecorder {
        stage.trace(
            "fat bar \(number)", minutesBefore: minutesBefore, service: "contract-analyst",
            session: "analysis-20\(number)"
        ) { trace in
            trace.agent("contract-analyst", span: "agent.run") { trace in
                trace.note(["input.value": question, "output.value": answer])
                trace.wait(21.4)
                trace.chat(.opus, [.user(question)], .assistant(answer), seconds: 4.3) {
                    $0.spanName = "llm.invoke"
                    $0.inputTokens = 61_840
                }
                trace.wait(number == 1 ? 2.3 : 3.1)
            }
        }
    }

    private static func instrumented(_ stage: Stage) -> TraceRecorder {
        let arguments = #"{"suppliers":["Norvane","Pallier","Hexcorp"],"units":40000}"#
        let prices = #"{"Norvane": 611400, "Hexcorp": 630300, "Pallier": 672600, "currency": "EUR", "per": "year"}"#
        return stage.trace(
            "fat bar in parts", minutesBefore: 96, service: "contract-analyst", session: "analysis-233"
        ) { trace in
            trace.agent("contract-analyst", span: "agent.run") { trace in
                trace.chain("queue.wait") { $0.wait(1.9) }
                trace.chain("assemble_input") { trace in
                    trace.chain("load_history") { $0.wait(0.42) }
                    trace.embedding("text-embedding-3-small", text: question, seconds: 0.21)
                    trace.retrieval("contracts-2026", query: question, clauses, seconds: 3.8)
                    trace.chain("render_prompt") { $0.wait(0.36) }
                }
                trace.chat(
                    .opus, [.user(question)], .asks("toolu_77", "price_table", arguments), seconds: 6.2
                ) {
                    $0.firstChunk = 4.4
                    $0.inputTokens = 61_840
                }
                trace.tool("price_table", id: "toolu_77", arguments, gives: prices, seconds: 5.1)
                trace.chain("parse_result") { $0.wait(0.7) }
                trace.chat(.opus, [.user(question)], .assistant(answer), seconds: 6.9) {
                    $0.firstChunk = 2.8
                    $0.inputTokens = 62_310
                    $0.cacheReadTokens = 61_440
                }
                trace.guardrail("guardrail.check_figures", seconds: 1.2)
                trace.wait(1.21)
            }
        }
    }

    private static let clauses = [
        Document(
            "norvane-2026.pdf#p14", score: 0.871,
            "9.2 Penalties for late delivery are capped at three per cent of the invoice of the month concerned.",
            metadata: #"{"supplier":"Norvane","version":"2026-01"}"#),
        Document(
            "hexcorp-2026.pdf#p9", score: 0.842,
            "7.4 For each day of delay the supplier credits one and a half per cent of the order's value.",
            metadata: #"{"supplier":"Hexcorp","version":"2026-02"}"#),
        Document(
            "pallier-2026.pdf#p3", score: 0.779,
            "Annex B, price per thousand units: 1,401.25 € up to 30,000 units, 1,389.00 € above.",
            metadata: #"{"supplier":"Pallier","version":"2026-01"}"#),
    ]
}
