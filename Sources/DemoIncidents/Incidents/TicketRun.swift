/// A run of planner, workers and critic in 340 spans of three names, in which the second retry of a worker after the
/// critic's objection wrote the bad answer.
enum TicketRun {
    /// The alias that the gateway serves; the night before it moved to another snapshot.
    static let alias = "support-large"
    static let before = "gpt-4.1-2025-04-14"
    static let after = "gpt-4.1-mini-2025-04-14"

    static func record(_ stage: Stage) -> [TraceRecorder] {
        let earlier = [1510.0, 1466, 1402, 1377, 1239].enumerated().map { index, minutes in
            small(stage, index, minutesBefore: minutes, model: before)
        }
        let later = [488.0, 351].enumerated().map { index, minutes in
            small(stage, index + 5, minutesBefore: minutes, model: after)
        }
        return [incident(stage)] + earlier + later
    }

    static let ticket = """
        Ticket 48213. Customer since 2019, plan: family. "I was charged twice for October (2 × 34.90 €) and the second \
        charge came from a card that I removed in August. I want the money back on the card that is still there, and a \
        written statement of what happened, since my bank asks for it."
        """

    private static func incident(_ stage: Stage) -> TraceRecorder {
        stage.trace(
            "answer_ticket 48213", minutesBefore: 141, service: "ticket-desk", session: "ticket-48213"
        ) { trace in
            trace.chain("answer_ticket") { trace in
                trace.note(["ticket.id": "48213", "input.value": ticket])
                TicketAgents.planner(&trace, model: after)
                trace.together([
                    { trace in
                        work(&trace, 1, .charges, searches: 15, failure: .transport)
                        trace.wait(0.8)
                        work(&trace, 1, .charges, try: 2, after: "transport", searches: 44)
                    },
                    { trace in
                        work(&trace, 2, .refund, searches: 21, failure: .validation)
                        work(&trace, 2, .refund, try: 2, after: "validation", searches: 9, failure: .cancelled)
                    },
                    { trace in work(&trace, 4, .cards, searches: 37) },
                ])
                TicketAgents.critic(&trace, accepts: true, model: after)
                work(&trace, 3, .answer, searches: 23)
                TicketAgents.critic(&trace, accepts: false, model: after)
                work(&trace, 3, .answer, try: 2, after: "critic", searches: 64)
                TicketAgents.critic(&trace, accepts: false, model: after)
                work(&trace, 3, .answer, try: 3, after: "critic", searches: 62)
                TicketAgents.critic(&trace, accepts: true, model: after)
                trace.note(["output.value": TicketTask.answer.output(attempt: 3)])
            }
        }
    }

    private static func work(
        _ trace: inout TraceRecorder, _ worker: Int, _ task: TicketTask, try number: Int = 1,
        after reason: String? = nil, searches: Int, failure: Attempt.Failure? = nil, model: String = after
    ) {
        let attempt = Attempt(
            worker: worker, task: task, number: number, reason: reason, model: model, failure: failure)
        TicketAgents.worker(&trace, attempt, searches: searches)
    }

    /// The same flow on an easy ticket.
    private static func small(_ stage: Stage, _ index: Int, minutesBefore: Double, model: String) -> TraceRecorder {
        let number = 47_900 + index * 31
        return stage.trace(
            "answer_ticket \(number)", minutesBefore: minutesBefore, service: "ticket-desk",
            session: "ticket-\(number)"
        ) { trace in
            trace.chain("answer_ticket") { trace in
                trace.note([
                    "ticket.id": "\(number)",
                    "input.value": "Ticket \(number). \"Please send me the invoice of last month again.\"",
                ])
                TicketAgents.planner(&trace, model: model)
                work(&trace, 1, .charges, searches: 3 + index % 4, model: model)
                work(&trace, 3, .answer, searches: 2, model: model)
                TicketAgents.critic(&trace, accepts: true, model: model)
            }
        }
    }
}
