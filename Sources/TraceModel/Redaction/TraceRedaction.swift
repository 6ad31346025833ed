/// What is known of the redaction of stored spans, of one trace or of a selection of traces.
///
/// A span is stored redacted, or raw because somebody asked for that, or by a version that told neither.
public struct TraceRedaction: Equatable, Sendable {
    /// The policies under which spans were redacted, each once; see `Redactor.policyName`.
    public var policies: [String]
    public var spansRedacted: Int
    /// Spans that were stored as they came, on request.
    public var spansRaw: Int
    /// Spans of which nothing is known: an older version or another program stored them.
    public var spansUnknown: Int
    /// What was replaced in the redacted ones.
    public var counts: RedactionCounts

    public init(
        policies: [String] = [], spansRedacted: Int = 0, spansRaw: Int = 0, spansUnknown: Int = 0,
        counts: RedactionCounts = RedactionCounts()
    ) {
        self.policies = policies
        self.spansRedacted = spansRedacted
        self.spansRaw = spansRaw
        self.spansUnknown = spansUnknown
        self.counts = counts
    }
}

/// How many texts each redaction rule replaced, by the label of the rule, such as `STRIPE_KEY`.
public struct RedactionCounts: Equatable, Sendable {
    public private(set) var byRule: [String: Int] = [:]

    public init(_ byRule: [String: Int] = [:]) {
        self.byRule = byRule
    }

    public var isEmpty: Bool { byRule.isEmpty }
    public var total: Int { byRule.values.reduce(0, +) }

    /// The rules with their counts, the most first, equal counts by label.
    public var sorted: [(rule: String, count: Int)] {
        byRule.map { (rule: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
    }

    public mutating func add(_ rule: String, _ count: Int = 1) {
        byRule[rule, default: 0] += count
    }

    public mutating func add(_ other: RedactionCounts) {
        byRule.merge(other.byRule) { $0 + $1 }
    }
}

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
