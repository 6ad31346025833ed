/// Answers built on documents of a version that is no longer valid, with every status green.
enum WrongVersion {
    static func record(_ stage: Stage) -> [TraceRecorder] {
        let questions = [
            "How many days do I have to return an unopened item?", "Is return shipping free for members?",
            "Can I return a gift without the receipt?",
        ]
        let stale = questions.enumerated().map { index, question in
            answer(stage, question, number: index, minutesBefore: 540 - Double(index) * 37, version: "2024-03")
        }
        return stale + [
            answer(stage, questions[0], number: 9, minutesBefore: 1290, version: "2026-09"),
            answer(stage, questions[1], number: 8, minutesBefore: 1246, version: "2026-09"),
        ]
    }

    private static func documents(_ version: String) -> [Document] {
        let days = version == "2024-03" ? "30" : "14"
        let shipping =
            version == "2024-03"
            ? "Return shipping is free for all customers." : "Return shipping is free for members; others pay 4.90 €."
        let metadata = #"{"source":"returns-policy.md","version":"\#(version)","index":"help-\#(version)"}"#
        return [
            Document(
                "returns#1", score: 0.9127, "Unopened items can be returned within \(days) days after delivery.",
                metadata: metadata),
            Document("returns#2", score: 0.8840, shipping, metadata: metadata),
            Document(
                "returns#5", score: 0.8013,
                "Gifts can be returned with the order number or the receipt; the refund goes to the buyer.",
                metadata: metadata),
            Document(
                "warranty#1", score: 0.6122, "The warranty of electronic devices is two years.", metadata: metadata),
        ]
    }

    private static func answer(
        _ stage: Stage, _ question: String, number: Int, minutesBefore: Double, version: String
    ) -> TraceRecorder {
        let isStale = version == "2024-03"
        let found = documents(version)
        let context = found.map { "[\($0.id)] \($0.content)" }.joined(separator: "\n")
        let cited = found[number % 3]
        return stage.trace(
            "policy \(number)", minutesBefore: minutesBefore, service: "help-center", voice: .openInference,
            session: "help-77\(number)"
        ) { trace in
            var judged = 0
            trace.chain("RetrievalQA") { trace in
                trace.note(["input.value": question])
                trace.embedding("text-embedding-3-small", text: question, seconds: 0.09)
                trace.retrieval("help", query: question, found, seconds: 0.22)
                trace.reranking("rerank-v3.5", query: question, Array(found.prefix(3)), seconds: 0.31)
                judged = trace.chat(
                    .gpt4o,
                    [
                        .system("Answer from the context only. Cite the passage in brackets.\n\n\(context)"),
                        .user(question),
                    ],
                    .assistant("\(cited.content) [\(cited.id)]"), seconds: 1.1 * trace.random.jitter()
                ) { $0.firstChunk = 0.36 }
                trace.note(["output.value": cited.content])
            }
            trace.wait(2)
            trace.log(
                "gen_ai.evaluation.result", of: judged,
                [
                    "gen_ai.evaluation.name": "policy_agreement",
                    "gen_ai.evaluation.score.value": isStale ? 0.08 : 0.97,
                    "gen_ai.evaluation.score.label": isStale ? "contradicts" : "agrees",
                    "gen_ai.evaluation.explanation": isStale
                        ? "The cited passage is of version 2024-03; since September 2026 the limit is 14 days."
                        : "The answer agrees with the policy in force.",
                ])
        }
    }
}
