import TraceModel
import TraceQuery
import TraceStore

extension FilterCompiler {
    // MARK: Terms on traces

    /// The condition of a term that speaks of the trace; nil for one that speaks of spans.
    ///
    /// Where spans are filtered, `since` and `until` mean the start of the span.
    func traceTerm(_ term: FilterTerm, onSpan: Bool) throws -> SQLFragment? {
        let (field, _) = try known(term)
        guard field.isOfTrace else { return nil }
        let start = onSpan ? "span.start_ns" : "trace.start_ns"
        switch field.name {
        case "since":
            return SQLFragment("\(start) >= ?", [.integer(try instant(term, atEnd: false))])
        case "until":
            return SQLFragment("\(start) < ?", [.integer(try instant(term, atEnd: true))])
        case "trace":
            guard let ids = IDRange(term.value, length: 32)?.traces else { throw fault(term) }
            let isBetween = SQLFragment(
                "trace.id BETWEEN ? AND ?", [.blob(ids.lowerBound.bytes), .blob(ids.upperBound.bytes)])
            return term.comparison == .notEqual ? isBetween.negated : isBetween
        case "root":
            let matches = NameSet.condition(term, column: "trace.name")
            return term.comparison == .notEqual
                ? "trace.name IS NOT NULL AND NOT (" + matches + ")" : "(" + matches + ")"
        case "spans": return try number(term, "trace.span_count", FilterValue.count)
        case "errors": return try number(term, "trace.error_count", FilterValue.count)
        case "trace.duration": return try number(term, "trace.duration_ns", FilterValue.duration)
        case "trace.tokens": return try number(term, "trace.tokens_total", FilterValue.count)
        case "missing": return try ofAnalysis(term, "max(0, expected_calls - recorded_calls)")
        case "identifiable": return try ofAnalysis(term, "100 * identified_spans / nullif(spans, 0)")
        default: throw fault(term)
        }
    }

    // MARK: Terms on spans

    /// The condition of a term that speaks of a span.
    func span(_ term: FilterTerm) throws -> SpanCondition {
        let (field, key) = try known(term)
        if let key { return field.name == "attr." ? try attribute(key, term) : try resource(key, term) }
        switch field.name {
        case "kind": return try kind(term)
        case "status": return status(term)
        case "name": return try named(term, "span.name", [.name])
        case "agent": return try named(term, "span.agent", [.agent])
        case "tool": return try named(term, "span.tool", [.tool])
        case "service": return try named(term, "span.service", [.service])
        case "session": return try named(term, "span.session", [.session])
        case "error": return try named(term, "span.error_type", [.errorType])
        case "model": return try model(term)
        case "model.requested": return try named(term, "span.model_requested", [.modelRequested])
        case "model.resolved": return try named(term, "span.model_resolved", [.modelResolved])
        case "scope": return try scope(term)
        case "duration":
            let column = "(span.end_ns - span.start_ns)"
            return try measured(term, column, "trace.longest_span_ns", FilterValue.duration)
        case "ttft": return SpanCondition(sql: try number(term, "span.first_chunk_ns", FilterValue.duration))
        case "tokens":
            let column = """
                (CASE WHEN span.tokens_input IS NOT NULL OR span.tokens_output IS NOT NULL
                THEN ifnull(span.tokens_input, 0) + ifnull(span.tokens_output, 0) END)
                """
            return try measured(term, column, "trace.most_span_tokens", FilterValue.count)
        case "tokens.input", "tokens.output", "tokens.cache_read", "tokens.cache_write", "tokens.reasoning":
            let column = "span." + field.name.replacing(".", with: "_")
            return SpanCondition(sql: try number(term, column, FilterValue.count))
        case "mark": return mark(term)
        case "finding": return try finding(term)
        case "severity":
            let values = FindingSeverity.allCases.map { (name: $0.name, value: Int64($0.rawValue)) }
            return try ofFinding(term, "severity", .severity, values)
        case "certainty":
            let values = FindingCertainty.allCases.map { (name: $0.name, value: Int64($0.rawValue)) }
            return try ofFinding(term, "certainty", .certainty, values)
        case "attempt": return try attempt(term)
        case "attempt.reason": return try attemptReason(term)
        case "step": return try ofAnalysedSpan(try number(term, "span.step", FilterValue.count))
        case "layer": return layer(term)
        case "stream": return try stream(term)
        case "span":
            guard let ids = IDRange(term.value, length: 16)?.spans else { throw fault(term) }
            let isBetween = SQLFragment(
                "span.id BETWEEN ? AND ?", [.integer(ids.lowerBound.stored), .integer(ids.upperBound.stored)])
            return SpanCondition(sql: term.comparison == .notEqual ? isBetween.negated : isBetween)
        case "text":
            guard let query = TextQuery(term.value) else { return SpanCondition(sql: .never) }
            return SpanCondition(
                sql: .always, match: try session.match(query), hasLogTexts: try session.hasLogTexts())
        default: throw fault(term)
        }
    }

