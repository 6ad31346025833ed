import TraceModel

/// Joins the calls of a conversation with their results.
///
/// A result belongs to the call that it names. Where calls or results name none, they belong together in order, if there
/// are as many of them. What no message tells is taken from the span of the tool with the same call id.
struct ToolAnswers {
    /// By call id; nil where spans contradict each other.
    let results: [String: String?]
    private(set) var takenFromSpans = 0
    private var usedIDs: Set<String> = []

    init(results: [String: String?]) {
        self.results = results
    }

    /// The conversation with an id for every call, its results behind it in its order, as far as they are known.
    mutating func complete(_ messages: [TrajectoryMessage]) -> [TrajectoryMessage] {
        usedIDs = Set(messages.flatMap(\.calls).compactMap(\.id))
        var complete: [TrajectoryMessage] = []
        var index = 0
        while index < messages.count {
            var message = messages[index]
            index += 1
            guard !message.calls.isEmpty else {
                complete.append(message)
                continue
            }
            var answers: [TrajectoryMessage] = []
            while index < messages.count, messages[index].role == .tool {
                answers.append(messages[index])
                index += 1
            }
            let pairs = pair(message.calls, &answers)
            for place in message.calls.indices where message.calls[place].id == nil {
                message.calls[place].id = pairs[place]?.callID ?? freshID()
            }
            complete.append(message)
            for (call, answer) in zip(message.calls, pairs) {
                if var answer {
                    answer.callID = call.id
                    answer.name = answer.name ?? call.name
                    complete.append(answer)
                }
            }
            // What is left answers none of the calls.
            complete += answers
        }
        return complete
    }

    /// The answer of each call, taken away from the answers; nil where none is known.
    private mutating func pair(
        _ calls: [TrajectoryCall], _ answers: inout [TrajectoryMessage]
    ) -> [TrajectoryMessage?] {
        var pairs = [TrajectoryMessage?](repeating: nil, count: calls.count)
        for (place, call) in calls.enumerated() {
            // Gemini's results name the function where they name no call.
            guard let id = call.id ?? call.name else { continue }
            guard let found = answers.firstIndex(where: { $0.callID == id && !$0.parts.isEmpty }) else { continue }
            pairs[place] = answers.remove(at: found)
        }
        let open = pairs.indices.filter { pairs[$0] == nil }
        let namesNothing = answers.allSatisfy { $0.callID == nil } || open.allSatisfy { calls[$0].id == nil }
        if namesNothing, open.count == answers.count, answers.allSatisfy({ !$0.parts.isEmpty }) {
            for (place, answer) in zip(open, answers) { pairs[place] = answer }
            answers.removeAll()
        }
        for (place, call) in calls.enumerated() where pairs[place] == nil {
            guard let id = call.id, case .some(.some(let result)) = results[id] else { continue }
            pairs[place] = TrajectoryMessage(role: .tool, parts: [.text(result)], callID: id)
            answers.removeAll { $0.callID == id && $0.parts.isEmpty }
            takenFromSpans += 1
        }
        // The same result, told twice.
        for pair in pairs {
            guard let pair else { continue }
            answers.removeAll { $0.callID != nil && $0.callID == pair.callID && $0.text == pair.text }
        }
        return pairs
    }

    private mutating func freshID() -> String {
        var number = usedIDs.count + 1
        while usedIDs.contains("call_\(number)") { number += 1 }
        usedIDs.insert("call_\(number)")
        return "call_\(number)"
    }
}
