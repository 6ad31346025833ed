import TraceAssembly
import TraceModel

/// Merges the many records of one span id, in time that is linear in them but for a logarithm.
///
/// Records that go on telling of one span are a chain. Of a chain the unions of 1, 2, 4 … records are kept, each of which
/// takes in the next one of its size, so that no record is compared with all that came before it. Names, starts,
/// parents and ends tell most of those that contradict each other apart without a look at their attributes, and an id
/// under which more spans stand than `candidatesAtMost` is compared with the latest of them only.
struct SpanFold {
    /// How many chains a record is compared with, beside the one that it agrees with in all times and names.
    private static let candidatesAtMost = 8

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

    private struct Chain {
        var unions: [(span: PreparedSpan, records: Int)]
    }

    /// What merging two records of one id gives; nil where they contradict each other.
    typealias Merge = (_ known: PreparedSpan, _ arriving: PreparedSpan) -> (span: PreparedSpan, isRevised: Bool)?

    private let merge: Merge
    private var chains: [Chain] = []
    private var byFrame: [Frame: Int] = [:]
    private var byStart: [Start: [Int]] = [:]
    /// Chains that began with a record without name or start, which may belong to any other.
    private var open: [Int] = []

    init(merge: @escaping Merge) {
        self.merge = merge
    }

    mutating func add(_ record: PreparedSpan) {
        let span = record.span
        let start = span.startUnixNano.flatMap { span.name.isEmpty ? nil : Start(name: span.name, time: $0) }
        var candidates: [Int] = byFrame[Frame(span)].map { [$0] } ?? []
        if let start {
            candidates += (byStart[start] ?? []).suffix(Self.candidatesAtMost)
            candidates += open.suffix(Self.candidatesAtMost)
        } else {
            candidates += Array(chains.indices.suffix(Self.candidatesAtMost))
        }
        for place in candidates where take(record, into: place) {
            byFrame[Frame(span)] = place
            return
        }
        byFrame[Frame(span)] = chains.count
        if let start { byStart[start, default: []].append(chains.count) } else { open.append(chains.count) }
        chains.append(Chain(unions: [(record, 1)]))
    }

    /// Takes a record into a chain; false where it contradicts what that says last.
    private mutating func take(_ record: PreparedSpan, into place: Int) -> Bool {
        guard let last = chains[place].unions.last, let (union, isRevised) = merge(last.span, record) else {
            return false
        }
        let top = chains[place].unions.count - 1
        guard isRevised, last.records > 1 else {
            // It says nothing new, or is the second of two.
            chains[place].unions[top] = (union, last.records + (isRevised ? 1 : 0))
            settle(place)
            return true
        }
        chains[place].unions.append((record, 1))
        return true
    }

    /// Merges unions of one size.
    private mutating func settle(_ place: Int) {
        while let last = chains[place].unions.last, chains[place].unions.count > 1 {
            let before = chains[place].unions[chains[place].unions.count - 2]
            guard before.records <= last.records, let (union, _) = merge(before.span, last.span) else { return }
            chains[place].unions.removeLast(2)
            chains[place].unions.append((union, before.records + last.records))
        }
    }

    /// The spans that are left, in the order in which their first records came.
    func spans() -> [PreparedSpan] {
        var spans: [PreparedSpan] = []
        for chain in chains {
            var rest = chain.unions.map(\.span)
            var apart: [PreparedSpan] = []
            while let last = rest.popLast() {
                guard let before = rest.last else {
                    spans.append(last)
                    break
                }
                if let (union, _) = merge(before, last) {
                    rest[rest.count - 1] = union
                } else {
                    apart.append(last)
                }
            }
            spans += apart.reversed()
        }
        return spans
    }
}