    private func kind(_ term: FilterTerm) throws -> SpanCondition {
        let kinds = SpanKind.allCases.filter {
            FilterValue.matches($0.name, term.value, term.comparison) != (term.comparison == .notEqual)
        }
        let values = NameSet(kinds.map { Int64($0.rawValue) })
        return SpanCondition(
            sql: "span.kind IN " + values.list, facets: [.init(fields: [.kind], values: values.list)], isExact: true)
    }

    private func status(_ term: FilterTerm) -> SpanCondition {
        let isNegated = term.comparison == .notEqual
        let words = FilterValue.statuses.filter { FilterValue.matches($0, term.value, term.comparison) != isNegated }
        let conditions: [String: (sql: String, status: TraceFacet.Outcome)] = [
            "error": ("span.is_error = 1", .error),
            "cancelled": ("span.is_cancelled = 1", .cancelled),
            "ok": ("span.is_error = 0 AND span.is_cancelled = 0 AND span.status = 1", .ok),
            "unset": ("span.is_error = 0 AND span.is_cancelled = 0 AND span.status <> 1", .unset),
        ]
        let chosen = words.compactMap { conditions[$0] }
        let values = NameSet(chosen.map(\.status.rawValue))
        return SpanCondition(
            sql: .any(chosen.map { SQLFragment("(\($0.sql))") }),
            facets: [.init(fields: [.status], values: values.list)], isExact: true)
    }

    /// A column that refers to `name`.
    private func named(
        _ term: FilterTerm, _ column: String, _ fields: [TraceFacet.Field]
    ) throws -> SpanCondition {
        let names = try NameSet.matching(term, session)
        if term.comparison == .notEqual {
            return SpanCondition(sql: "\(column) IS NOT NULL AND \(column) NOT IN " + names.list)
        }
        if names.isEmpty { return SpanCondition(sql: .never) }
        return SpanCondition(
            sql: "\(column) IN " + names.list, facets: [.init(fields: fields, values: names.list)], isExact: true)
    }

    private func model(_ term: FilterTerm) throws -> SpanCondition {
        let names = try NameSet.matching(term, session)
        let (asked, answered) = ("span.model_requested", "span.model_resolved")
        if term.comparison == .notEqual {
            return SpanCondition(
                sql: "ifnull(\(answered), \(asked)) IS NOT NULL AND ifnull(\(asked), 0) NOT IN " + names.list
                    + " AND ifnull(\(answered), 0) NOT IN " + names.list)
        }
        if names.isEmpty { return SpanCondition(sql: .never) }
        return SpanCondition(
            sql: "(\(asked) IN " + names.list + " OR \(answered) IN " + names.list + ")",
            facets: [.init(fields: [.modelRequested, .modelResolved], values: names.list)], isExact: true)
    }

    private func scope(_ term: FilterTerm) throws -> SpanCondition {
        let select = try session.statement("SELECT id FROM scope WHERE " + NameSet.condition(term, column: "name"))
        defer { select.reset() }
        var references: [Int64] = []
        while try select.step() { references.append(select.int(0)) }
        let list = NameSet(references).list
        if term.comparison == .notEqual { return SpanCondition(sql: "span.scope NOT IN " + list) }
        return SpanCondition(
            sql: "span.scope IN " + list, facets: [.init(fields: [.scope], values: list)], isExact: true)
    }

    private func mark(_ term: FilterTerm) -> SpanCondition {
        let marks = SpanMarks.named.filter { FilterValue.matches($0.name, term.value, term.comparison) }.map(\.mark)
        let bits = marks.reduce(0) { $0 | $1.rawValue }
        if term.comparison == .notEqual {
            return SpanCondition(sql: SQLFragment("span.marks <> 0 AND span.marks & \(bits) = 0"))
        }
        let values = NameSet(marks.map { Int64($0.rawValue) })
        return SpanCondition(
            sql: SQLFragment("span.marks & \(bits) <> 0"), facets: [.init(fields: [.mark], values: values.list)],
            isExact: true)
    }

