import ArgumentParser
import TraceModel

/// How bad a finding must be.
struct SeverityOption: ExpressibleByArgument {
    var severity: FindingSeverity

    init(_ severity: FindingSeverity) {
        self.severity = severity
    }

    init?(argument: String) {
        guard let severity = FindingSeverity.allCases.first(where: { $0.name == argument }) else { return nil }
        self.severity = severity
    }

    var defaultValueDescription: String { severity.name }

    static var allValueStrings: [String] { FindingSeverity.allCases.map(\.name) }
}
