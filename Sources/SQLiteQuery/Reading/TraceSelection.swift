import TraceQuery
import TraceStore

/// The traces that a filter keeps, with the way to them.
///
/// Either the list is walked in its order and each trace is asked whether it is kept, or candidates are found first
/// through the rarest facet or text and sorted afterwards. The first is quick where many are kept, the second where few
/// are.
struct TraceSelection {
    /// Up to this many candidates are sorted rather than met on a walk.
    private static let candidateLimit = 2000

    /// The condition on `trace`.
    let condition: SQLFragment
    /// Gives the keys of candidates, as a table with the column `key`; nil for a walk.
    let candidates: SQLFragment?

    init(_ filter: FilterExpression?, _ session: ReadSession, _ time: FilterTime) throws {
        guard let filter else {
            condition = .always
            candidates = nil
            return
        }
        let compiled = try FilterCompiler(session: session, time: time).traces(filter)
        condition = compiled.sql
        candidates = try Self.candidates(compiled, session)
    }

    private static func candidates(
        _ compiled: FilterCompiler.TraceCondition, _ session: ReadSession
    ) throws -> SQLFragment? {
        var best: (count: Int, demand: SpanCondition.FacetDemand)?
        for demand in compiled.facets {
            let limit = best?.count ?? candidateLimit
            let count = try count("SELECT 1 FROM facet INDEXED BY facet_value WHERE " + demand.rows, limit, session)
            if count < limit { best = (count, demand) }
        }
        for match in compiled.matches where best == nil {
            if let keys = try traces(holding: match, session) {
                return SQLFragment("SELECT value AS key FROM json_each(?)", [.text("\(keys)")])
            }
        }
        guard let best else { return nil }
        // Facets of a trace that is being written lag behind.
        return "SELECT trace AS key FROM facet INDEXED BY facet_value WHERE " + best.demand.rows
            + " UNION SELECT key FROM trace INDEXED BY trace_dirty WHERE dirty = 1"
    }

    /// The number of rows, counted no further than the limit.
    private static func count(_ select: SQLFragment, _ limit: Int, _ session: ReadSession) throws -> Int {
        let statement = try session.statement("SELECT count(*) FROM (" + select + " LIMIT \(limit))")
        defer { statement.reset() }
        return try statement.step() ? statement.count(0) : 0
    }

    /// The traces that hold a text; nil where they are many.
    private static func traces(holding match: String, _ session: ReadSession) throws -> [Int64]? {
        let select = try session.statement(
            SQLFragment(
                "SELECT rowid FROM span_text WHERE span_text MATCH ? ORDER BY rowid DESC LIMIT \(candidateLimit)",
                [.text(match)]))
        defer { select.reset() }
        var keys: [Int64] = []
        var count = 0
        while try select.step() {
            count += 1
            let key = StoreKey.trace(ofSpan: select.int(0))
            if keys.last != key { keys.append(key) }
        }
        return count < candidateLimit ? keys : nil
    }

    /// The rows of `trace` to look at, where `order` names the index of the wanted order.
    func source(order: String) -> SQLFragment {
        guard let candidates else { return SQLFragment("trace INDEXED BY trace_\(order)") }
        return "(" + candidates + ") AS candidate CROSS JOIN trace ON trace.key = candidate.key"
    }
}
