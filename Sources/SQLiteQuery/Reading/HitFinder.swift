import TraceQuery
import TraceStore

/// Walks through the spans that hold a text and that a filter keeps, greatest key first.
struct HitFinder {
    let session: ReadSession
    let match: String
    let filter: SpanFilter

    /// Gives each span with the key under which its text was found, until told to stop.
    ///
    /// Returns true where it was told to stop, false at the end.
    mutating func find(upTo last: Int64, _ body: (_ span: Int64, _ place: Int64) -> Bool) throws -> Bool {
        let hasLogTexts = try session.hasLogTexts()
        for range in filter.ranges(upTo: last) {
            let select = try session.statement(SearchReader.selectKeys)
            select.bind(1, match)
            select.bind(2, range.lowerBound)
            select.bind(3, range.upperBound)
            defer { select.reset() }
            while try select.step() {
                let place = select.int(0)
                guard let key = try span(at: place, hasLogTexts), try filter.keeps(key) else { continue }
                guard body(key, place) else { return true }
            }
        }
        return false
    }

    /// The span that a text belongs to; nil where the span comes up through another text of it.
    private func span(at place: Int64, _ hasLogTexts: Bool) throws -> Int64? {
        guard hasLogTexts else { return place }
        let ofLog = try session.statement(SearchReader.selectSpanOfLog)
        ofLog.bind(1, place)
        ofLog.bind(2, StoreKey.trace(ofSpan: place))
        defer { ofLog.reset() }
        guard try ofLog.step() else { return place }
        let key = ofLog.int(0)
        let own = try session.statement(SearchReader.selectOwn)
        own.bind(1, match)
        own.bind(2, key)
        defer { own.reset() }
        if try own.step() { return nil }
        let lastLog = try session.statement(SearchReader.selectLastLog)
        lastLog.bind(1, match)
        lastLog.bind(2, key)
        defer { lastLog.reset() }
        return try lastLog.step() && lastLog.int(0) == place ? key : nil
    }
}

/// The spans that a filter keeps, each for itself.
struct SpanFilter {
    /// Up to this many traces are searched one by one.
    private static let traceLimit = 200

    private let check: PreparedStatement?
    /// The traces in which all kept spans are, latest first; nil where that is not known.
    private let traces: [Int64]?

    /// Whether a span meets the filter: `condition` stands on `span` and `trace`.
    static func select(_ condition: SQLFragment) -> SQLFragment {
        "SELECT 1 FROM span CROSS JOIN trace ON trace.key = span.trace WHERE " + condition + " AND span.key = ?"
    }

    init(_ filter: FilterExpression?, _ session: ReadSession, _ time: FilterTime) throws {
        guard let filter else {
            check = nil
            traces = nil
            return
        }
        let compiler = FilterCompiler(session: session, time: time)
        let condition = try compiler.spans(filter)
        var select = Self.select(condition)
        select.values.append(.integer(0))
        check = try session.statement(select)
        keyIndex = Int32(select.values.count)
        var fewest: [Int64]?
        for demand in try compiler.facets(ofSpans: filter) {
            let keys = try Self.traces(demand, session)
            if let keys, keys.count < fewest?.count ?? .max { fewest = keys }
        }
        traces = fewest
    }

    private var keyIndex: Int32 = 0

    /// Whether a span exists and is kept.
    func keeps(_ key: Int64) throws -> Bool {
        guard let check else { return true }
        check.bind(keyIndex, key)
        defer { check.reset() }
        return try check.step()
    }

    /// The ranges of keys to search, greatest first.
    func ranges(upTo last: Int64) -> [ClosedRange<Int64>] {
        guard let traces else { return last >= 0 ? [0...last] : [] }
        return traces.compactMap { trace in
            let keys = StoreKey.spans(ofTrace: trace)
            return keys.lowerBound <= last ? keys.lowerBound...min(keys.upperBound, last) : nil
        }
    }

    /// The traces that meet a demand, latest first; nil where they are many.
    private static func traces(_ demand: SpanCondition.FacetDemand, _ session: ReadSession) throws -> [Int64]? {
        let select = try session.statement(
            "SELECT trace FROM facet INDEXED BY facet_value WHERE " + demand.rows
                + " UNION SELECT key FROM trace INDEXED BY trace_dirty WHERE dirty = 1 LIMIT \(traceLimit + 1)")
        defer { select.reset() }
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        return keys.count <= traceLimit ? keys.sorted(by: >) : nil
    }
}
