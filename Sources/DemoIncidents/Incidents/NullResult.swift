import TraceModel

/// A tool that answers null under OK, and a model that makes a fact of it.
enum NullResult {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [
            order(
                stage, "7731", minutesBefore: 178, result: #"{"result": null}"#,
                answer:
                    "Your order 7731 arrives on Thursday between 10 and 12. You do not have to be at home: the driver "
                    + "leaves it with a neighbour if nobody answers."),
            order(
                stage, "7702", minutesBefore: 191,
                result:
                    #"{"result": {"carrier": "Meridian", "status": "in transit", "eta": "2026-11-24T09:30:00+01:00"}}"#,
                answer: "Your order 7702 is in transit with Meridian and should arrive on Tuesday at about 9:30."),
            order(
                stage, "7715", minutesBefore: 160,
                result: #"{"result": null, "warning": "shard 3 not reachable, partial answer"}"#,
                answer: "Order 7715 has been delivered yesterday afternoon. Is there anything else I can help you with?"
            ),
        ]
    }

    private static let instructions = ChatMessage.system(
        """
        You are the support agent of Fernwood Books. You help customers with orders, returns and gift cards.
        Rules:
        1. Use track_order before you say anything about a delivery.
        2. If a tool gives no answer, say so and offer to open a ticket.
        3. Never promise a date that is not in a tool result.
        4. Keep answers under sixty words.
        5. Do not mention internal systems.
        """)

    private static let tool = #"""
        {"type":"function","name":"track_order","description":"Delivery state of an order","parameters":{"type":"object",\#
        "properties":{"order":{"type":"string"}},"required":["order"]}}
        """#

    private static func order(
        _ stage: Stage, _ number: String, minutesBefore: Double, result: String, answer: String
    ) -> TraceRecorder {
        let opening = [instructions, .user("When does order \(number) arrive?")]
        let arguments = #"{"order":"\#(number)"}"#
        let asked = ChatMessage.asks("call_9", "track_order", arguments)
        let lookup: AttributeList = [
            "http.request.method": "GET", "http.response.status_code": 200, "server.address": "orders.internal",
        ]
        return stage.trace(
            "order \(number)", minutesBefore: minutesBefore, service: "bookshop-support",
            session: "conv-\(number)-a"
        ) { trace in
            trace.request("POST", "/support/messages") { trace in
                trace.agent("support") { trace in
                    trace.chat(.gpt4oMini, opening, asked, seconds: 0.94) {
                        $0.tools = [tool]
                        $0.firstChunk = 0.41
                    }
                    trace.tool("track_order", id: "call_9", arguments, gives: result, seconds: 0.31) { trace in
                        trace.span("GET orders/{id}/tracking", kind: .client, lookup) { $0.wait(0.12) }
                    }
                    trace.wait(0.02)
                    trace.chat(
                        .gpt4oMini, opening + [asked, .answers("call_9", result)], .assistant(answer), seconds: 1.6
                    ) {
                        $0.tools = [tool]
                        $0.firstChunk = 0.32
                        $0.cacheReadTokens = 96
                    }
                }
            }
        }
    }
}
