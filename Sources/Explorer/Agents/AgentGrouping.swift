/// What a row of the agents stands for.
package enum AgentGrouping: Sendable, CaseIterable {
    case attempts, instances, names

    var words: String {
        switch self {
        case .attempts: "a row for each attempt"
        case .instances: "a row for each instance, its attempts together"
        case .names: "a row for each agent, its runs together"
        }
    }
}
