import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension FilterCompiler {
    /// A number that the analysis of the trace gives, as an expression over the columns of `analysis`.
    func ofAnalysis(_ term: FilterTerm, _ expression: String) throws -> SQLFragment {
        guard try session.holdsAnalysis() else { return .never }
        return try number(term, "(SELECT \(expression) FROM analysis WHERE analysis.trace = trace.key)")
    }

    /// A condition on columns of `span` that older files lack.
    func ofAnalysedSpan(_ sql: SQLFragment) throws -> SpanCondition {
        SpanCondition(sql: try session.holdsAnalysis() ? sql : .never)
    }

    /// The number of the attempt that the span belongs to.
    func attempt(_ term: FilterTerm) throws -> SpanCondition {
        var condition = try ofAnalysedSpan(try number(term, "span.attempt"))
        guard try session.holdsAnalysis() else { return condition }
        let asksForRetries =
            switch term.comparison {
            case .matches, .equal, .greaterOrEqual: try bounds(term).low.map { $0 > 1 } ?? false
            case .greater: try bounds(term).low.map { $0 >= 1 } ?? false
            default: false
            }
        if asksForRetries { condition.bounds = [Self.hasRetry(try number(term, "retry.attempt"))] }
        return condition
    }

    /// Why there is another attempt; first attempts have no reason.
    func attemptReason(_ term: FilterTerm) throws -> SpanCondition {
        let reasons = AttemptReason.allCases.filter { reason in
            FilterValue.matches(reason.name, term.value, term.comparison) != (term.comparison == .notEqual)
        }
        let list = NameSet(reasons.map { Int64($0.rawValue) }).list
        var condition = try ofAnalysedSpan("span.attempt > 1 AND span.attempt_reason IN " + list)
        if try session.holdsAnalysis() {
            condition.bounds = [Self.hasRetry("retry.attempt_reason IN " + list)]
        }
        return condition
    }

    /// That the trace at hand has a retry, out of the index of retries: they are few.
    private static func hasRetry(_ condition: SQLFragment) -> SQLFragment {
        """
        EXISTS (SELECT 1 FROM span AS retry INDEXED BY span_attempt
        WHERE retry.attempt > 1 AND retry.trace = trace.key AND 
        """ + condition + ")"
    }
}
