import TraceModel

/// Streams that went wrong on the way while their spans say that all is well.
enum StreamTrouble {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [
            twins(stage), stalledArguments(stage), truncated(stage), abortedAfterToolCall(stage),
            partialShownAsComplete(stage), slowFirstChunk(stage),
        ]
    }

    private static func trace(
        _ stage: Stage, _ name: String, minutesBefore: Double, body: (inout TraceRecorder) -> Void
    ) -> TraceRecorder {
        stage.trace(
            "stream \(name)", minutesBefore: minutesBefore, service: "tutor-chat", session: "lesson-\(name.count)"
        ) { trace in
            trace.request("POST", "/v1/lessons") { trace in trace.agent("tutor", body: body) }
        }
    }

    private static let photosynthesis = """
        Plants are small factories that run on light. In every green leaf there are tiny rooms, called chloroplasts, \
        and in them a pigment catches the energy of the sun. With this energy the plant takes water from its roots \
        apart, keeps the hydrogen, and lets the oxygen go, which is what we breathe. In a second step it builds sugar \
        out of the hydrogen and the carbon dioxide from the air. The sugar is food for the plant, and in the end for \
        everything that eats plants. So light becomes matter, and air becomes wood. What do you think happens to the \
        sugar during the night, when there is no light?
        """

    /// Two answers with the same time per chunk: one even, one with a single hole of two seconds.
    private static func twins(_ stage: Stage) -> TraceRecorder {
        trace(stage, "twins", minutesBefore: 171) { trace in
            trace.answer(
                "What is photosynthesis?", .assistant(photosynthesis), seconds: 4.3, firstChunk: 0.3,
                StreamPlan(chunkCount: 201, isEven: true))
            trace.wait(0.4)
            trace.answer(
                "Once more, please.", .assistant(photosynthesis), seconds: 4.3, firstChunk: 0.3,
                StreamPlan(chunkCount: 201, isEven: true, holes: [StreamPlan.Hole(share: 0.62, seconds: 2)]))
        }
    }

    /// The model falls silent in the middle of a tool call.
    private static func stalledArguments(_ stage: Stage) -> TraceRecorder {
        let arguments = #"{"topic":"fractions","grade":5,"exercises":[{"a":"1/2","b":"1/3"},{"a":"3/4","b":"2/5"}]}"#
        return trace(stage, "stalled arguments", minutesBefore: 166) { trace in
            trace.answer(
                "Give me a worksheet on fractions.", .asks("call_ws1", "make_worksheet", arguments), seconds: 7.9,
                firstChunk: 0.4, StreamPlan(holes: [StreamPlan.Hole(share: 0.5, seconds: 6.1)]))
            trace.tool("make_worksheet", id: "call_ws1", arguments, gives: #"{"url":"/w/5512"}"#, seconds: 0.6)
        }
    }

    /// The answer ends in the middle of a sentence, at the limit of its tokens.
    private static func truncated(_ stage: Stage) -> TraceRecorder {
        let cut = ChatMessage.assistant(String(photosynthesis.prefix(384)))
        return trace(stage, "truncated", minutesBefore: 158) { trace in
            trace.answer("Explain photosynthesis in depth.", cut, seconds: 3.1, firstChunk: 0.35, StreamPlan()) {
                $0.finish = "length"
                $0.outputTokens = 96
            }
        }
    }

    /// The user closes the window after the model asked for a tool, which then runs for nobody.
    private static func abortedAfterToolCall(_ stage: Stage) -> TraceRecorder {
        let arguments = #"{"student":"s-118","plan":"weekly"}"#
        return trace(stage, "aborted", minutesBefore: 149) { trace in
            trace.answer(
                "Sign me up for the weekly plan.", .asks("call_pl9", "book_plan", arguments), seconds: 1.2,
                firstChunk: 0.5, StreamPlan(endCause: .clientAbort))
            trace.tool(
                "book_plan", id: "call_pl9", arguments, gives: #"{"booked":true,"plan":"weekly"}"#, seconds: 0.8)
        }
    }

    /// The line breaks, and the harness passes what it has on as the answer.
    private static func partialShownAsComplete(_ stage: Stage) -> TraceRecorder {
        let part = ChatMessage.assistant(String(photosynthesis.prefix(212)))
        return trace(stage, "partial", minutesBefore: 141) { trace in
            let index = trace.answer(
                "Why is the leaf green?", part, seconds: 2.4, firstChunk: 0.3,
                StreamPlan(tail: 0.1, endCause: .connectionDropped)
            ) { $0.statesUsage = false }
            trace.edit(index) { $0.status = SpanStatus(.ok) }
        }
    }

    /// Twelve seconds of silence, then a quick answer.
    private static func slowFirstChunk(_ stage: Stage) -> TraceRecorder {
        trace(stage, "slow first chunk", minutesBefore: 133) { trace in
            trace.answer(
                "Which planet is the largest?",
                .assistant("Jupiter is the largest planet: more than a thousand Earths would fit into it."),
                seconds: 12.9, firstChunk: 12.1, StreamPlan())
        }
    }
}

extension TraceRecorder {
    /// Records an answer of the tutor with its stream.
    @discardableResult
    fileprivate mutating func answer(
        _ question: String, _ answer: ChatMessage, seconds: Double, firstChunk: Double, _ plan: StreamPlan,
        change: (inout ModelCall) -> Void = { _ in }
    ) -> Int {
        let system = ChatMessage.system("You are a patient tutor. Explain one idea at a time and end with a question.")
        return chat(.gpt4o, [system, .user(question)], answer, seconds: seconds) { call in
            call.firstChunk = firstChunk
            call.stream = plan
            change(&call)
        }
    }
}
