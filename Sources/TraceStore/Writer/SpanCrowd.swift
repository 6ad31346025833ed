import TraceModel

/// The stored spans of an id under which very many stand, so that a further record is not compared with each of them.
struct SpanCrowd {
    /// From how many spans on an id is one of a crowd.
    static let size = 32
    /// How many of a crowd a record is compared with, beside the one with its very name, parent and times.
    private static let candidatesAtMost = 4

    private struct Frame: Hashable {
        var name: Int32
        var parent: SpanID?
        var start: Int64?
        var end: Int64?
    }

    private var latest: [TraceWriter.StoredSpan] = []
    private var byFrame: [Frame: TraceWriter.StoredSpan] = [:]
    private var digests: Set<Int64> = []
    private(set) var nextOrdinal: Int32 = 0

    init(_ spans: [TraceWriter.StoredSpan]) {
        for span in spans { add(span) }
    }

    /// Takes in a span that was stored.
    mutating func add(_ draft: SpanDraft) {
        add(
            TraceWriter.StoredSpan(
                key: draft.columns.key, digest: draft.columns.digest, packed: PackedSpan(draft.row) { $0 },
                ordinal: draft.row.ordinal))
    }

    private mutating func add(_ span: TraceWriter.StoredSpan) {
        nextOrdinal = max(nextOrdinal, Int32(clamping: Int64(span.ordinal) + 1))
        digests.insert(span.digest)
        if let packed = span.packed {
            byFrame[Frame(name: packed.name, parent: packed.parent, start: packed.start, end: packed.end)] = span
        }
        latest.append(span)
        if latest.count > 64 { latest.removeFirst(latest.count - Self.candidatesAtMost) }
    }

    func isKnown(_ draft: SpanDraft) -> Bool { digests.contains(draft.columns.digest) }

    /// The spans that a record may revise.
    func candidates(for draft: SpanDraft) -> [TraceWriter.StoredSpan] {
        let row = draft.row
        let frame = Frame(
            name: Int32(row.name), parent: row.parentSpanID, start: row.startUnixNano, end: row.endUnixNano)
        let same = byFrame[frame].map { [$0] } ?? []
        return same + latest.suffix(Self.candidatesAtMost).filter { $0.key != same.first?.key }
    }
}

extension TraceWriter {
    /// The stored spans that a record of their id may revise, the next ordinal, and whether one of them is its equal.
    func others(
        of draft: SpanDraft, at address: WriteBatch.SpanAddress, trace: Int64
    ) throws(SQLiteFailure) -> (others: [StoredSpan], nextOrdinal: Int32, isKnown: Bool) {
        if crowds[address] == nil {
            let others = try storedSpans(address.span, trace: trace, atMost: SpanCrowd.size + 1)
            guard others.count > SpanCrowd.size else {
                // Some may be gone, so that their number is no ordinal that is free.
                let next = others.last.map { Int32(clamping: Int64($0.ordinal) + 1) } ?? 0
                return (others, next, others.contains { $0.digest == draft.columns.digest })
            }
            crowds[address] = SpanCrowd(try storedSpans(address.span, trace: trace))
        }
        guard let crowd = crowds[address] else { return ([], 0, false) }
        return (crowd.candidates(for: draft), crowd.nextOrdinal, crowd.isKnown(draft))
    }
}
