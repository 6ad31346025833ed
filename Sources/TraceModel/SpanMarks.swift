/// Oddities of a span that were stored whole and are shown on it, and what its time went into where that is odd.
///
/// The bits are stored in the database: never renumber them.
public struct SpanMarks: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The end lies before the start.
    public static let endBeforeStart = SpanMarks(rawValue: 1 << 0)
    /// Another span of the trace has the same id and contradicts it.
    public static let duplicateSpanID = SpanMarks(rawValue: 1 << 1)
    /// The span names itself as its parent.
    public static let selfParent = SpanMarks(rawValue: 1 << 2)
    /// The chain of parents leads back to the span.
    public static let parentCycle = SpanMarks(rawValue: 1 << 3)
    /// The parent is in none of the stored records.
    public static let missingParent = SpanMarks(rawValue: 1 << 4)
    /// An enumeration had a value that its specification does not know.
    public static let unknownEnum = SpanMarks(rawValue: 1 << 5)
    /// The start time is absent.
    public static let missingStart = SpanMarks(rawValue: 1 << 6)
    /// The end time is absent: the span is unfinished, or its end was lost.
    public static let unfinished = SpanMarks(rawValue: 1 << 7)
    /// Attributes, events or links were dropped by the producer.
    public static let droppedData = SpanMarks(rawValue: 1 << 8)
    /// A value is larger than what the text index holds.
    public static let oversized = SpanMarks(rawValue: 1 << 9)
    /// The same key stands several times among the attributes.
    public static let duplicateKey = SpanMarks(rawValue: 1 << 10)
    /// A time or count is too large or too small to calculate with, and counts as absent.
    public static let outOfRange = SpanMarks(rawValue: 1 << 11)
    /// A value of the record could not be read: what it was is told in an attribute, and the rest is whole.
    public static let unreadableValue = SpanMarks(rawValue: 1 << 12)

    /// Another span tells of the same call of a model or tool, and counts for it.
    public static let sameCall = SpanMarks(rawValue: 1 << 13)
    /// The time of the span went into waiting for a human.
    public static let humanWait = SpanMarks(rawValue: 1 << 14)

    /// Marks of the tree's oddities, which depend on the other spans of the trace.
    public static let structural: SpanMarks = [.selfParent, .parentCycle, .missingParent, .duplicateSpanID]
    /// All marks that depend on other spans.
    public static let relative: SpanMarks = structural.union(.sameCall)

    /// Every mark with its stable name, for output and filters.
    public static let named: [(mark: SpanMarks, name: String, help: String)] = [
        (.endBeforeStart, "end_before_start", "the end lies before the start"),
        (.duplicateSpanID, "duplicate_span_id", "another span has the same id and contradicts it"),
        (.selfParent, "self_parent", "the span names itself as its parent"),
        (.parentCycle, "parent_cycle", "the chain of parents leads back to the span"),
        (.missingParent, "missing_parent", "the parent is in none of the stored records"),
        (.unknownEnum, "unknown_enum", "an enumeration has an unknown value"),
        (.missingStart, "missing_start", "the start time is absent"),
        (.unfinished, "unfinished", "the end time is absent"),
        (.droppedData, "dropped_data", "the producer dropped attributes, events or links"),
        (.oversized, "oversized", "a value is larger than what the text index holds"),
        (.duplicateKey, "duplicate_key", "an attribute key stands several times"),
        (.outOfRange, "out_of_range", "a time or count is out of range and counts as absent"),
        (.unreadableValue, "unreadable_value", "a value could not be read and counts as absent or is shown in part"),
        (.sameCall, "same_call", "another span tells of the same call and counts for it"),
        (.humanWait, "human_wait", "a human was waited for"),
    ]

    /// The stable names of the marks that are set.
    public var names: [String] {
        SpanMarks.named.filter { contains($0.mark) }.map(\.name)
    }
}
