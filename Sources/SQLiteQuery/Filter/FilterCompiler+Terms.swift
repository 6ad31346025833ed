import TraceModel
import TraceQuery
import TraceStore

extension FilterCompiler {
    /// What SQL says of a span for each field of spans.
    static let spanTerms: [String: @Sendable (FilterCompiler, FilterTerm) throws -> SpanCondition] = [
        "kind": { $0.kind($1, try $1.chosen(SpanKind.allCases, \.name)) },
        "layer": { $0.kind($1, try $1.chosen(SpanKind.allCases) { SpanLayer($0).name }) },
        "status": { try $0.status($1) },
        "name": { try $0.named($1, "span.name", [.name]) },
        "agent": { try $0.named($1, "span.agent", [.agent]) },
        "tool": { try $0.named($1, "span.tool", [.tool]) },
        "service": { try $0.named($1, "span.service", [.service]) },
        "session": { try $0.named($1, "span.session", [.session]) },
        "error": { try $0.named($1, "span.error_type", [.errorType]) },
        "model": { try $0.model($1) },
        "model.requested": { try $0.named($1, "span.model_requested", [.modelRequested]) },
        "model.resolved": { try $0.named($1, "span.model_resolved", [.modelResolved]) },
        "scope": { try $0.scope($1) },
        "duration": { try $0.measured($1, "(span.end_ns - span.start_ns)", "trace.longest_span_ns") },
        "tokens": { try $0.measured($1, tokens, "trace.most_span_tokens") },
        "ttft": { SpanCondition(sql: try $0.number($1, "span.first_chunk_ns")) },
        "tokens.input": { SpanCondition(sql: try $0.number($1, "span.tokens_input")) },
        "tokens.output": { SpanCondition(sql: try $0.number($1, "span.tokens_output")) },
        "tokens.cache_read": { SpanCondition(sql: try $0.number($1, "span.tokens_cache_read")) },
        "tokens.cache_write": { SpanCondition(sql: try $0.number($1, "span.tokens_cache_write")) },
        "tokens.reasoning": { SpanCondition(sql: try $0.number($1, "span.tokens_reasoning")) },
        "mark": { $0.mark($1) },
        "finding": { try $0.finding($1) },
        "severity": {
            try $0.ofFinding($1, "severity", .severity, FindingSeverity.allCases.map { ($0.name, Int64($0.rawValue)) })
        },
        "certainty": {
            try $0.ofFinding(
                $1, "certainty", .certainty, FindingCertainty.allCases.map { ($0.name, Int64($0.rawValue)) })
        },
        "attempt": { try $0.attempt($1) },
        "attempt.reason": { try $0.attemptReason($1) },
        "step": { try $0.ofAnalysedSpan(try $0.number($1, "span.step")) },
        "stream": { try $0.stream($1) },
        "span": { compiler, term in
            guard let ids = IDRange(term.value, length: 16)?.spans else { throw term.fault }
            return SpanCondition(
                sql: compiler.between(
                    term, "span.id", .integer(ids.lowerBound.stored), .integer(ids.upperBound.stored)))
        },
        "text": { compiler, term in
            guard let query = TextQuery(term.value) else { return SpanCondition(sql: .never) }
            let session = compiler.session
            return SpanCondition(sql: .always, match: try session.match(query), hasLogTexts: try session.hasLogTexts())
        },
        "attr.": { try $0.attribute($1) },
        "resource.": { try $0.resource($1) },
    ]

    /// What SQL says of a trace for each field of traces; the column is that of the start to look at.
    static let traceTerms: [String: @Sendable (FilterCompiler, FilterTerm, String) throws -> SQLFragment] = [
        "since": { SQLFragment("\($2) >= ?", [.integer(try $0.instant($1, atEnd: false))]) },
        "until": { SQLFragment("\($2) < ?", [.integer(try $0.instant($1, atEnd: true))]) },
        "trace": { compiler, term, _ in
            guard let ids = IDRange(term.value, length: 32)?.traces else { throw term.fault }
            return compiler.between(term, "trace.id", .blob(ids.lowerBound.bytes), .blob(ids.upperBound.bytes))
        },
        "root": { compiler, term, _ in
            let matches = NameSet.condition(term, column: "trace.name", compiler.session)
            return term.comparison == .notEqual
                ? "trace.name IS NOT NULL AND NOT (" + matches + ")" : "(" + matches + ")"
        },
        "spans": { compiler, term, _ in try compiler.number(term, "trace.span_count") },
        "errors": { compiler, term, _ in try compiler.number(term, "trace.error_count") },
        "trace.duration": { compiler, term, _ in try compiler.number(term, "trace.duration_ns") },
        "trace.tokens": { compiler, term, _ in try compiler.number(term, "trace.tokens_total") },
        "missing": { compiler, term, _ in
            try compiler.ofAnalysis(term, "max(0, expected_calls - recorded_calls)")
        },
        "identifiable": { compiler, term, _ in
            try compiler.ofAnalysis(term, "100 * identified_spans / nullif(spans, 0)")
        },
    ]

    /// The condition of a term that speaks of the trace; where spans are filtered, `start` is that of the span.
    func ofTrace(_ term: FilterTerm, _ start: String) throws -> SQLFragment {
        guard let condition = Self.traceTerms[try term.known().field.name] else { throw term.fault }
        return try condition(self, term, start)
    }

    /// The condition of a term that speaks of a span.
    func span(_ term: FilterTerm) throws -> SpanCondition {
        guard let condition = Self.spanTerms[try term.known().field.name] else { throw term.fault }
        return try condition(self, term)
    }

