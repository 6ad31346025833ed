import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

/// Counts the values of an attribute, out of the payload of the spans that have it.
struct AttributeFacetReader {
    let session: ReadSession

    /// The sets of keys that hold a key.
    static func shapes(with key: String) -> SQLFragment {
        SQLFragment("(SELECT shape FROM shape_key WHERE key = ?)", [.text(AttributeShape.general(key))])
    }

    /// The attributes of wanted spans, trace by trace.
    static func select(_ selection: SpanSelection, shapes: SQLFragment) -> SQLFragment {
        "SELECT span.trace, (SELECT attributes FROM span_payload WHERE span_payload.key = span.key) FROM "
            + selection.source + " WHERE " + selection.condition + " AND span.shape IN " + shapes
    }

    func counts(_ key: String, _ request: FacetRequest, _ time: FilterTime) throws -> FacetCounts {
        let shapes = Self.shapes(with: key)
        let selection = try SpanSelection(
            request.filter, demanding: [.init(fields: [.shape], values: shapes)], session, time)
        let select = try session.statement(Self.select(selection, shapes: shapes))
        defer { select.reset() }
        var counts = FacetCounts()
        var found = 0
        // The values that the trace at hand has brought already.
        var seen: Set<String> = []
        var lastTrace: Int64 = -1
        while try select.step() {
            let trace = select.int(0)
            let values = select.withBytes(1) { AttributeMatcher.values(of: key, in: $0) }
            if values.isEmpty { continue }
            if trace != lastTrace { seen.removeAll(keepingCapacity: true) }
            if trace != lastTrace || !request.countsTraces { found += 1 }
            lastTrace = trace
            for value in values where !request.countsTraces || seen.insert(value).inserted { counts.add(value, 1) }
        }
        if request.filter == nil {
            let totals = try OverviewReader(session: session).totals()
            counts.add(nil, (request.countsTraces ? totals.traces : totals.spans) - found)
        }
        return counts
    }
}
