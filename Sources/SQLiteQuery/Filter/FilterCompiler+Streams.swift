import TraceModel
import TraceQuery
import TraceStore

extension FilterCompiler {
    /// A finding about the span: one of the tables, or a mark of the structure.
    ///
    /// `!=` keeps spans that have findings, none of which is of the rule.
    func finding(_ term: FilterTerm) throws -> SpanCondition {
        let pattern = TextPattern(term)
        let marks = SpanMarks.named.filter {
            SpanMarks.structural.contains($0.mark) && pattern.matches("structure." + $0.name)
        }.map(\.mark)
        let bits = marks.reduce(0) { $0 | $1.rawValue }
        let hasMark = SQLFragment("span.marks & \(bits) <> 0")
        let hasMarks = SQLFragment("span.marks & \(SpanMarks.structural.rawValue) <> 0")
        guard try session.holdsStreams() else {
            if term.comparison == .notEqual { return SpanCondition(sql: .all([hasMarks, hasMark.negated])) }
            let values = NameSet(marks.map { Int64($0.rawValue) })
            return SpanCondition(sql: hasMark, facets: [.init(fields: [.mark], values: values.list)], isExact: true)
        }
        let names = try NameSet.matching(term, session)
        var condition = ofFindings("rule", names.list, isNegated: term.comparison == .notEqual)
        if term.comparison == .notEqual {
            condition.sql = .all([
                .any([hasMarks, Self.exists(Self.ofSpan)]), hasMark.negated,
                Self.exists(Self.ofSpan, "rule", names.list).negated,
            ])
            return condition
        }
        if names.isEmpty && bits == 0 { return SpanCondition(sql: .never) }
        condition.sql = .any([hasMark, condition.sql])
        condition.facets = [.init(fields: [.finding], values: names.list)]
        return condition
    }

    /// A number of the findings about the span that has words for its values.
    func ofFinding(
        _ term: FilterTerm, _ column: String, _ field: TraceFacet.Field, _ words: [(name: String, value: Int64)]
    ) throws -> SpanCondition {
        guard try session.holdsStreams() else { return SpanCondition(sql: .never) }
        let chosen = try Set(term.known().field.values.chosen(term))
        let values = NameSet(words.filter { chosen.contains($0.name) }.map(\.value)).list
        var condition = ofFindings(column, values, isNegated: term.comparison == .notEqual)
        if condition.isExact { condition.facets = [.init(fields: [field], values: values)] }
        return condition
    }

    /// That a column of a finding about the span has one of the values; negated, that there are findings but none such.
    private func ofFindings(_ column: String, _ values: SQLFragment, isNegated: Bool) -> SpanCondition {
        func has(_ subject: String) -> SQLFragment {
            let has = Self.exists(subject, column, values)
            return isNegated ? .all([Self.exists(subject), has.negated]) : has
        }
        return SpanCondition(sql: has(Self.ofSpan), ofTraceItself: has(Self.ofTrace), isExact: !isNegated)
    }

    /// The findings about the span at hand, and those about its trace as a whole.
    private static let ofSpan = "finding.span = span.key"
    private static let ofTrace = "finding.trace = trace.key AND finding.span IS NULL"

    private static func exists(_ subject: String) -> SQLFragment {
        SQLFragment("EXISTS (SELECT 1 FROM finding WHERE \(subject))")
    }

    private static func exists(_ subject: String, _ column: String, _ values: SQLFragment) -> SQLFragment {
        "EXISTS (SELECT 1 FROM finding WHERE \(subject) AND finding.\(column) IN " + values + ")"
    }

    /// Whether chunks of the span are stored, and how their times came to be.
    func stream(_ term: FilterTerm) throws -> SpanCondition {
        let isNegated = term.comparison == .notEqual
        let chosen = try term.known().field.values.chosen(term)
        let keepsNone = chosen.contains("no") != isNegated
        let timings = TimingQuality.allCases.filter { timing in
            let isChosen = chosen.contains("yes") || chosen.contains(timing.name)
            return isChosen != isNegated
        }
        let values = NameSet(timings.map { Int64($0.rawValue) })
        guard try session.holdsStreams() else { return SpanCondition(sql: keepsNone ? .always : .never) }
        let stream = "SELECT 1 FROM stream WHERE stream.span = span.key"
        let has = "EXISTS (\(stream) AND stream.timing IN " + values.list + ")"
        if keepsNone { return SpanCondition(sql: .any([SQLFragment("NOT EXISTS (\(stream))"), has])) }
        return SpanCondition(sql: has, facets: [.init(fields: [.stream], values: values.list)], isExact: true)
    }
}
