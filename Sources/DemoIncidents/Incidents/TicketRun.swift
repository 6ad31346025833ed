import TraceModel

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
        var trace = stage.recorder(
            "answer_ticket 48213", minutesBefore: 141, service: "ticket-desk", session: "ticket-48213")
        trace.chain("answer_ticket") { trace in
            trace.note([Attribute("ticket.id", .string("48213")), Attribute("input.value", .string(ticket))])
            TicketAgents.planner(&trace, model: after)
            trace.together([
                { trace in
                    TicketAgents.worker(
                        &trace, Attempt(worker: 1, task: .charges, model: after, failure: .transport), searches: 15)
                    trace.wait(0.8)
                    TicketAgents.worker(
                        &trace,
                        Attempt(worker: 1, task: .charges, number: 2, reason: "transport", model: after), searches: 44)
                },
                { trace in
                    TicketAgents.worker(
                        &trace, Attempt(worker: 2, task: .refund, model: after, failure: .validation), searches: 21)
                    TicketAgents.worker(
                        &trace,
                        Attempt(
                            worker: 2, task: .refund, number: 2, reason: "validation", model: after,
                            failure: .cancelled), searches: 9)
                },
                { trace in TicketAgents.worker(&trace, Attempt(worker: 4, task: .cards, model: after), searches: 37) },
            ])
            TicketAgents.critic(&trace, on: .charges, accepts: true, model: after)
            TicketAgents.worker(&trace, Attempt(worker: 3, task: .answer, model: after), searches: 23)
            TicketAgents.critic(&trace, on: .answer, accepts: false, model: after)
            TicketAgents.worker(
                &trace, Attempt(worker: 3, task: .answer, number: 2, reason: "critic", model: after), searches: 64)
            TicketAgents.critic(&trace, on: .answer, accepts: false, model: after)
            TicketAgents.worker(
                &trace, Attempt(worker: 3, task: .answer, number: 3, reason: "critic", model: after), searches: 62)
            TicketAgents.critic(&trace, on: .answer, accepts: true, model: after)
            trace.note([Attribute("output.value", .string(TicketTask.answer.output(attempt: 3)))])
        }
        return trace
    }

    /// The same flow on an easy ticket.
    private static func small(_ stage: Stage, _ index: Int, minutesBefore: Double, model: String) -> TraceRecorder {
        let number = 47_900 + index * 31
        var trace = stage.recorder(
            "answer_ticket \(number)", minutesBefore: minutesBefore, service: "ticket-desk",
            session: "ticket-\(number)")
        trace.chain("answer_ticket") { trace in
            trace.note([
                Attribute("ticket.id", .string("\(number)")),
                Attribute(
                    "input.value", .string("Ticket \(number). \"Please send me the invoice of last month again.\"")),
            ])
            TicketAgents.planner(&trace, model: model)
            TicketAgents.worker(&trace, Attempt(worker: 1, task: .charges, model: model), searches: 3 + index % 4)
            TicketAgents.worker(&trace, Attempt(worker: 3, task: .answer, model: model), searches: 2)
            TicketAgents.critic(&trace, on: .answer, accepts: true, model: model)
        }
        return trace
    }
}
