import Basics
import TraceModel

/// Gathers the facts of one span, each from the most trusted place that states it.
struct FactReader {
    /// Ranks of attributes that come from log events stand behind those of the span's own.
    private static let eventRankOffset = 1000

    private struct Slot {
        var rank = Int.max
        var value: FactValue?
        var needsKind = false
        /// The attribute that states it.
        var key = ""
    }

    private var slots = [Slot](repeating: Slot(), count: Fact.allCases.count)
    private let times: SpanTimes
    /// The first word for the kind that the table does not know.
    private(set) var unknownKindWord: String?
    /// The word that decided the kind.
    private(set) var kindWord: String?
    /// The attribute that decided the kind.
    private(set) var kindName: String?
    private(set) var exceptionType: String?
    private(set) var hasException = false
    private(set) var hasNumberOutOfRange = false
    private(set) var choiceFinishReasons: [String] = []
    private var firstChunk: Int64?
    private let droppedEvents: Int

    init(_ span: Span) {
        droppedEvents = span.droppedEventsCount
        times = SpanTimes(start: span.startUnixNano, end: span.endUnixNano)
        let index = RuleIndex.shared
        read(span.attributes, index, rankOffset: 0)
        for event in span.events { read(event, index) }
    }

    /// The value of a fact; names that need a kind count only with one.
    func value(_ fact: Fact, hasKind: Bool = true) -> FactValue? {
        let slot = slots[fact.rawValue]
        return slot.needsKind && !hasKind ? nil : slot.value
    }

    /// The facts that are stated, with the attributes that state them.
    func keys(hasKind: Bool) -> [(fact: Fact, key: String)] {
        Fact.allCases.compactMap { value($0, hasKind: hasKind) == nil ? nil : ($0, slots[$0.rawValue].key) }
    }

    /// Nanoseconds from the start of the span to the first chunk, by the events.
    var firstChunkNanos: Int64? {
        guard let firstChunk, let start = times.start else { return nil }
        return OutsideNumber.duration(firstChunk.subtractingIfFits(start))
    }

    private mutating func read(_ attributes: [Attribute], _ index: RuleIndex, rankOffset: Int) {
        for attribute in attributes {
            guard let entries = index[attribute.key] else { continue }
            var stated = StatedValue(attribute.value)
            for entry in entries {
                let rank = entry.rank + rankOffset
                guard rank < slots[entry.fact.rawValue].rank else { continue }
                guard let value = entry.transform.apply(&stated, span: times) else {
                    if entry.fact == .kind && unknownKindWord == nil {
                        unknownKindWord = entry.transform.kindWord(&stated)
                    }
                    continue
                }
                if case .outOfRange = value {
                    hasNumberOutOfRange = true
                    continue
                }
                slots[entry.fact.rawValue] = Slot(
                    rank: rank, value: value, needsKind: entry.needsKind, key: attribute.key)
                if entry.fact == .kind {
                    kindName = attribute.key
                    kindWord = entry.transform.kindWord(&stated)
                }
            }
        }
    }

    private mutating func read(_ event: SpanEvent, _ index: RuleIndex) {
        switch DialectTable.eventMeanings[event.name] {
        case .operationDetails:
            read(event.attributes, index, rankOffset: Self.eventRankOffset)
        case .firstChunk:
            if let time = event.timeUnixNano, time < firstChunk ?? .max, mayBeFirst(event) { firstChunk = time }
            read(event.attributes, index, rankOffset: Self.eventRankOffset)
        case .exception:
            hasException = true
            if exceptionType == nil {
                exceptionType = event.attributes.value(of: "exception.type")?.stringValue.flatMap {
                    $0.isEmpty ? nil : $0
                }
            }
        case .choice:
            if let reason = Self.finishReason(event), !reason.isEmpty { choiceFinishReasons.append(reason) }
        case .message, .prompt, .completion, .evaluation, nil:
            break
        }
    }

    /// Whether an event that comes with every chunk can be that of the first one.
    ///
    /// Producers that keep 128 events may have dropped it, and the first one that is left tells nothing.
    private func mayBeFirst(_ event: SpanEvent) -> Bool {
        guard let form = StreamEventForm(event.name), form != .mlflow else { return true }
        let mayBeDropped = droppedEvents > 0 && event.origin == .span
        if form == .convention, let place = event.attributes.value(of: StreamConvention.EventKey.sequence)?.intValue {
            return place <= (mayBeDropped ? 0 : 1)
        }
        return !mayBeDropped
    }

    private static func finishReason(_ event: SpanEvent) -> String? {
        if case .map(let members) = event.body, let reason = members.value(of: "finish_reason")?.stringValue {
            return reason
        }
        return event.attributes.value(of: "finish_reason")?.stringValue
    }
}

/// What a transform made of an attribute's value.
enum FactValue {
    case text(String)
    case count(Int64)
    case words([String])
    case kind(SpanKind)
    case truth(Bool)
    /// A number that is too large or too small to calculate with.
    case outOfRange

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    var count: Int64? {
        if case .count(let count) = self { return count }
        return nil
    }

    var words: [String]? {
        switch self {
        case .words(let words): words
        case .text(let word): [word]
        default: nil
        }
    }

    var truth: Bool? {
        if case .truth(let truth) = self { return truth }
        return nil
    }
}

/// The table reversed: from an attribute's name to the facts that it may state.
struct RuleIndex: Sendable {
    struct Entry: Sendable {
        let fact: Fact
        /// The place in the fact's list; smaller is believed first.
        let rank: Int
        let transform: Transform
        let needsKind: Bool
    }

    private let entries: [String: [Entry]]

    init(_ table: [(fact: Fact, rules: [AttributeRule])]) {
        var entries: [String: [Entry]] = [:]
        for (fact, rules) in table {
            for (rank, rule) in rules.enumerated() {
                entries[rule.name, default: []].append(
                    Entry(fact: fact, rank: rank, transform: rule.transform, needsKind: rule.needsKind))
            }
        }
        self.entries = entries
    }

    subscript(name: String) -> [Entry]? { entries[name] }

    static let shared = RuleIndex(DialectTable.rules)
}

/// The times of the span whose attributes are read, for transforms that need them.
struct SpanTimes {
    let start: Int64?
    let end: Int64?

    /// A duration stated in seconds, in nanoseconds.
    ///
    /// One that exceeds the span cannot be in seconds, so it is taken for milliseconds.
    func nanos(seconds: Double) -> Int64? {
        guard let nanos = OutsideNumber.duration(seconds * 1e9) else { return nil }
        // Clocks differ a little: a chunk may seem to come right after the end.
        if let start, let end, end > start, Double(nanos) > (Double(end) - Double(start)) * 1.01 + 1e6 {
            return OutsideNumber.duration(seconds * 1e6)
        }
        return nanos
    }
}
