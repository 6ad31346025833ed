import TraceModel

/// Joins the calls of a conversation with their results.
///
/// A result belongs to the call that it names. Where calls or results name none, they belong together in order, if there
/// are as many of them. What no message tells is taken from the span of the tool with the same call id.
struct ToolAnswers {
    /// By call id; nil where spans contradict each other.
    let results: [String: String?]
    private(set) var takenFromSpans = 0
    /// How often each id is asked in the conversation.
    private var asked: [String: Int] = [:]

    init(results: [String: String?]) {
        self.results = results
    }

    /// The conversation with an id for every call, its results behind it in its order, as far as they are known.
    mutating func complete(_ messages: [TrajectoryMessage]) -> [TrajectoryMessage] {
        asked = [:]
        for case let id? in messages.lazy.flatMap(\.calls).map(\.id) { asked[id, default: 0] += 1 }
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
            var used = Set(message.calls.compactMap(\.id))
            for place in message.calls.indices where message.calls[place].id == nil {
                let stated = pairs[place]?.callID.flatMap { used.contains($0) ? nil : $0 }
                let id = stated ?? freshID()
                message.calls[place].id = id
                used.insert(id)
            }
            complete.append(message)
            for (call, answer) in zip(message.calls, pairs) {
                guard var answer else { continue }
                answer.callID = call.id
                answer.name = answer.name ?? call.name
                complete.append(answer)
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
        var waiting: [String: [Int]] = [:]
        // Gemini's results name the function where they name no call.
        for (place, call) in calls.enumerated().reversed() {
            if let id = call.id ?? call.name { waiting[id, default: []].append(place) }
        }
        var known: [String: String] = [:]
        var rest: [TrajectoryMessage] = []
        for answer in answers {
            guard let id = answer.callID, !answer.parts.isEmpty, let places = waiting[id] else {
                rest.append(answer)
                continue
            }
            if let place = places.last {
                pairs[place] = answer
                known[id] = answer.text
                waiting[id]?.removeLast()
            } else if known[id] != answer.text {
                // The same result told twice is one; another is not.
                rest.append(answer)
            }
        }
        let open = pairs.indices.filter { pairs[$0] == nil }
        let namesNothing = rest.allSatisfy { $0.callID == nil } || open.allSatisfy { calls[$0].id == nil }
        if namesNothing, open.count == rest.count, rest.allSatisfy({ !$0.parts.isEmpty }) {
            for (place, answer) in zip(open, rest) { pairs[place] = answer }
            rest.removeAll()
        }
        var taken: Set<String> = []
        for place in open where pairs[place] == nil {
            // An id that is asked again may stand for another call.
            guard let id = calls[place].id, asked[id] == 1, case .some(.some(let result)) = results[id] else {
                continue
            }
            pairs[place] = TrajectoryMessage(role: .tool, parts: [.text(result)], callID: id)
            taken.insert(id)
        }
        takenFromSpans += taken.count
        answers = rest.filter { answer in !(answer.parts.isEmpty && answer.callID.map(taken.contains) ?? false) }
        return pairs
    }

    private mutating func freshID() -> String {
        var number = asked.count + 1
        while asked["call_\(number)"] != nil { number += 1 }
        asked["call_\(number)"] = 1
        return "call_\(number)"
    }
}
