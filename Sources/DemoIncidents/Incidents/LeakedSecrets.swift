import Basics

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
        stage.trace("pasted key", minutesBefore: 203, service: "billing-help", session: "billing-0417") { trace in
            let key = value(["sk", "_live_"], 24, &trace.random)
            let opening: [ChatMessage] = [
                .system("You are the billing assistant. Check keys with check_key before you advise."),
                .user("Payments fail since this morning. My key is \(key), my mail is mara.lindqvist@example.com."),
            ]
            let arguments = #"{"key":"\#(key)"}"#
            let asked = ChatMessage.asks("call_k", "check_key", arguments)
            let refusal = "401: the key \(key) was revoked"
            trace.agent("billing-help") { trace in
                trace.chat(.gpt4o, opening, asked, seconds: 0.9)
                trace.tool(
                    "check_key", id: "call_k", arguments, gives: nil, seconds: 0.4,
                    failure: RecordedFailure("AuthenticationError", refusal))
                trace.chat(
                    .gpt4o, opening + [asked, .answers("call_k", refusal)],
                    .assistant(
                        "The key \(key) was revoked this morning. Make a new one in the dashboard, put it into your "
                            + "server's configuration, and never send it by chat."), seconds: 2.4
                ) {
                    $0.firstChunk = 0.6
                    $0.stream = StreamPlan()
                }
            }
        }
    }

    /// A medical summary with what names a patient, for a letter.
    private static func referral(_ stage: Stage) -> TraceRecorder {
        let file = """
            Patient: Edda Voss, born 1961-02-14, phone +49 30 901820 417, mail edda.voss@example.org
            Summary: type 2 diabetes, HbA1c 8.1 %, starts insulin. Allergic to penicillin.
            Billing: DE89 3704 0044 0532 0130 00
            """
        return stage.trace(
            "referral", agent: "letter-writer", minutesBefore: 611, service: "clinic-intake", voice: .openInference
        ) { trace in
            trace.tool("read_patient_file", #"{"patient":"P-20417"}"#, gives: file, seconds: 0.2)
            trace.chat(
                .gpt4o, [.user("Write a referral to the eye clinic from this file:\n\(file)")],
                .assistant(
                    "Dear colleague, please see Ms Voss (edda.voss@example.org) for a check of the retina; her "
                        + "HbA1c is 8.1 %."), seconds: 3.2)
        }
    }

    /// A job that prints its settings when it fails.
    private static func failingJob(_ stage: Stage) -> TraceRecorder {
        stage.trace("failing job", minutesBefore: 742, service: "ops-digest", session: "night-job") { trace in
            let password = value(["pw", "-"], 14, &trace.random)
            let address = "postgres://digest:\(password)@db.internal:5432/alerts"
            trace.agent("digest-writer") { trace in
                trace.tool(
                    "query_alerts", id: "call_q", #"{"since":"24h"}"#, gives: nil, seconds: 5.0,
                    failure: RecordedFailure(
                        "OperationalError", "could not connect to \(address)",
                        stacktrace: """
                            Traceback (most recent call last):
                              File "digest/alerts.py", line 31, in query
                                connection = connect("\(address)")
                            OperationalError: could not connect to \(address)
                            """))
                trace.chat(
                    .gpt4oMini, [.user("Why is there no digest today?")],
                    .assistant("The database could not be reached. I will try again at 06:00."), seconds: 1.1)
            }
        }
    }
}
