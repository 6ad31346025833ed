/// A line of the audit log: somebody took text out of the database unredacted, or changed what it holds.
public struct AuditRecord: Equatable, Sendable {
    /// What was done; the raw values are stored and printed: never rename them.
    public enum Action: String, Sendable, CaseIterable {
        case export
        case fix
        case purge
    }

    /// Nanoseconds since the Unix epoch.
    public var timeUnixNano: Int64
    /// The login name of who did it.
    public var user: String
    public var action: Action
    /// The traces that it was about, as hexadecimal ids.
    public var traceIDs: [String]
    /// The format of an export; empty for other actions.
    public var format: String
    /// The redaction policy, `unredacted` where none was applied.
    public var policy: String
    /// What was selected, as a person wrote it.
    public var selection: String

    public init(
        timeUnixNano: Int64, user: String, action: Action, traceIDs: [String], format: String, policy: String,
        selection: String
    ) {
        self.timeUnixNano = timeUnixNano
        self.user = user
        self.action = action
        self.traceIDs = traceIDs
        self.format = format
        self.policy = policy
        self.selection = selection
    }
}
