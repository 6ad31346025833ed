import TraceModel
import TraceQuery
import TraceStore

extension FacetRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> FacetPage {
        try FacetReader(session: session).page(self, session.time(filter))
    }
}

/// Counts the values of a field.
struct FacetReader {
    let session: ReadSession

    /// The most frequent values of a field.
    ///
    /// The fields `attr.` and `resource.` without a key count the keys.
    func page(_ request: FacetRequest, _ time: FilterTime) throws -> FacetPage {
        if request.field == "attr." { return try page("attr.", objects(.attributeKey, request, time), request) }
        if request.field == "resource." { return try page("resource.", objects(.resourceKey, request, time), request) }
        guard let (field, key) = FilterField.named(request.field) else {
            throw QueryError.filter(message: "unknown field '\(request.field)'", text: request.field, position: 0)
        }
        if let key {
            let counts =
                field.name == "attr."
                ? try AttributeFacetReader(session: session).counts(key, request, time)
                : try objects(.resourceValue(key: key), request, time)
            return page(field.name + key, counts, request)
        }
        guard let stored = TraceFacet.Field(field) else {
            throw QueryError.filter(
                message: "the values of '\(field.name)' cannot be counted", text: request.field, position: 0)
        }
        if stored.needsStreams, try !session.holdsStreams() { return page(field.name, FacetCounts(), request) }
        let counts =
            stored == .scope ? try objects(.scopeName, request, time) : try storedCounts(stored, request, time)
        return page(field.name, counts, request)
    }

    private func page(_ field: String, _ counts: FacetCounts, _ request: FacetRequest) -> FacetPage {
        FacetPage(field: field, values: counts.values(limit: request.limit))
    }

    private func objects(
        _ subject: ObjectFacetReader.Subject, _ request: FacetRequest, _ time: FilterTime
    ) throws -> FacetCounts {
        var reader = ObjectFacetReader(session, subject)
        if request.countsTraces { return try reader.traces(TraceSelection(request.filter, session, time)) }
        return try reader.spans(select(subject.field, request, time))
    }

    private func storedCounts(_ field: TraceFacet.Field, _ request: FacetRequest, _ time: FilterTime) throws
        -> FacetCounts
    {
        let select = try session.statement(try select(field, request, time))
        defer { select.reset() }
        var counts = FacetCounts()
        while try select.step() {
            let value = select.isNull(0) ? nil : try word(field, select.int(0))
            counts.add(value, select.count(1))
        }
        if field.isSingle { counts.add(nil, try missing(field, request, time, known: counts.total)) }
        return counts
    }

    // MARK: Statements

    private func select(_ field: TraceFacet.Field, _ request: FacetRequest, _ time: FilterTime) throws -> SQLFragment {
        guard let filter = request.filter else {
            return request.countsTraces ? Self.countTraces(field) : Self.countSpans(field)
        }
        if request.countsTraces {
            return Self.countTraces(field, of: try TraceSelection(filter, session, time))
        }
        return Self.countSpans(field, where: try SpanSelection(filter, session, time))
    }

    /// Spans by value, out of the index of facets alone.
    static func countSpans(_ field: TraceFacet.Field) -> SQLFragment {
        SQLFragment(
            """
            SELECT value, sum(spans) FROM facet INDEXED BY facet_value WHERE field = \(field.rawValue)
            GROUP BY value
            """)
    }

    /// Traces by value, out of the index of facets alone.
    static func countTraces(_ field: TraceFacet.Field) -> SQLFragment {
        SQLFragment(
            """
            SELECT value, count(*) FROM facet INDEXED BY facet_value WHERE field = \(field.rawValue)
            GROUP BY value
            """)
    }

    /// Kept traces by value.
    static func countTraces(_ field: TraceFacet.Field, of selection: TraceSelection) -> SQLFragment {
        "SELECT facet.value, count(*) FROM " + selection.source(order: "start")
            + " CROSS JOIN facet ON facet.trace = trace.key AND facet.field = \(field.rawValue) WHERE "
            + selection.condition + " GROUP BY facet.value"
    }

    /// Kept spans by value; spans are read of those traces only that can have some.
    static func countSpans(_ field: TraceFacet.Field, where selection: SpanSelection) -> SQLFragment {
        "SELECT \(field.column), count(*) FROM " + selection.source + field.join + " WHERE " + selection.condition
            + " AND \(field.column) IS NOT NULL GROUP BY 1"
    }

    // MARK: What has no value

    private func missing(
        _ field: TraceFacet.Field, _ request: FacetRequest, _ time: FilterTime, known: Int
    ) throws -> Int {
        let totals = try OverviewReader(session: session).totals()
        if request.filter == nil && !request.countsTraces { return max(0, totals.spans - known) }
        if request.countsTraces {
            let selection = try TraceSelection(request.filter, session, time)
            return try number(
                "SELECT count(*) FROM " + selection.source(order: "start") + " WHERE " + selection.condition
                    + """
                     AND NOT EXISTS (
                        SELECT 1 FROM facet WHERE facet.trace = trace.key AND facet.field = \(field.rawValue))
                    """)
        }
        let selection = try SpanSelection(request.filter, session, time)
        return try number(
            "SELECT count(*) FROM " + selection.source + " WHERE " + selection.condition
                + " AND \(field.column) IS NULL")
    }

    private func number(_ fragment: SQLFragment) throws -> Int {
        let select = try session.statement(fragment)
        defer { select.reset() }
        return try select.step() ? select.count(0) : 0
    }

    // MARK: Words

    private func word(_ field: TraceFacet.Field, _ value: Int64) throws -> String? {
        switch field {
        case .kind: return SpanKind(rawValue: Int(value))?.name
        case .status: return TraceFacet.Outcome(rawValue: value).map { String(describing: $0) }
        case .mark: return SpanMarks.named.first { $0.mark.rawValue == Int(value) }?.name
        case .severity: return FindingSeverity(rawValue: Int(value))?.name
        case .certainty: return FindingCertainty(rawValue: Int(value))?.name
        case .stream: return TimingQuality(rawValue: Int(value))?.name
        default: return try text("SELECT text FROM name WHERE id = ?1", value)
        }
    }

    private func text(_ sql: String, _ reference: Int64) throws -> String? {
        let select = try session.statement(sql)
        select.bind(1, reference)
        defer { select.reset() }
        return try select.step() ? select.text(0) : nil
    }
}

/// Values with their counts while they are gathered.
struct FacetCounts {
    /// Further different values are not listed: memory must not depend on what an attribute holds.
    static let valueLimit = 50_000
    /// Longer values are cut, in characters.
    static let lengthLimit = 400

    private var counts: [String?: Int] = [:]
    private(set) var total = 0

    mutating func add(_ value: String?, _ count: Int) {
        guard count > 0 else { return }
        total += count
        let value = value.map { $0.utf8.count > Self.lengthLimit ? String($0.prefix(Self.lengthLimit)) : $0 }
        if counts[value] == nil && counts.count >= Self.valueLimit { return }
        counts[value, default: 0] += count
    }

    /// The most frequent values; of equally frequent ones in the order of their texts.
    func values(limit: Int) -> [FacetPage.Value] {
        counts.map { FacetPage.Value(value: $0.key, count: $0.value) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : ($0.value ?? "") < ($1.value ?? "") }
            .prefix(max(0, limit)).map { $0 }
    }
}
