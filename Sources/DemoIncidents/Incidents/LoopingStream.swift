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
        let answer = ([opening] + Array(repeating: fragment, count: 6)).joined(separator: " ")
        let arguments = #"{"parcel":"MF-88213047"}"#
        return chat(stage, "looping stream", minutesBefore: 214, session: "chat-5d1e90") { trace in
            trace.tool("track_parcel", id: "toolu_01Hq", arguments, gives: record, seconds: 0.19)
            let index = trace.chat(
                .sonnet,
                [
                    system, .user("Where is my parcel MF-88213047? It should have been here yesterday."),
                    .asks("toolu_01Hq", "track_parcel", arguments), .answers("toolu_01Hq", record),
                ], .assistant(answer), seconds: 8.4
            ) {
                $0.firstChunk = 0.2
                $0.outputTokens = 840
                $0.stream = StreamPlan(chunkCount: 812)
            }
            trace.edit(index) { $0.status = SpanStatus(.ok) }
        }
    }

    private static func chat(
        _ stage: Stage, _ name: String, minutesBefore: Double, session: String, body: (inout TraceRecorder) -> Void
    ) -> TraceRecorder {
        stage.trace(name, minutesBefore: minutesBefore, service: "parcel-chat", session: session) { trace in
            trace.request("POST", "/v1/chat") { trace in trace.agent("parcel-assistant", body: body) }
        }
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
        chat(stage, "parcel \(index)", minutesBefore: 232 - Double(index) * 9, session: "chat-4f0a0\(index)") { trace in
            trace.chat(
                .sonnet, [system, .user(question.asked)], .assistant(question.answered),
                seconds: [9.1, 7.6, 8.8][index % 3]
            ) {
                $0.firstChunk = 0.24
                $0.stream = StreamPlan()
            }
        }
    }
}
