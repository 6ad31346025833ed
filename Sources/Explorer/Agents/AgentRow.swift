/// One line of the agents.
struct AgentRow: Equatable, Sendable {
    /// The first run of the row, by place in the content.
    var run: Int
    var depth: Int
    /// All runs of the row where it stands for several; empty for one of its own.
    var members: [Int32]
    /// Runs beneath that folding hides.
    var hiddenCount: Int
    var hasChildren: Bool
}