    /// An attribute: the sets of keys tell which spans have it, the payload what it says.
    private func attribute(_ key: String, _ term: FilterTerm) throws -> SpanCondition {
        let select = try session.statement(
            SQLFragment("SELECT shape FROM shape_key WHERE key = ?", [.text(AttributeShape.general(key))]))
        defer { select.reset() }
        var shapes: [Int64] = []
        while try select.step() { shapes.append(select.int(0)) }
        if shapes.isEmpty { return SpanCondition(sql: .never) }
        let list = NameSet(shapes).list
        let number = session.connection.attributes.matchers.count
        session.connection.attributes.matchers.append(AttributeMatcher(key: key, term))
        let compares = SQLFragment(
            """
            attribute_matches((SELECT attributes FROM span_payload WHERE span_payload.key = span.key), ?)
            """, [.integer(Int64(number))])
        return SpanCondition(
            sql: .all(["span.shape IN " + list, compares]), facets: [.init(fields: [.shape], values: list)])
    }

    /// An attribute of the resource: resources are few, so that each is looked at.
    private func resource(_ key: String, _ term: FilterTerm) throws -> SpanCondition {
        let matcher = AttributeMatcher(key: key, term)
        let select = try session.statement("SELECT id, attributes FROM resource")
        defer { select.reset() }
        var references: [Int64] = []
        while try select.step() {
            if select.withBytes(1, { matcher.matches(attributes: $0) }) { references.append(select.int(0)) }
        }
        let list = NameSet(references).list
        return SpanCondition(
            sql: "span.resource IN " + list, facets: [.init(fields: [.resource], values: list)], isExact: true)
    }

    // MARK: Numbers

    /// A comparison of a column with a number or a range.
    func number(
        _ term: FilterTerm, _ column: String, _ read: (String) -> Int64?
    ) throws -> SQLFragment {
        guard let bounds = FilterValue.range(term.value, term.comparison, read) else { throw fault(term) }
        switch term.comparison {
        case .matches:
            var parts: [SQLFragment] = []
            if let low = bounds.low { parts.append(SQLFragment("\(column) >= ?", [.integer(low)])) }
            if let high = bounds.high { parts.append(SQLFragment("\(column) <= ?", [.integer(high)])) }
            return .all(parts)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let value = bounds.low else { throw fault(term) }
            return SQLFragment("\(column) \(term.comparison.rawValue) ?", [.integer(value)])
        case .contains:
            throw fault(term)
        }
    }

    /// A comparison of which the summary knows the greatest value in the trace.
    private func measured(
        _ term: FilterTerm, _ column: String, _ greatest: String, _ read: (String) -> Int64?
    ) throws -> SpanCondition {
        let sql = try number(term, column, read)
        switch term.comparison {
        case .greater, .greaterOrEqual:
            return SpanCondition(sql: sql, bounds: [try number(term, greatest, read)], isExact: true)
        case .matches, .equal:
            guard let low = FilterValue.range(term.value, term.comparison, read)?.low else {
                return SpanCondition(sql: sql)
            }
            return SpanCondition(sql: sql, bounds: [SQLFragment("\(greatest) >= ?", [.integer(low)])])
        default:
            return SpanCondition(sql: sql)
        }
    }

    // MARK: Helpers

    private func known(_ term: FilterTerm) throws(QueryError) -> (field: FilterField, key: String?) {
        guard let known = FilterField.named(term.field) else {
            throw .filter(message: "unknown field '\(term.field)'", text: term.description, position: 0)
        }
        return known
    }

    private func instant(_ term: FilterTerm, atEnd: Bool) throws(QueryError) -> Int64 {
        guard let instant = time.instant(term.value, atEnd: atEnd) else { throw fault(term) }
        return instant
    }

    /// The error of a term that no parser would have made.
    private func fault(_ term: FilterTerm) -> QueryError {
        let message = FilterField.named(term.field).flatMap { FilterValue.fault(term.value, term.comparison, $0.field) }
        return .filter(message: message ?? "'\(term)' cannot be compared so", text: term.description, position: 0)
    }
}

extension ReadSession {
    /// Whether texts of log records are in the index.
    func hasLogTexts() throws(SQLiteFailure) -> Bool {
        let select = try statement(
            "SELECT 1 FROM log_record INDEXED BY log_record_text WHERE text_key IS NOT NULL LIMIT 1")
        defer { select.reset() }
        return try select.step()
    }

    /// What a text is to the index, with the words that its last word begins.
    func match(_ query: TextQuery) throws -> String {
        let next = try statement(TextVocabulary.selectNext)
        return try query.match { prefix, limit in
            try checkCancelled()
            return try TextVocabulary.words(prefix, atMost: limit, next)
        }
    }
}
