import Basics
import TraceModel

/// A tool on another machine whose clock runs ahead, so that its work seems to end after the answer.
enum SkewedClocks {
    /// How far the other machine's clock is ahead, in seconds.
    private static let ahead = 4.1

    static func record(_ stage: Stage) -> [Recorder] {
        var trace = stage.recorder("skewed clocks", minutesBefore: 431, service: "refund-desk", session: "refund-88")
        let arguments = #"{"order":"5561","amount":"49.90"}"#
        let result = #"{"state":"booked","entry":90417}"#
        var remote: [Int] = []
        trace.agent("refunds") { trace in
            trace.chat(
                ModelCall(
                    "gpt-4o-mini", [.user("Please refund order 5561.")], .asks("call_r", "book_refund", arguments),
                    seconds: 0.8
                ).with { $0.answeredBy = "gpt-4o-mini-2024-07-18" })
            trace.tool(ToolRun("book_refund", id: "call_r", arguments, gives: result, seconds: 1.2)) { trace in
                trace.span("POST ledger/entries", kind: .client) { trace in
                    trace.wait(0.05)
                    remote.append(
                        trace.span("POST /entries", kind: .server) { trace in
                            trace.wait(0.1)
                            remote.append(trace.span("INSERT entries", kind: .client) { $0.wait(0.6) })
                        })
                    trace.wait(0.05)
                }
            }
            trace.chat(
                ModelCall(
                    "gpt-4o-mini",
                    [
                        .user("Please refund order 5561."), .asks("call_r", "book_refund", arguments),
                        .answers("call_r", result),
                    ], .assistant("Done: 49.90 € go back to your card within three days."), seconds: 1.4
                ).with { $0.answeredBy = "gpt-4o-mini-2024-07-18" })
        }
        let shift = Int64(clamped: ahead * 1e9)
        for index in remote {
            trace.edit(index) { span in
                span.startUnixNano = span.startUnixNano.map { $0 + shift }
                span.endUnixNano = span.endUnixNano.map { $0 + shift }
                span.resource = Resource(attributes: [
                    Attribute("service.name", .string("ledger")), Attribute("host.name", .string("ledger-db-2")),
                    Attribute("telemetry.sdk.language", .string("go")),
                ])
            }
        }
        return [trace]
    }
}
