import TraceModel

/// The agents of the ticket run; all their spans carry one of three names.
enum TicketAgents {
    static func planner(_ trace: inout TraceRecorder, model: String) {
        let plan = """
            1. worker 1: charges of October. 2. worker 2: refund by rule. 3. worker 4: history of the cards. \
            4. worker 3: the answer, after the critic has seen 1 to 3.
            """
        agent(&trace, "planner", instance: "planner-1") { trace in
            tool(&trace, "read_ticket", #"{"id":"48213"}"#, TicketRun.ticket, seconds: 0.3)
            tool(
                &trace, "load_customer", #"{"ticket":"48213"}"#, #"{"since":2019,"plan":"family","cards":2}"#,
                seconds: 0.4)
            invoke(&trace, model, TicketRun.ticket, .assistant(plan), seconds: 2.1)
        }
    }

    static func worker(_ trace: inout TraceRecorder, _ attempt: Attempt, searches: Int) {
        let attributes: AttributeList = ["agent.attempt": attempt.number, "agent.attempt.reason": attempt.reason]
        let index = agent(&trace, "worker", instance: "worker-\(attempt.worker)", attributes) { trace in
            var history: [ChatMessage] = []
            // The model asks for a handful of searches at a time and reads what they found before the next.
            for start in stride(from: 0, to: searches, by: searchesPerTurn) {
                let numbers = start..<min(start + searchesPerTurn, searches)
                var calls = numbers.map { number in
                    ChatMessage.Part.call(
                        id: callID(attempt, number), name: "search", arguments: arguments(attempt.task, number))
                }
                if attempt.failure == .transport, numbers.upperBound == searches {
                    calls.append(.call(id: "call_led", name: "ledger_export", arguments: #"{"month":"2026-10"}"#))
                }
                let asked = ChatMessage(role: "assistant", parts: calls)
                invoke(
                    &trace, attempt.model, attempt.task.instruction, asked,
                    seconds: start == 0 ? 1.1 : 0.9 * trace.random.jitter(), results: start, history: history)
                history = [asked]
                for number in numbers {
                    let finding = attempt.task.finding(number)
                    tool(
                        &trace, "search", arguments(attempt.task, number), finding, id: callID(attempt, number),
                        seconds: 0.11 * trace.random.jitter(0.5))
                    history.append(.answers(callID(attempt, number), finding))
                }
            }
            switch attempt.failure {
            case .transport?:
                trace.tool(
                    "ledger_export", id: "call_led", #"{"month":"2026-10"}"#, gives: nil, seconds: 4,
                    failure: RecordedFailure("TimeoutError", "ledger did not answer within 4 s"),
                    spanName: "tool.call")
            case .cancelled?: trace.wait(1.2)
            default:
                invoke(
                    &trace, attempt.model, attempt.task.instruction,
                    .assistant(attempt.task.output(attempt: attempt.number)), seconds: 1.6, results: searches,
                    history: history)
            }
        }
        switch attempt.failure {
        case .transport?: trace.edit(index) { $0.status = SpanStatus(.error, message: "TimeoutError in ledger_export") }
        case .validation?:
            trace.fail(index, RecordedFailure("ValidationError", "rule R-12 needs a card that is still open"))
        case .cancelled?: trace.cancel(index, "cancelled by planner: no answer needed any more")
        case nil: break
        }
    }

    private static let searchesPerTurn = 8

    private static func callID(_ attempt: Attempt, _ number: Int) -> String {
        "call_\(attempt.worker)\(attempt.number)_\(number)"
    }

    private static func arguments(_ task: TicketTask, _ number: Int) -> String {
        #"{"q":"\#(task.query(number))"}"#
    }

    static func critic(_ trace: inout TraceRecorder, accepts: Bool, model: String) {
        let verdict =
            accepts
            ? "Accepted. All statements have a source."
            : "Flagged: the answer states a card that the ledger contradicts."
        agent(&trace, "critic", instance: "critic-1") { trace in
            invoke(&trace, model, "Check the worker's result against the ledger.", .assistant(verdict), seconds: 1.2)
        }
    }

    @discardableResult
    private static func agent(
        _ trace: inout TraceRecorder, _ name: String, instance: String, _ attributes: AttributeList = [:],
        body: (inout TraceRecorder) -> Void
    ) -> Int {
        trace.agent(name, span: "agent.run", ["gen_ai.agent.id": instance] + attributes, body: body)
    }

    private static func tool(
        _ trace: inout TraceRecorder, _ name: String, _ arguments: String, _ result: String, id: String? = nil,
        seconds: Double
    ) {
        trace.tool(name, id: id, arguments, gives: result, seconds: seconds, spanName: "tool.call")
    }

    private static func invoke(
        _ trace: inout TraceRecorder, _ model: String, _ prompt: String, _ answer: ChatMessage, seconds: Double,
        results: Int = 0, history: [ChatMessage] = []
    ) {
        let instructions = ChatMessage.system(
            "You are part of the ticket desk. Work only with the ledger and the rules.")
        trace.chat(
            ServedModel(TicketRun.alias, answeredBy: model), [instructions, .user(prompt)] + history, answer,
            seconds: seconds
        ) {
            $0.spanName = "llm.invoke"
            $0.firstChunk = 0.3
            // The ledger's rules and the customer's file are part of every prompt; each result adds to it.
            $0.inputTokens = 540 + Int64(results) * 36
        }
    }
}
