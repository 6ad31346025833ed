import TraceModel

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
