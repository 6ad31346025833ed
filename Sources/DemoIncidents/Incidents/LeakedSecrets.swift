import Basics
import TraceModel

/// Keys, cards and medical words that people paste and tools return, on their way into a trace store.
enum LeakedSecrets {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [pastedKey(stage), referral(stage), failingJob(stage)]
    }

    /// A made-up value of a form, put together here so that no source holds one in a piece.
    private static func value(_ prefix: [String], _ length: Int, _ random: inout SplitMix64) -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789")
        return prefix.joined()
            + String((0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    }

    /// A customer pastes a payment key; the tool gets it, its error quotes it, and the streamed answer repeats it.
    private static func pastedKey(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("pasted key", minutesBefore: 203, service: "billing-help", session: "billing-0417")
        let key = value(["sk", "_live_"], 24, &trace.random)
        let instructions = ChatMessage.system(
            "You are the billing assistant. Check keys with check_key before you advise.")
        let question = ChatMessage.user(
            "Payments fail since this morning. My key is \(key), my mail is mara.lindqvist@example.com.")
        let arguments = #"{"key":"\#(key)"}"#
        trace.agent("billing-help") { trace in
            trace.chat(
                ModelCall("gpt-4o", [instructions, question], .asks("call_k", "check_key", arguments), seconds: 0.9)
                    .with {
                        $0.answeredBy = "gpt-4o-2024-11-20"
                    })
            trace.tool(
                ToolRun(
                    "check_key", id: "call_k", arguments, gives: nil, seconds: 0.4,
                    failure: RecordedFailure("AuthenticationError", "401: the key \(key) was revoked")))
            trace.chat(
                ModelCall(
                    "gpt-4o",
                    [
                        instructions, question, .asks("call_k", "check_key", arguments),
                        .answers("call_k", "401: the key \(key) was revoked"),
                    ],
                    .assistant(
                        "The key \(key) was revoked this morning. Make a new one in the dashboard, put it into your "
                            + "server's configuration, and never send it by chat."), seconds: 2.4
                ).with {
                    $0.answeredBy = "gpt-4o-2024-11-20"
                    $0.firstChunk = 0.6
                    $0.stream = StreamPlan()
                })
        }
        return trace
    }

    /// A medical summary with what names a patient, for a letter.
    private static func referral(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("referral", minutesBefore: 611, service: "clinic-intake", voice: .openInference)
        let file = """
            Patient: Edda Voss, born 1961-02-14, phone +49 30 901820 417, mail edda.voss@example.org
            Summary: type 2 diabetes, HbA1c 8.1 %, starts insulin. Allergic to penicillin.
            Billing: DE89 3704 0044 0532 0130 00
            """
        trace.agent("letter-writer") { trace in
            trace.tool(ToolRun("read_patient_file", #"{"patient":"P-20417"}"#, gives: file, seconds: 0.2))
            trace.chat(
                ModelCall(
                    "gpt-4o", [.user("Write a referral to the eye clinic from this file:\n\(file)")],
                    .assistant(
                        "Dear colleague, please see Ms Voss (edda.voss@example.org) for a check of the retina; her HbA1c is 8.1 %."
                    ), seconds: 3.2
                ).with { $0.answeredBy = "gpt-4o-2024-11-20" })
        }
        return trace
    }

    /// A job that prints its settings when it fails.
    private static func failingJob(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder("failing job", minutesBefore: 742, service: "ops-digest", session: "night-job")
        let password = value(["pw", "-"], 14, &trace.random)
        let address = "postgres://digest:\(password)@db.internal:5432/alerts"
        trace.agent("digest-writer") { trace in
            trace.tool(
                ToolRun(
                    "query_alerts", id: "call_q", #"{"since":"24h"}"#, gives: nil, seconds: 5.0,
                    failure: RecordedFailure(
                        "OperationalError", "could not connect to \(address)",
                        stacktrace: """
                            Traceback (most recent call last):
                              File "digest/alerts.py", line 31, in query
                                connection = connect("\(address)")
                            OperationalError: could not connect to \(address)
                            """)))
            trace.chat(
                ModelCall(
                    "gpt-4o-mini", [.user("Why is there no digest today?")],
                    .assistant("The database could not be reached. I will try again at 06:00."), seconds: 1.1
                ).with { $0.answeredBy = "gpt-4o-mini-2024-07-18" })
        }
        return trace
    }
}
