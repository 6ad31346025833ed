import TraceModel
import TraceQuery
import TraceStore

extension FilterCompiler {
    /// A finding about the span: one of the tables, or a mark of the structure.
    ///
    /// `!=` keeps spans that have findings, none of which is of the rule.
    func finding(_ term: FilterTerm) throws -> SpanCondition {
        let structural = SpanMarks.named.filter { SpanMarks.structural.contains($0.mark) }
        let marks = structural.filter { FilterValue.matches("structure." + $0.name, term.value, term.comparison) }
            .map(\.mark)
        let bits = marks.reduce(0) { $0 | $1.rawValue }
        guard try session.holdsStreams() else {
            if term.comparison == .notEqual {
                let all = SpanMarks.structural.rawValue
                return SpanCondition(sql: SQLFragment("span.marks & \(all) <> 0 AND span.marks & \(bits) = 0"))
            }
            let values = NameSet(marks.map { Int64($0.rawValue) })
            return SpanCondition(
                sql: SQLFragment("span.marks & \(bits) <> 0"),
                facets: [.init(fields: [.mark], values: values.list)], isExact: true)
        }
        let names = try NameSet.matching(term, session)
        let has = "EXISTS (" + Self.findings + " AND finding.rule IN " + names.list + ")"
        if term.comparison == .notEqual {
            let all = SpanMarks.structural.rawValue
            return SpanCondition(
                sql: .all([
                    .any([SQLFragment("span.marks & \(all) <> 0"), SQLFragment("EXISTS (\(Self.findings))")]),
                    SQLFragment("span.marks & \(bits) = 0"), has.negated,
                ]))
        }
        if names.isEmpty && bits == 0 { return SpanCondition(sql: .never) }
        return SpanCondition(
            sql: .any([SQLFragment("span.marks & \(bits) <> 0"), has]),
            facets: [.init(fields: [.finding], values: names.list)], isExact: true)
    }

    /// A number of the findings about the span that has words for its values.
    func ofFinding(
        _ term: FilterTerm, _ column: String, _ field: TraceFacet.Field, _ words: [(name: String, value: Int64)]
    ) throws -> SpanCondition {
        guard try session.holdsStreams() else { return SpanCondition(sql: .never) }
        let chosen = NameSet(
            words.filter { word in
                guard let bound = words.first(where: { $0.name == term.value.lowercased() })?.value else {
                    return FilterValue.matches(word.name, term.value, term.comparison)
                }
                switch term.comparison {
                case .less: return word.value < bound
                case .lessOrEqual: return word.value <= bound
                case .greater: return word.value > bound
                case .greaterOrEqual: return word.value >= bound
                default: return FilterValue.matches(word.name, term.value, term.comparison)
                }
            }.map(\.value))
        let has = "EXISTS (" + Self.findings + " AND finding.\(column) IN " + chosen.list + ")"
        if term.comparison == .notEqual {
            return SpanCondition(sql: .all([SQLFragment("EXISTS (\(Self.findings))"), has.negated]))
        }
        return SpanCondition(sql: has, facets: [.init(fields: [field], values: chosen.list)], isExact: true)
    }

    /// Whether chunks of the span are stored, and how their times came to be.
    func stream(_ term: FilterTerm) throws -> SpanCondition {
        let words = FilterField.named("stream").map { FilterValue.words(of: $0.field) } ?? []
        let isNegated = term.comparison == .notEqual
        let chosen = words.filter { FilterValue.matches($0, term.value, term.comparison) }
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

    /// The findings about the span at hand.
    private static let findings = "SELECT 1 FROM finding WHERE finding.span = span.key"
}
