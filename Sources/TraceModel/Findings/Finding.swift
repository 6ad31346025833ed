/// A statement about a span or a trace, with what it rests on.
public struct Finding: Equatable, Sendable {
    /// The stable identifier of the rule, such as `stream.stall`.
    public var rule: String
    public var severity: FindingSeverity
    public var certainty: FindingCertainty
    /// One sentence for people, with the figures in it; trace text in it is quoted as it came.
    public var message: String
    /// The span that the statement is about; nil where it is about the trace.
    public var spanID: SpanID?
    public var evidence: [FindingEvidence]

    public init(
        rule: String, severity: FindingSeverity, certainty: FindingCertainty, message: String, spanID: SpanID?,
        evidence: [FindingEvidence] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.certainty = certainty
        self.message = message
        self.spanID = spanID
        self.evidence = evidence
    }
}

/// How bad a finding is.
///
/// The raw values are stored in the database: never renumber them.
public enum FindingSeverity: Int, Sendable, CaseIterable, Comparable {
    case hint = 0
    case warning = 1
    case error = 2

    public var name: String { String(describing: self) }

    public static func < (a: FindingSeverity, b: FindingSeverity) -> Bool { a.rawValue < b.rawValue }
}

/// How sure a finding is.
///
/// The raw values are stored in the database: never renumber them.
public enum FindingCertainty: Int, Sendable, CaseIterable {
    /// The recorded values say so.
    case proven = 0
    /// Concluded from them, and could be otherwise.
    case inferred = 1
    /// The recorded values do not allow a statement.
    case cannotTell = 2

    /// The word that output uses, in snake case.
    public var name: String { self == .cannotTell ? "cannot_tell" : String(describing: self) }
}

/// A value that a finding rests on.
public struct FindingEvidence: Equatable, Sendable {
    public var spanID: SpanID?
    /// What the value is, such as `onset` or `finish reason`.
    public var label: String
    public var value: String

    public init(spanID: SpanID?, label: String, value: String) {
        self.spanID = spanID
        self.label = label
        self.value = value
    }
}

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
