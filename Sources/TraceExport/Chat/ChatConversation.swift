import TraceModel

/// A trajectory that a model can be trained on: the system prompt first, every call answered, an answer last.
struct ChatConversation {
    let trajectory: Trajectory
    /// The system prompts at the start, as one text; empty without one.
    let system: String
    /// What follows: questions, answers, calls and results.
    let turns: [TrajectoryMessage]
    /// The last turn never came to an answer and is left out.
    let isCut: Bool

    /// Takes a trajectory if it is whole, or if nothing but its last turn is open.
    init(_ trajectory: Trajectory) throws(TrajectoryFault) {
        self.trajectory = trajectory
        let prompts = trajectory.messages.prefix { $0.role == .system }
        var turns = Array(trajectory.messages.dropFirst(prompts.count))
        guard trajectory.messages.contains(where: \.hasContent) else { throw .nothingCaptured }
        if trajectory.isPart { throw .dropped }
        if trajectory.messages.contains(where: { CutMessages.isCut($0.text) }) { throw .cutMessages }
        var isCut = false
        if let (fault, place) = Self.fault(in: turns) {
            // Where an answer follows, what is open lies in the middle.
            if turns[place...].contains(where: \.closesTurn) { throw fault }
            guard let end = turns[..<place].lastIndex(where: \.closesTurn) else { throw fault }
            turns.removeSubrange((end + 1)...)
            isCut = true
        }
        system = prompts.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
        self.turns = turns
        self.isCut = isCut
    }

    /// What is wrong first, and where the turn stands that it is in.
    private static func fault(in turns: [TrajectoryMessage]) -> (fault: TrajectoryFault, place: Int)? {
        var open: Set<String> = []
        var isAnswered = false
        for (place, turn) in turns.enumerated() {
            if turn.hasMedia && turn.role != .user { return (.media, place) }
            switch turn.role {
            case .system: return (.systemInTheMiddle, place)
            case .other: return (.unknownRole, place)
            case .tool:
                guard let id = turn.callID, open.remove(id) != nil else { return (.answerWithoutCall, place) }
                isAnswered = false
                continue
            case .user, .assistant: break
            }
            if !open.isEmpty {
                let isLate = turns[place...].contains { $0.role == .tool && $0.callID.map(open.contains) == true }
                return (isLate ? .interrupted : .callWithoutAnswer, place)
            }
            if turn.role == .user {
                if turn.text.isEmpty && !turn.hasMedia { return (.emptyMessage, place) }
                isAnswered = false
                continue
            }
            if turn.text.isEmpty && turn.calls.isEmpty { return (.emptyMessage, place) }
            for call in turn.calls {
                guard let id = call.id, let name = call.name, !name.isEmpty else { return (.namelessCall, place) }
                if !open.insert(id).inserted { return (.callWithoutAnswer, place) }
            }
            isAnswered = turn.calls.isEmpty
        }
        if !open.isEmpty { return (.callWithoutAnswer, turns.count) }
        return isAnswered ? nil : (.noAnswer, turns.count)
    }
}

extension TrajectoryMessage {
    /// True where something was captured of what the message says.
    fileprivate var hasContent: Bool {
        !calls.isEmpty || parts.contains { if case .text(_) = $0 { true } else { false } }
    }
}

/// The conversations of a trace, for telling whether one is but the beginning of another.
///
/// What is left of a trajectory without its last turn often is: the agent went on in words that do not quite repeat it.
struct KnownConversations {
    private let trajectories: [Trajectory]
    /// By the first two messages after the system prompt, so that few need a closer look.
    private var byOpening: [[TrajectoryMessage]: [Int]] = [:]

    init(_ trajectories: [Trajectory]) {
        self.trajectories = trajectories
        if trajectories.count < 2 { return }
        for (index, trajectory) in trajectories.enumerated() {
            byOpening[Self.opening(Self.turns(trajectory)), default: []].append(index)
        }
    }

    /// Whether another trajectory says all of it and more.
    func contain(_ conversation: ChatConversation) -> Bool {
        let own = conversation.turns[...]
        return byOpening[Self.opening(own), default: []].contains { index in
            let other = Self.turns(trajectories[index])
            return trajectories[index].id != conversation.trajectory.id && other.count > own.count
                && zip(own, other).allSatisfy { $0.role == $1.role && $0.text == $1.text && $0.calls == $1.calls }
        }
    }

    private static func turns(_ trajectory: Trajectory) -> ArraySlice<TrajectoryMessage> {
        trajectory.messages.drop { $0.role == .system }
    }

    private static func opening(_ turns: ArraySlice<TrajectoryMessage>) -> [TrajectoryMessage] {
        turns.prefix(2).map { TrajectoryMessage(role: $0.role, parts: [.text($0.text)]) }
    }
}
