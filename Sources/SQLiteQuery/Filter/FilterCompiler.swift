import TraceModel
import TraceQuery
import TraceStore

/// Turns filters into conditions of SQL; values travel as parameters or as numbers, never as text of the statement.
///
/// What SQL cannot say is left to `ResidualReader`, whose answer comes back as a list of keys.
struct FilterCompiler {
    let session: ReadSession
    let time: FilterTime

    /// The condition on a trace of the list: what it speaks of is `trace`.
    struct TraceCondition {
        var sql: SQLFragment
        /// Facets of which every kept trace has one each, for the choice of a way to it.
        var facets: [SpanCondition.FacetDemand] = []
        /// Texts of which every kept trace holds each.
        var matches: [String] = []
    }

    // MARK: Traces

    /// The condition on traces: positive span terms joined by `and` hold on one span, `not` means no span.
    func traces(_ expression: FilterExpression) throws -> TraceCondition {
        try expression.checkDepth()
        let (pushed, residual) = expression.split(ofTraces: true, canPush: canPush)
        var condition = try pushed.map { try trace($0) } ?? TraceCondition(sql: .always)
        if let residual {
            let kept = try ResidualReader(session: session).traces(residual, of: condition.sql, time)
            condition.sql = .all([condition.sql, kept])
        }
        return condition
    }

    /// Whether a term can be said in SQL.
    private func canPush(_ term: FilterTerm) -> Bool {
        guard let field = FilterField.named(term.field)?.field, !session.isWithheld(field) else { return false }
        return Self.spanTerms[field.name] != nil || Self.traceTerms[field.name] != nil
    }

    private func trace(_ expression: FilterExpression) throws -> TraceCondition {
        switch expression {
        case .term(let term):
            guard expression.isOfOneSpan else { return TraceCondition(sql: try ofTrace(term, "trace.start_ns")) }
            return lift(try span(term))
        case .not(let inner):
            return TraceCondition(sql: try trace(inner).sql.negated)
        case .or(let parts):
            return TraceCondition(sql: .any(try parts.map { try trace($0).sql }))
        case .and:
            return try conjunction(expression)
        }
    }

    private func conjunction(_ expression: FilterExpression) throws -> TraceCondition {
        var onOneSpan: [SpanCondition] = []
        var result = TraceCondition(sql: .always)
        for part in expression.conjuncts {
            if part.isOfOneSpan {
                onOneSpan.append(try spanCondition(part))
            } else {
                let condition = try trace(part)
                result.sql = .all([result.sql, condition.sql])
                result.facets += condition.facets
                result.matches += condition.matches
            }
        }
        guard let first = onOneSpan.first else { return result }
        let lifted = lift(onOneSpan.dropFirst().reduce(first) { $0.and($1) })
        result.sql = .all([result.sql, lifted.sql])
        result.facets += lifted.facets
        result.matches += lifted.matches
        return result
    }

    private func lift(_ condition: SpanCondition) -> TraceCondition {
        TraceCondition(sql: condition.ofTrace, facets: condition.facets, matches: condition.match.map { [$0] } ?? [])
    }

    private func spanCondition(_ expression: FilterExpression) throws -> SpanCondition {
        switch expression {
        case .term(let term): return try span(term)
        case .not(let inner): return SpanCondition(sql: try spanCondition(inner).complete.negated)
        case .or(let parts): return .any(try parts.map { try spanCondition($0) })
        case .and(let parts):
            let conditions = try parts.map { try spanCondition($0) }
            guard let first = conditions.first else { return SpanCondition(sql: .always) }
            return conditions.dropFirst().reduce(first) { $0.and($1) }
        }
    }

    // MARK: Spans

    /// The condition on spans, each for itself: what it speaks of is `span` and its `trace`.
    func spans(_ expression: FilterExpression) throws -> SQLFragment {
        try expression.checkDepth()
        let (pushed, residual) = expression.split(ofTraces: false, canPush: canPush)
        let condition = try pushed.map { try onSpan($0) } ?? .always
        guard let residual else { return condition }
        return .all([condition, try ResidualReader(session: session).spans(residual, of: condition, time)])
    }

    private func onSpan(_ expression: FilterExpression) throws -> SQLFragment {
        switch expression {
        case .term(let term): try expression.isOfOneSpan ? span(term).complete : ofTrace(term, "span.start_ns")
        case .not(let inner): try onSpan(inner).negated
        case .and(let parts): .all(try parts.map { try onSpan($0) })
        case .or(let parts): .any(try parts.map { try onSpan($0) })
        }
    }

    /// Facets that the trace of every kept span has, for the choice of a way to it.
    func facets(ofSpans expression: FilterExpression) throws -> [SpanCondition.FacetDemand] {
        try expression.conjuncts.filter { $0.isOfOneSpan && $0.terms.allSatisfy(canPush) }.flatMap {
            try spanCondition($0).facets
        }
    }
}
