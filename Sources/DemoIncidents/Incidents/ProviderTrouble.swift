import TraceModel

/// What goes wrong between a program and its provider: limits, time-outs, refusals, runs that were given up.
enum ProviderTrouble {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [
            rateLimit(stage), contextTooLong(stage), timeout(stage), cancelled(stage), running(stage), blocked(stage),
            brokenArguments(stage),
        ]
    }

    private static let digest: [ChatMessage] = [
        .system("You write the morning digest for the operations team: at most six bullets, most urgent first."),
        .user("Summarise the 214 alerts of last night and group them by cause."),
    ]

    private static let digestText = """
        • Payment gateway: 131 time-outs between 01:52 and 02:20, all towards one bank; cleared by itself.
        • Storage: node s7 rebuilt an index, 44 slow-query alerts, no user impact.
        • Certificates: two expire on Thursday (api-old, mail-relay).
        • Noise: 37 alerts of the test environment reached production routing.
        """

    private static func rateLimit(_ stage: Stage) -> TraceRecorder {
        let refusal = RecordedFailure(
            "RateLimitError",
            "429: tokens per minute exceeded (limit 450000, used 449210, requested 9120), retry in 6 s",
            stacktrace: """
                Traceback (most recent call last):
                  File "digest/run.py", line 88, in write_digest
                    answer = client.chat.completions.create(**request)
                RateLimitError: 429
                """)
        return stage.trace("rate limit", agent: "digest-writer", minutesBefore: 318, service: "ops-digest") { trace in
            for attempt in 1...3 {
                let isRefused = attempt < 3
                let index = trace.chat(
                    .gpt4o, digest, .assistant(digestText), seconds: isRefused ? 0.2 : 3.1
                ) {
                    $0.failure = isRefused ? refusal : nil
                    $0.firstChunk = isRefused ? nil : 0.9
                }
                trace.note(["http.request.resend_count": attempt - 1], on: index)
                if isRefused { trace.wait(6 * Double(attempt)) }
            }
        }
    }

    private static func contextTooLong(_ stage: Stage) -> TraceRecorder {
        stage.trace(
            "context too long", agent: "digest-writer", minutesBefore: 287, service: "ops-digest", voice: .openInference
        ) { trace in
            trace.chat("gpt-4o-mini", digest, .assistant(""), seconds: 0.4) {
                $0.failure = RecordedFailure(
                    "BadRequestError",
                    "400: the maximum context length is 128000 tokens, but the messages have 141377 tokens")
            }
        }
    }

    private static func timeout(_ stage: Stage) -> TraceRecorder {
        stage.trace(
            "timeout", minutesBefore: 122, service: "travel-planner", session: "trip-5521"
        ) { trace in
            let index = trace.request("POST", "/trips/plan", status: 504) { trace in
                trace.agent("travel-planner") { trace in
                    trace.tool(
                        "search_trains", id: "call_1", #"{"from":"Wien Hbf","to":"Venezia SL","date":"2026-12-18"}"#,
                        gives: nil, seconds: 30,
                        failure: RecordedFailure("ReadTimeout", "no answer from timetable.internal within 30 s"))
                }
            }
            trace.fail(index, RecordedFailure("504", "upstream time-out"))
        }
    }

    private static func cancelled(_ stage: Stage) -> TraceRecorder {
        stage.trace("cancelled", minutesBefore: 51, service: "travel-planner", session: "trip-5540") { trace in
            let index = trace.agent("travel-planner") { trace in
                let call = trace.chat(
                    ServedModel("claude-sonnet-4-5", provider: "anthropic"),
                    [.user("Plan ten days in northern Portugal by train, quiet places only.")],
                    .assistant("Day 1: Porto to Pinhão along the Douro. The line follows the river from"), seconds: 2.7
                ) {
                    $0.firstChunk = 0.5
                    $0.finish = "error"
                    $0.statesUsage = false
                }
                trace.note(["gen_ai.response.status": "cancelled"], on: call)
            }
            trace.cancel(index, "client closed the request")
        }
    }

    /// Still running when the data was taken: spans without an end.
    private static func running(_ stage: Stage) -> TraceRecorder {
        stage.trace("running", minutesBefore: 3, service: "contract-analyst", session: "analysis-240") { trace in
            trace.agent("contract-analyst") { trace in
                trace.retrieval("contracts-2026", query: "termination clauses", [], seconds: 1.4)
                trace.chat(
                    .opus, [.user("List every termination clause with its notice period.")], .assistant("…"),
                    seconds: 40
                ) { $0.statesUsage = false }
            }
            for index in [0, 2] {
                trace.edit(index) { span in
                    span.endUnixNano = nil
                    span.attributes.removeAll {
                        $0.key.hasPrefix("gen_ai.response") || $0.key == "gen_ai.output.messages"
                    }
                }
            }
        }
    }

    private static func blocked(_ stage: Stage) -> TraceRecorder {
        let question = "Is this rash shingles? Just say yes or no."
        return stage.trace(
            "guardrail", agent: "intake", minutesBefore: 84, service: "clinic-intake", session: "intake-118"
        ) { trace in
            let verdict = #"{"action":"block","rule":"no_diagnosis","score":0.98}"#
            trace.guardrail(
                "guardrail.no_diagnosis", ["input.value": question, "output.value": verdict], seconds: 0.14)
            trace.chat(
                .gpt4oMini, [.user(question)],
                .assistant(
                    "I cannot tell from here. A rash with pain on one side should be seen by a doctor within three "
                        + "days; I can book you the first free appointment tomorrow at 8:20."), seconds: 1.2)
        }
    }

    private static func brokenArguments(_ stage: Stage) -> TraceRecorder {
        let cut = #"{"title":"Review with Zoë","start":"2026-11-2"#
        return stage.trace(
            "broken arguments", agent: "calendar-bot", minutesBefore: 263, service: "calendar-bot",
            voice: .openInference
        ) { trace in
            trace.chat(
                .llama, [.user("Move the review with Zoë to Friday at three.")],
                .asks("call_x", "move_event", cut), seconds: 1.4
            ) { $0.finish = "length" }
            trace.tool(
                "move_event", id: "call_x", cut, gives: nil, seconds: 0.02,
                failure: RecordedFailure("JSONDecodeError", "Unterminated string starting at: line 1 column 36"))
        }
    }
}
