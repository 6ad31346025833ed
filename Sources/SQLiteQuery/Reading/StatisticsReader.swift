import Basics
import TraceModel
import TraceQuery
import TraceStore

extension StatisticsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> SelectionStatistics {
        try StatisticsReader(session: session).statistics(filter, session.time(filter))
    }
}

/// Sums up the traces that a filter keeps.
struct StatisticsReader {
    let session: ReadSession

    static let selectRejects = "SELECT count(*) FROM reject"
    static let selectBytes = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"

    /// The totals of kept traces.
    static func selectTotals(_ selection: TraceSelection) -> SQLFragment {
        """
        SELECT
            count(*), sum(trace.span_count), sum(trace.error_count), \(sum("trace.tokens_input")),
            \(sum("trace.tokens_output")), sum(trace.model_calls), sum(trace.model_calls_with_tokens),
            min(trace.start_ns), max(trace.start_ns)
        FROM 
        """ + selection.source(order: "start") + " WHERE " + selection.condition
    }

    /// A sum that hostile numbers do not make fail, as those beyond 64 bits do with `sum`; null without any.
    private static func sum(_ column: String) -> String {
        "CASE WHEN count(\(column)) > 0 THEN CAST(total(\(column)) AS INTEGER) END"
    }

    /// The spans of kept traces by the values of one facet.
    static func selectFacet(_ field: TraceFacet.Field, _ selection: TraceSelection) -> SQLFragment {
        if selection.condition.isAlways {
            return SQLFragment(
                """
                SELECT value, sum(spans) FROM facet INDEXED BY facet_value WHERE field = \(field.rawValue)
                GROUP BY value ORDER BY 2 DESC, 1
                """)
        }
        return "SELECT facet.value, sum(facet.spans) FROM " + selection.source(order: "start")
            + " CROSS JOIN facet ON facet.trace = trace.key AND facet.field = \(field.rawValue) WHERE "
            + selection.condition + " GROUP BY facet.value ORDER BY 2 DESC, 1"
    }

    /// What each model of kept traces used, whoever used most first.
    static func selectUsage(_ selection: TraceSelection) -> SQLFragment {
        """
        SELECT
            model.text, provider.text, sum(used.calls), sum(used.calls_with_tokens), sum(used.calls_without_cache),
            \(sum("used.input")), \(sum("used.input_stated")), \(sum("used.output")), \(sum("used.cache_read")),
            \(sum("used.cache_write")), \(sum("used.reasoning"))
        FROM 
        """ + selection.source(order: "start") + """
             CROSS JOIN trace_usage AS used ON used.trace = trace.key
                LEFT JOIN name AS model ON model.id = used.model
                LEFT JOIN name AS provider ON provider.id = used.provider
            WHERE 
            """ + selection.condition + """
                 GROUP BY used.model, used.provider
                ORDER BY total(used.input) + total(used.output) DESC, used.model, used.provider
                """
    }

    func statistics(_ filter: FilterExpression?, _ time: FilterTime) throws -> SelectionStatistics {
        let selection = try TraceSelection(filter, session, time)
        let totals = try session.statement(Self.selectTotals(selection))
        defer { totals.reset() }
        guard try totals.step() else { return SelectionStatistics(traces: 0, spans: 0, errors: 0, rejected: 0) }
        var statistics = SelectionStatistics(
            traces: totals.count(0), spans: totals.count(1), errors: totals.count(2),
            rejected: Int(try number(Self.selectRejects)))
        statistics.tokensInput = OutsideNumber.total(totals.optionalInt(3))
        statistics.tokensOutput = OutsideNumber.total(totals.optionalInt(4))
        statistics.modelCalls = totals.count(5)
        statistics.modelCallsWithTokens = totals.count(6)
        statistics.firstStartUnixNano = OutsideNumber.time(totals.optionalInt(7))
        statistics.lastStartUnixNano = OutsideNumber.time(totals.optionalInt(8))
        statistics.databaseBytes = try number(Self.selectBytes)
        statistics.spansByKind = try facet(.kind, selection) { SpanKind(rawValue: Int($0))?.name }
        statistics.spansByMark = try facet(.mark, selection) { bit in
            SpanMarks.named.first { $0.mark.rawValue == Int(bit) }?.name
        }
        statistics.streamsByTiming = try facet(.stream, selection) { TimingQuality(rawValue: Int($0))?.name }
        statistics.streams = statistics.streamsByTiming.reduce(0) { $0 + $1.count }
        let rules = try facet(.finding, selection) { String($0) }
        statistics.spansByFinding = try rules.map { rule in
            FacetPage.Value(value: try text(rule.value), count: rule.count)
        }
        if try session.holdsUsage() { statistics.usage = try usage(selection) }
        if try session.holdsRedaction() {
            statistics.redaction = try RedactionReader(session: session).redaction(filter, time)
        }
        return statistics
    }

    private func usage(_ selection: TraceSelection) throws -> [ModelUsage] {
        let select = try session.statement(Self.selectUsage(selection))
        defer { select.reset() }
        var models: [ModelUsage] = []
        while try select.step() {
            var model = ModelUsage(model: select.text(0), provider: select.text(1))
            (model.calls, model.callsWithTokens) = (select.count(2), select.count(3))
            model.callsWithoutCache = select.count(4)
            func total(_ column: Int32) -> Int64? { OutsideNumber.total(select.optionalInt(column)) }
            (model.input, model.inputStated, model.output) = (total(5), total(6), total(7))
            (model.cacheRead, model.cacheWrite, model.reasoning) = (total(8), total(9), total(10))
            models.append(model)
        }
        return models
    }

    private func facet(
        _ field: TraceFacet.Field, _ selection: TraceSelection, _ word: (Int64) -> String?
    ) throws -> [FacetPage.Value] {
        let select = try session.statement(Self.selectFacet(field, selection))
        defer { select.reset() }
        var values: [FacetPage.Value] = []
        while try select.step() { values.append(.init(value: word(select.int(0)), count: select.count(1))) }
        return values
    }

    /// The text of a reference.
    private func text(_ reference: String?) throws -> String? {
        guard let reference = reference.flatMap({ Int64($0) }) else { return nil }
        let select = try session.statement("SELECT text FROM name WHERE id = ?1")
        select.bind(1, reference)
        defer { select.reset() }
        return try select.step() ? select.text(0) : nil
    }

    private func number(_ sql: String) throws -> Int64 {
        let select = try session.statement(sql)
        defer { select.reset() }
        return try select.step() ? select.int(0) : 0
    }
}
