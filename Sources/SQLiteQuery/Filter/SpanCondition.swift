import TraceModel
import TraceStore

/// What a filter demands of one span, and what that means for its trace.
struct SpanCondition {
    /// Values of facets, one of which a span has.
    struct FacetDemand {
        var fields: [TraceFacet.Field]
        /// What stands behind `IN`.
        var values: SQLFragment

        /// Rows of `facet` that meet the demand.
        var rows: SQLFragment {
            let list = fields.map { String($0.rawValue) }.joined(separator: ", ")
            return SQLFragment("facet.field IN (\(list)) AND facet.value IN ") + values
        }

        /// That the trace at hand has such a row.
        var ofTrace: SQLFragment {
            "EXISTS (SELECT 1 FROM facet WHERE facet.trace = trace.key AND " + rows + ")"
        }
    }

    /// The condition on the row of `span`; what it leaves out stands in `match`.
    var sql: SQLFragment
    /// Facets that a trace with such a span has.
    var facets: [FacetDemand] = []
    /// Conditions that the summary of a trace with such a span meets.
    var bounds: [SQLFragment] = []
    /// The FTS match expression for text in the span.
    var match: String?
    /// Whether texts of log records are in the index, so that they have to be asked for.
    var hasLogTexts = false
    /// Whether the facets and bounds are enough: every trace that meets them has such a span.
    var isExact = false
}

extension SpanCondition {
    /// The condition on the row of `span` with the text included.
    var complete: SQLFragment {
        guard let match else { return sql }
        return .all([sql, holdsText(match)])
    }

    /// That the span at hand or one of its log records holds a text.
    private func holdsText(_ match: String) -> SQLFragment {
        let inSpan = SQLFragment(
            "EXISTS (SELECT 1 FROM span_text WHERE span_text MATCH ? AND span_text.rowid = span.key)", [.text(match)])
        guard hasLogTexts else { return inSpan }
        let inLog = SQLFragment(
            """
            EXISTS (SELECT 1 FROM log_record INDEXED BY log_record_identity
            CROSS JOIN span_text ON span_text.rowid = log_record.text_key
            WHERE log_record.trace_id = (SELECT id FROM trace AS t WHERE t.key = span.trace)
            AND log_record.span_id = span.id AND span_text MATCH ?)
            """, [.text(match)])
        return .any([inSpan, inLog])
    }

    /// The keys that the spans and log texts of the trace at hand can have.
    private static let low = "trace.key << \(StoreKey.numberBits)"
    private static let high = "(trace.key << \(StoreKey.numberBits)) | \(StoreKey.maximumNumber)"

    /// That the trace at hand has such a span.
    var ofTrace: SQLFragment {
        let facetsHold = SQLFragment.all(facets.map(\.ofTrace))
        let boundsHold = SQLFragment.all(bounds)
        if isExact && facets.isEmpty { return boundsHold }
        // While spans arrive, facets lag behind until the trace is summed up again.
        if isExact {
            return .any([
                .all([SQLFragment("trace.dirty = 0"), boundsHold, facetsHold]),
                .all([SQLFragment("trace.dirty = 1"), boundsHold, spanExists]),
            ])
        }
        let maybe =
            facets.isEmpty ? boundsHold : .all([boundsHold, .any([SQLFragment("trace.dirty = 1"), facetsHold])])
        return .all([maybe, spanExists])
    }

    private var spanExists: SQLFragment {
        let range = "BETWEEN \(Self.low) AND \(Self.high)"
        guard let match else { return "EXISTS (SELECT 1 FROM span WHERE span.key \(range) AND " + sql + ")" }
        // The index of texts leads: it knows the few spans of the trace that come into question.
        let holds = SQLFragment("span_text MATCH ? AND span_text.rowid \(range)", [.text(match)])
        if sql.isAlways { return "EXISTS (SELECT 1 FROM span_text WHERE " + holds + ")" }
        let inSpan =
            "EXISTS (SELECT 1 FROM span_text CROSS JOIN span ON span.key = span_text.rowid WHERE " + holds
            + " AND " + sql + ")"
        let inLog = """
            EXISTS (SELECT 1 FROM span_text CROSS JOIN log_record ON log_record.text_key = span_text.rowid
            CROSS JOIN span ON span.trace = trace.key AND span.id = log_record.span_id WHERE 
            """ + holds + " AND " + sql + ")"
        return hasLogTexts ? .any([inSpan, inLog]) : inSpan
    }

    /// Both conditions on one span.
    func and(_ other: SpanCondition) -> SpanCondition {
        var both = SpanCondition(
            sql: .all([sql, other.sql]), facets: facets + other.facets, bounds: bounds + other.bounds)
        both.match = match ?? other.match
        both.hasLogTexts = hasLogTexts || other.hasLogTexts
        // One text can be found through the index of a trace; a second one is asked for span by span.
        if match != nil, let second = other.match { both.sql = .all([both.sql, other.holdsText(second)]) }
        return both
    }

    /// Either condition on one span.
    static func any(_ parts: [SpanCondition]) -> SpanCondition {
        SpanCondition(sql: .any(parts.map(\.complete)))
    }
}
