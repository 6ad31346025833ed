import TraceModel

/// A streamed answer that repeats itself for four seconds while every figure is green.
enum LoopingStream {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        [incident(stage)]
            + questions.enumerated().map { index, question in
                healthy(stage, index, question)
            }
    }

    private static let system = ChatMessage.system(
        "You are the parcel assistant of Meridian Freight. Answer in full sentences. Never invent a scan that is not "
            + "in the tracking record.")

    private static let record = """
        {"parcel":"MF-88213047","events":[{"t":"Mon 06:12","place":"Halle hub","what":"departed"},\
        {"t":"Mon 14:40","place":"Lyon regional centre","what":"arrived"},\
        {"t":"Mon 15:05","place":"Lyon regional centre","what":"sorted"}],"eta":null}
        """

    private static let opening = """
        We looked into the parcel you mentioned and found that it left the warehouse in Halle on Monday morning. The \
        carrier scanned it twice on the way, and the last scan was in the regional centre in Lyon, close to your city. \
        There is no delivery date yet, because the parcel has not been handed to a local driver. As soon as that \
        happens you will get a message with a two-hour window, and you can still change the address until then. If \
        nobody is at home, the driver leaves the parcel with a neighbour who agrees, or takes it to the pick-up point \
        at 14 Rue Garibaldi, which is open until eight in the evening. You can also name a safe place yourself, such \
        as a garage or a porch; the button for that appears in the app on the morning of the delivery. Should you \
        need the parcel earlier, the regional centre can hold it for collection from tomorrow noon on. Bring an \
        identity card and the parcel number, and allow for a short queue, since many people collect before the holiday.
        """

    /// Three sentences without an end: what the user saw again and again.
    private static let fragment = """
        The parcel is on its way and will be delivered as soon as possible. We are sorry for the delay this may have \
        caused. Please check the tracking page for the latest information.
        """

    private static func incident(_ stage: Stage) -> TraceRecorder {
        var trace = stage.recorder(
            "looping stream", minutesBefore: 214, service: "parcel-chat", session: "chat-5d1e90")
        let answer = ([opening] + Array(repeating: fragment, count: 6)).joined(separator: " ")
        trace.request("POST", "/v1/chat") { trace in
            trace.agent("parcel-assistant") { trace in
                trace.tool(
                    ToolRun(
                        "track_parcel", id: "toolu_01Hq", #"{"parcel":"MF-88213047"}"#, gives: record, seconds: 0.19))
                let index = trace.chat(
                    ModelCall(
                        "claude-sonnet-4-5",
                        [
                            system, .user("Where is my parcel MF-88213047? It should have been here yesterday."),
                            .asks("toolu_01Hq", "track_parcel", #"{"parcel":"MF-88213047"}"#),
                            .answers("toolu_01Hq", record),
                        ], .assistant(answer), seconds: 8.4
                    ).with {
                        $0.provider = "anthropic"
                        $0.answeredBy = "claude-sonnet-4-5-20250929"
                        $0.firstChunk = 0.2
                        $0.outputTokens = 840
                        $0.stream = StreamPlan(chunkCount: 812)
                    })
                trace.edit(index) { $0.status = SpanStatus(.ok) }
            }
        }
        return trace
    }

    private static let questions: [(asked: String, answered: String)] = [
        (
            "Can I pick up MF-88190554 myself?",
            "Yes. The parcel is in the pick-up point at 14 Rue Garibaldi until Saturday. Bring an identity card and "
                + "the six-digit code from the message that we sent on Thursday."
        ),
        (
            "Mein Paket MF-87731120 ist beschädigt angekommen. Was jetzt?",
            "Das tut uns leid. Bitte fotografieren Sie das Paket von außen und den Inhalt und laden Sie die Bilder in "
                + "Ihrem Konto hoch. Die Prüfung dauert höchstens zwei Werktage, danach erhalten Sie den Warenwert zurück."
        ),
        (
            "How much is express shipping to Lisbon for 3 kg?",
            "Express to Lisbon costs 24.90 € for up to 5 kg and takes two working days when the parcel is handed in "
                + "before 16:00. Standard shipping costs 11.40 € and takes four to five working days."
        ),
    ]

    private static func healthy(
        _ stage: Stage, _ index: Int, _ question: (asked: String, answered: String)
    ) -> TraceRecorder {
        var trace = stage.recorder(
            "parcel \(index)", minutesBefore: 232 - Double(index) * 9, service: "parcel-chat",
            session: "chat-4f0a0\(index)")
        trace.request("POST", "/v1/chat") { trace in
            trace.agent("parcel-assistant") { trace in
                trace.chat(
                    ModelCall(
                        "claude-sonnet-4-5", [system, .user(question.asked)], .assistant(question.answered),
                        seconds: [9.1, 7.6, 8.8][index % 3]
                    ).with {
                        $0.provider = "anthropic"
                        $0.answeredBy = "claude-sonnet-4-5-20250929"
                        $0.firstChunk = 0.24
                        $0.stream = StreamPlan()
                    })
            }
        }
        return trace
    }
}
