import Headless
import TraceQuery

/// The commands that print what analysis says.
enum AnalysisForm: String, CaseIterable, Sendable {
    case agents, steps, phases, joints, ledger, findings, findingRules, models, attributes

    /// What the command writes.
    func written(by backend: FakeBackend, _ format: OutputFormat, terminal: Int? = nil) async throws -> String {
        try await Written.by(backend, format, terminal: terminal) { (reader) async throws(HeadlessError) in
            switch self {
            case .agents: try await reader.agents(.prefix("1"))
            case .steps: try await reader.steps(.prefix("1"))
            case .phases: try await reader.phases(nil)
            case .joints: try await reader.joints(.prefix("1"))
            case .ledger: try await reader.ledger(.prefix("1"))
            case .findings: _ = try await reader.findings(FindingListRequest())
            case .findingRules: try await reader.findingRules(FindingListRequest())
            case .models: try await reader.models(nil)
            case .attributes: try await reader.attributes(limit: 10)
            }
        }
    }
}
