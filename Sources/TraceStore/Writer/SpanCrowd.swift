import TraceModel

/// The stored spans of an id under which very many stand, so that a further record is not compared with each of them.
struct SpanCrowd {
    /// From how many spans on an id is one of a crowd.
    static let size = 32
    /// How many of a crowd a record is compared with, beside the one with its very name, parent and times.
    private static let candidatesAtMost = 8

    private struct Start: Hashable {
        var name: Int32
        var time: Int64
    }

    private struct Frame: Hashable {
        var name: Int32
        var parent: SpanID?
        var start: Int64?
        var end: Int64?

        init(_ packed: PackedSpan) {
            (name, parent, start, end) = (packed.name, packed.parent, packed.start, packed.end)
        }
    }

    private var spans: [Int64: TraceWriter.StoredSpan] = [:]
    private var latest: [Int64] = []
    private var byFrame: [Frame: Int64] = [:]
    private var byStart: [Start: [Int64]] = [:]
    /// Spans without a start, which may be any other.
    private var open: [Int64] = []
    private var byDigest: [Int64: Int64] = [:]
    private(set) var nextOrdinal: Int32 = 0

    init(_ spans: [TraceWriter.StoredSpan]) {
        for span in spans { add(span) }
    }

    /// Takes in a span that was stored.
    mutating func add(_ draft: SpanDraft) { add(Self.stored(draft)) }

    private static func stored(_ draft: SpanDraft) -> TraceWriter.StoredSpan {
        TraceWriter.StoredSpan(
            key: draft.columns.key, digest: draft.columns.digest, packed: PackedSpan(draft.row) { $0 },
            ordinal: draft.row.ordinal)
    }

    private mutating func add(_ span: TraceWriter.StoredSpan) {
        nextOrdinal = max(nextOrdinal, Int32(clamping: Int64(span.ordinal) + 1))
        latest.append(span.key)
        note(span)
        guard let packed = span.packed else { return }
        if let start = Self.start(packed) {
            byStart[start, default: []].append(span.key)
        } else {
            open.append(span.key)
        }
    }

    private mutating func note(_ span: TraceWriter.StoredSpan) {
        spans[span.key] = span
        byDigest[span.digest] = span.key
        if let packed = span.packed { byFrame[Frame(packed)] = span.key }
    }

    /// Takes in what a span of the crowd was revised to.
    mutating func update(_ draft: SpanDraft) {
        let span = Self.stored(draft)
        guard let known = spans[span.key] else { return }
        if byDigest[known.digest] == span.key { byDigest[known.digest] = nil }
        if let packed = known.packed {
            if byFrame[Frame(packed)] == span.key { byFrame[Frame(packed)] = nil }
            // It has a start now.
            if Self.start(packed) == nil, let start = span.packed.flatMap(Self.start) {
                byStart[start, default: []].append(span.key)
            }
        }
        note(span)
    }

    private static func start(_ packed: PackedSpan) -> Start? {
        packed.start.map { Start(name: packed.name, time: $0) }
    }

    /// The key of the span that is equal to a record.
    func equal(to draft: SpanDraft) -> Int64? { byDigest[draft.columns.digest] }

    /// The spans that a record may revise.
    func candidates(for draft: SpanDraft) -> [TraceWriter.StoredSpan] {
        let packed = PackedSpan(draft.row) { $0 }
        var keys: Set<Int64> = []
        if let start = Self.start(packed) {
            keys.formUnion((byStart[start] ?? []).suffix(Self.candidatesAtMost))
            keys.formUnion(open.suffix(Self.candidatesAtMost))
        } else {
            keys.formUnion(latest.suffix(Self.candidatesAtMost))
        }
        let same = byFrame[Frame(packed)]
        if let same { keys.remove(same) }
        return ([same].compactMap(\.self) + keys.sorted()).compactMap { spans[$0] }
    }
}

extension TraceWriter {
    /// The stored spans that a record of their id may revise, the next ordinal, and the key of the one that is its equal.
    func others(
        of draft: SpanDraft, at address: WriteBatch.SpanAddress, trace: Int64
    ) throws(SQLiteFailure) -> (others: [StoredSpan], nextOrdinal: Int32, known: Int64?) {
        if crowds[address] == nil {
            let others = try storedSpans(address.span, trace: trace, atMost: SpanCrowd.size + 1)
            guard others.count > SpanCrowd.size else {
                // Some may be gone, so that their number is no ordinal that is free.
                let next = others.last.map { Int32(clamping: Int64($0.ordinal) + 1) } ?? 0
                return (others, next, others.first { $0.digest == draft.columns.digest }?.key)
            }
            crowds[address] = SpanCrowd(try storedSpans(address.span, trace: trace))
        }
        guard let crowd = crowds[address] else { return ([], 0, nil) }
        return (crowd.candidates(for: draft), crowd.nextOrdinal, crowd.equal(to: draft))
    }
}
