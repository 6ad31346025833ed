/// A simple question that turns into dozens of calls of the same tools, and costs accordingly.
enum ToolLoop {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [
            identical(stage, "weekly-report", minutesBefore: 1334, rounds: 23),
            identical(stage, "weekly-report-2", minutesBefore: 1309, rounds: 19),
            alternating(stage),
        ]
    }

    private static let system = ChatMessage.system(
        "You are the finance assistant. Use get_rate for exchange rates. Repeat a call if the figure seems old.")

    /// The same call again and again: the result is never fresh enough for the prompt's last sentence.
    private static func identical(_ stage: Stage, _ name: String, minutesBefore: Double, rounds: Int) -> TraceRecorder {
        let arguments = #"{"from":"EUR","to":"CHF"}"#
        let result = #"{"rate": 0.9312, "as_of": "2026-11-20T16:00:00Z"}"#
        var messages = [system, .user("What is 1,250 euros in Swiss francs?")]
        return stage.trace(
            name, agent: "finance-assistant", ["app.feature": "weekly-report"], minutesBefore: minutesBefore,
            service: "finance-assistant", session: name
        ) { trace in
            for round in 0..<rounds {
                let asked = ChatMessage.asks("call_\(round)", "get_rate", arguments)
                trace.chat(.gpt4o, messages, asked, seconds: 1.3 * trace.random.jitter()) {
                    $0.inputTokens = 6_120 + Int64(round) * 214
                }
                trace.tool(
                    "get_rate", id: "call_\(round)", arguments, gives: result,
                    seconds: 0.24 * trace.random.jitter())
                messages += [asked, .answers("call_\(round)", result)]
            }
            trace.chat(
                .gpt4o, messages, .assistant("1,250 € are about 1,164 Swiss francs at the rate of Friday."),
                seconds: 1.9
            ) { $0.inputTokens = 6_120 + Int64(rounds) * 214 }
        }
    }

    /// Two tools in turns, each undoing what the other found.
    private static func alternating(_ stage: Stage) -> TraceRecorder {
        var messages = [
            system, ChatMessage.user("Is invoice 2026-0311 paid? Check the ledger and the bank, they must agree."),
        ]
        let calls = [
            ("read_ledger", #"{"invoice":"2026-0311"}"#, #"{"state":"open","amount":"4,180.00"}"#),
            ("read_bank", #"{"reference":"2026-0311"}"#, #"{"matches":[]}"#),
        ]
        return stage.trace(
            "alternating", agent: "auditor", minutesBefore: 1201, service: "finance-assistant",
            voice: .openTelemetryEvents,
            session: "audit-0311"
        ) { trace in
            for round in 0..<14 {
                let (name, arguments, result) = calls[round % 2]
                let id = "call_\(String(round, radix: 16))f"
                let asked = ChatMessage.asks(id, name, arguments)
                trace.chat(.gpt4o, messages, asked, seconds: 1.1 * trace.random.jitter())
                trace.tool(name, id: id, arguments, gives: result, seconds: 0.4 * trace.random.jitter())
                messages += [asked, .answers(id, result)]
            }
            trace.chat(
                .gpt4o, messages,
                .assistant("I could not settle this: the ledger says open, the bank shows no payment."),
                seconds: 1.6)
        }
    }
}
