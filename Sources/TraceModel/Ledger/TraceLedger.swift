/// What a trace should hold, what it holds, and what is missing.
public struct TraceLedger: Equatable, Sendable {
    /// Calls (spans of models, tools and agents) that must exist by the evidence; a lower bound.
    public var expectedAtLeast: Int
    /// Calls that are recorded.
    public var recorded: Int
    public var items: [LedgerItem]

    public init(expectedAtLeast: Int = 0, recorded: Int = 0, items: [LedgerItem] = []) {
        self.expectedAtLeast = expectedAtLeast
        self.recorded = recorded
        self.items = items
    }

    /// At least so many calls are missing.
    public var missing: Int { max(0, expectedAtLeast - recorded) }

    /// True where nothing is known to be missing, withheld or contradictory.
    public var isComplete: Bool { missing == 0 && items.allSatisfy { $0.missing == 0 } }
}

/// One line of the ledger.
public struct LedgerItem: Equatable, Sendable {
    /// What the line is about.
    ///
    /// The raw values are stored in the database: never renumber them.
    public enum Kind: Int, Sendable, CaseIterable {
        case missingParent = 0
        case declaredChildren = 1
        case stepGap = 2
        case toolCallWithoutExecution = 3
        case executionWithoutToolCall = 4
        case unseenResponse = 5
        case usageMismatch = 6
        case droppedAttributes = 7
        case droppedEvents = 8
        case droppedLinks = 9
        case spanLimit = 10
        case redactedValues = 11
        case truncatedValues = 12
        case unfinishedSpan = 13
        case duplicateSpanID = 14
        case parentCycle = 15
        case unknownUsage = 16
        case brokenTime = 17
        case unseenLink = 18

        /// The word that output uses, in snake case.
        public var name: String {
            var words = ""
            for character in String(describing: self) {
                words += character.isUppercase ? "_" + character.lowercased() : String(character)
            }
            return words
        }
    }

    public var kind: Kind
    /// What is counted, expected and recorded; nil where the line counts nothing.
    public var expected: Int64?
    public var recorded: Int64?
    /// How much of it is missing, withheld or wrong; 0 where the line is a remark.
    public var missing: Int64
    /// The figures are lower bounds: more may be missing.
    public var isLowerBound: Bool
    /// The missing are calls that `TraceLedger.expectedAtLeast` counts.
    public var countsCalls: Bool
    public var certainty: FindingCertainty
    /// One sentence for people.
    public var message: String
    public var spanID: SpanID?
    public var evidence: [FindingEvidence]

    public init(
        kind: Kind, missing: Int64, message: String, spanID: SpanID?, certainty: FindingCertainty = .proven,
        evidence: [FindingEvidence] = []
    ) {
        self.kind = kind
        self.missing = missing
        self.message = message
        self.spanID = spanID
        self.certainty = certainty
        self.evidence = evidence
        isLowerBound = false
        countsCalls = false
    }
}

/// How many of the calls that a trace must hold are recorded: the mark on totals that miss some.
public struct TraceCoverage: Hashable, Sendable {
    /// A lower bound.
    public var expectedAtLeast: Int
    public var recorded: Int

    public init(expectedAtLeast: Int, recorded: Int) {
        self.expectedAtLeast = expectedAtLeast
        self.recorded = recorded
    }

    /// True where no call is known to be missing.
    public var isWhole: Bool { recorded >= expectedAtLeast }
}
