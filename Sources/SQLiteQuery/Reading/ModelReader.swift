import Basics
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension ModelsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [ModelAlias] {
        try ModelReader(session: session).aliases(filter, session.time(filter))
    }
}

/// Reads which models answered to which names over time.
struct ModelReader {
    let session: ReadSession

    /// The pairs of asked and answering model of each kept trace that has some, in order of start.
    static func select(_ selection: TraceSelection) -> SQLFragment {
        let asks =
            "EXISTS (SELECT 1 FROM facet WHERE facet.trace = trace.key AND facet.field = "
            + "\(TraceFacet.Field.modelRequested.rawValue))"
        return """
            SELECT
                trace.key, trace.id, span.model_requested, span.model_resolved, count(*), min(span.start_ns),
                max(span.start_ns)
            FROM 
            """ + selection.source(order: "start") + """
                 CROSS JOIN span ON span.key BETWEEN (trace.key << \(StoreKey.numberBits))
                    AND ((trace.key << \(StoreKey.numberBits)) | \(StoreKey.maximumNumber))
                WHERE (trace.dirty = 1 OR \(asks)) AND span.model_requested IS NOT NULL
                    AND (span.kind = \(SpanKind.llm.rawValue) OR span.model_resolved IS NOT NULL) AND 
                """ + selection.condition + " GROUP BY trace.key, span.model_requested, span.model_resolved"
    }
    static let selectName = "SELECT text FROM name WHERE id = ?1"

    private struct Pair: Hashable {
        var requested: Int64
        var resolved: Int64?
    }

    func aliases(_ filter: FilterExpression?, _ time: FilterTime) throws -> [ModelAlias] {
        var found: [Pair: ModelAlias] = [:]
        let select = try session.statement(Self.select(TraceSelection(filter, session, time)))
        defer { select.reset() }
        while try select.step() {
            guard let id = select.withBytes(1, { TraceID(bytes: $0) }) else { continue }
            let pair = Pair(requested: select.int(2), resolved: select.optionalInt(3))
            let (first, last) = (OutsideNumber.time(select.optionalInt(5)), OutsideNumber.time(select.optionalInt(6)))
            var alias =
                try found[pair]
                ?? ModelAlias(
                    requested: name(pair.requested) ?? "?", resolved: try pair.resolved.flatMap { try name($0) },
                    calls: 0,
                    firstTraceID: id)
            alias.calls += select.count(4)
            if let first, first < alias.firstUnixNano ?? .max {
                (alias.firstUnixNano, alias.firstTraceID) = (first, id)
            }
            if let last, last > alias.lastUnixNano ?? .min { alias.lastUnixNano = last }
            found[pair] = alias
        }
        return Self.ordered(Array(found.values))
    }

    /// By name, then in order of time; a model that answers after another one to the same name marks a flip.
    private static func ordered(_ aliases: [ModelAlias]) -> [ModelAlias] {
        var aliases = aliases.sorted { a, b in
            if a.requested != b.requested { return a.requested < b.requested }
            let (first, second) = (a.firstUnixNano ?? .max, b.firstUnixNano ?? .max)
            return first != second ? first < second : (a.resolved ?? "") < (b.resolved ?? "")
        }
        var answered: String?
        for index in aliases.indices {
            if index > 0, aliases[index - 1].requested != aliases[index].requested { answered = nil }
            // No answer proves nothing, and without a time nothing tells which came first.
            guard let resolved = aliases[index].resolved, aliases[index].firstUnixNano != nil else { continue }
            // A name that answers to itself says nothing of the snapshot behind it.
            if resolved == aliases[index].requested { continue }
            aliases[index].isFlip = answered.map { !ModelNames.isSame($0, resolved) } ?? false
            answered = resolved
        }
        return aliases
    }

    private func name(_ reference: Int64) throws -> String? {
        let select = try session.statement(Self.selectName)
        select.bind(1, reference)
        defer { select.reset() }
        return try select.step() ? select.text(0) : nil
    }
}
