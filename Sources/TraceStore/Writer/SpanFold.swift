import TraceAssembly
import TraceModel

/// Merges the many records of one span id, each at a cost that does not grow with those before it.
///
/// Records that go on telling of one span are taken into one union; what contradicts it is a span beside it. Names, starts,
/// parents and ends tell most of those that contradict each other apart without a look at their attributes, and of an id
/// under which very many spans stand a record is compared with the latest only.
struct SpanFold {
    /// From how many spans on an id is crowded, and with how many of the latest of them a record is then compared, beside
    /// the one that it agrees with in all times and names.
    private static let crowd = 32
    private static let candidatesOfCrowd = 8

    private struct Start: Hashable {
        var name: String
        var time: Int64
    }

    private struct Frame: Hashable {
        var name: String
        var parent: SpanID?
        var start: Int64?
        var end: Int64?

        init(_ span: Span) {
            (name, parent, start, end) = (span.name, span.parentSpanID, span.startUnixNano, span.endUnixNano)
        }
    }

    /// What the records of one span make.
    fileprivate struct Chain {
        var record: PreparedSpan
        var union: SpanUnion
        var sources: SourceUnion?
        var isRevised = false

        init(_ record: PreparedSpan) {
            self.record = record
            union = SpanUnion(record.span)
        }
    }

    /// What a record was to those before it.
    enum Outcome {
        /// It is the first of a span, by its number among the spans of the id.
        case first(Int)
        /// It is one of a span, with the marks of that before and after.
        case merged(isRevised: Bool, before: SpanMarks, after: SpanMarks)
    }

    private var chains: [Chain] = []
    private var byFrame: [Frame: Int] = [:]
    private var byStart: [Start: [Int]] = [:]
    /// Chains that began with a record without name or start, which may belong to any other.
    private var open: [Int] = []

    mutating func add(_ record: PreparedSpan) -> Outcome {
        let span = record.span
        let frame = Frame(span)
        let start = span.startUnixNano.flatMap { span.name.isEmpty ? nil : Start(name: span.name, time: $0) }
        let same = byFrame[frame]
        var candidates: [Int]
        if let start {
            candidates = Self.latest(byStart[start] ?? [])
            candidates += Self.latest(open)
            candidates.sort()
        } else {
            candidates = Self.latest(chains.indices)
        }
        if let same { candidates = [same] + candidates.filter { $0 != same } }
        for place in candidates {
            let before = chains[place].union.marks
            guard let isRevised = chains[place].take(record) else { continue }
            byFrame[frame] = place
            return .merged(isRevised: isRevised, before: before, after: chains[place].union.marks)
        }
        byFrame[frame] = chains.count
        if let start { byStart[start, default: []].append(chains.count) } else { open.append(chains.count) }
        chains.append(Chain(record))
        return .first(chains.count - 1)
    }

    private static func latest(_ places: some RandomAccessCollection<Int>) -> [Int] {
        Array(places.suffix(places.count > crowd ? candidatesOfCrowd : crowd))
    }

    /// The span of a number, read again where several records made it.
    func span(_ number: Int) -> PreparedSpan {
        chains[number].whole
    }
}

extension SpanFold.Chain {
    /// Takes in a further record, and tells whether it said anything new; nil where it contradicts the others.
    mutating func take(_ other: PreparedSpan) -> Bool? {
        let end = union.endUnixNano
        let outcome = union.take(other.span)
        if outcome == .conflict { return nil }
        if outcome == .revised {
            isRevised = true
            record.recordCount += other.recordCount
            record.redaction = SpanRedaction.merged(record.redaction, other.redaction, union.change)
        }
        if sources == nil {
            sources = SourceUnion(record.origins.isEmpty ? [SpanOrigin(of: record.span)] : record.origins)
        }
        sources?.unite(end: end, with: other.span, origins: other.origins)
        return outcome == .revised
    }

    /// What is to be stored; facts, texts and evidence are read only now, for a span may come in thousands of records.
    var whole: PreparedSpan {
        var span = record
        if isRevised {
            span = PreparedSpan(union.span)
            span.recordCount = record.recordCount
            span.redaction = record.redaction
        }
        if let sources { span.origins = SpanOrigin.needed(sources.origins, for: span.span) }
        return span
    }
}
