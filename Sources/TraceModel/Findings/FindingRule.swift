/// A rule that findings follow, as help, filters and output tell it.
public struct FindingRule: Equatable, Sendable {
    /// The stable identifier, such as `stream.stall`.
    public var id: String
    public var title: String
    /// What a finding of this rule proves, and what it cannot tell.
    public var proves: String
    public var cannotTell: String
    public var severity: FindingSeverity
    /// The limits that it uses, in words.
    public var limits: String

    public init(
        id: String, title: String, proves: String, cannotTell: String, severity: FindingSeverity, limits: String
    ) {
        self.id = id
        self.title = title
        self.proves = proves
        self.cannotTell = cannotTell
        self.severity = severity
        self.limits = limits
    }
}