    private static let tokens = """
        (CASE WHEN span.tokens_input IS NOT NULL OR span.tokens_output IS NOT NULL
        THEN ifnull(span.tokens_input, 0) + ifnull(span.tokens_output, 0) END)
        """

    private func between(
        _ term: FilterTerm, _ column: String, _ low: SQLFragment.Value, _ high: SQLFragment.Value
    ) -> SQLFragment {
        let isBetween = SQLFragment("\(column) BETWEEN ? AND ?", [low, high])
        return term.comparison == .notEqual ? isBetween.negated : isBetween
    }

    private func kind(_ term: FilterTerm, _ kinds: [SpanKind]) -> SpanCondition {
        let values = NameSet(kinds.map { Int64($0.rawValue) })
        return SpanCondition(
            sql: "span.kind IN " + values.list, facets: [.init(fields: [.kind], values: values.list)], isExact: true)
    }

    private func status(_ term: FilterTerm) throws -> SpanCondition {
        let conditions: [TraceFacet.Outcome: String] = [
            .error: "span.is_error = 1", .cancelled: "span.is_cancelled = 1",
            .ok: "span.is_error = 0 AND span.is_cancelled = 0 AND span.status = 1",
            .unset: "span.is_error = 0 AND span.is_cancelled = 0 AND span.status <> 1",
        ]
        let chosen = try term.chosen(TraceFacet.Outcome.allCases) { String(describing: $0) }
        let values = NameSet(chosen.map(\.rawValue))
        var condition = SpanCondition(
            sql: .any(chosen.compactMap { conditions[$0] }.map { SQLFragment("(\($0))") }),
            facets: [.init(fields: [.status], values: values.list)], isExact: true)
        if term.comparison == .notEqual {
            // A span that failed and was cancelled has both words.
            let others = TraceFacet.Outcome.allCases.filter { !chosen.contains($0) }
            condition.sql = .all([condition.sql] + others.compactMap { conditions[$0].map { SQLFragment($0).negated } })
            condition.isExact = false
        }
        return condition
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
        let select = try session.statement(
            "SELECT id FROM scope WHERE " + NameSet.condition(term, column: "name", session))
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
    private func attribute(_ term: FilterTerm) throws -> SpanCondition {
        guard let key = try term.known().key else { throw term.fault }
        let select = try session.statement(
            SQLFragment("SELECT shape FROM shape_key WHERE key = ?", [.text(AttributeShape.general(key))]))
        defer { select.reset() }
        var shapes: [Int64] = []
        while try select.step() { shapes.append(select.int(0)) }
        if shapes.isEmpty { return SpanCondition(sql: .never) }
        let list = NameSet(shapes).list
        let matcher = AttributeMatcher(key: key, term)
        let compares = session.connection.matching.condition(
            on: "(SELECT attributes FROM span_payload WHERE span_payload.key = span.key)"
        ) { matcher.matches(attributes: $0) }
        return SpanCondition(
            sql: .all(["span.shape IN " + list, compares]), facets: [.init(fields: [.shape], values: list)])
    }

    /// An attribute of the resource: resources are few, so that each is looked at.
    private func resource(_ term: FilterTerm) throws -> SpanCondition {
        guard let key = try term.known().key else { throw term.fault }
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

    /// The bounds that a term sets on numbers.
    func bounds(_ term: FilterTerm) throws(QueryError) -> (low: Int64?, high: Int64?) {
        guard let reading = try term.known().field.values.reading,
            let bounds = FilterValue.range(term.value, term.comparison, reading)
        else { throw term.fault }
        return bounds
    }

    /// A comparison of a column with a number or a range.
    func number(_ term: FilterTerm, _ column: String) throws -> SQLFragment {
        let bounds = try bounds(term)
        guard term.comparison != .matches else {
            var parts: [SQLFragment] = []
            if let low = bounds.low { parts.append(SQLFragment("\(column) >= ?", [.integer(low)])) }
            if let high = bounds.high { parts.append(SQLFragment("\(column) <= ?", [.integer(high)])) }
            return .all(parts)
        }
        guard term.comparison != .contains, let value = bounds.low else { throw term.fault }
        return SQLFragment("\(column) \(term.comparison.rawValue) ?", [.integer(value)])
    }

    /// A comparison of which the summary knows the greatest value in the trace.
    private func measured(
        _ term: FilterTerm, _ column: String, _ greatest: String
    ) throws -> SpanCondition {
        let sql = try number(term, column)
        switch term.comparison {
        case .greater, .greaterOrEqual:
            return SpanCondition(sql: sql, bounds: [try number(term, greatest)], isExact: true)
        case .matches, .equal:
            guard let low = try bounds(term).low else { return SpanCondition(sql: sql) }
            return SpanCondition(sql: sql, bounds: [SQLFragment("\(greatest) >= ?", [.integer(low)])])
        default:
            return SpanCondition(sql: sql)
        }
    }

    private func instant(_ term: FilterTerm, atEnd: Bool) throws(QueryError) -> Int64 {
        guard let instant = time.instant(term.value, atEnd: atEnd) else { throw term.fault }
        return instant
    }
}

extension FilterTerm {
    /// The values whose words are chosen, or with `!=` all others.
    fileprivate func chosen<Value>(_ values: [Value], _ word: (Value) -> String) throws -> [Value] {
        let chosen = Set(try known().field.values.chosen(self))
        return values.filter { chosen.contains(word($0)) != (comparison == .notEqual) }
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
