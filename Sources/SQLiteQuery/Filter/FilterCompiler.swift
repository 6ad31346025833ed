import TraceModel
import TraceQuery
import TraceStore

/// Turns filters into conditions of SQL; values travel as parameters or as numbers, never as text of the statement.
struct FilterCompiler {
    let session: ReadSession
    let time: FilterTime

    /// How deep an expression may nest; the parser stays far below.
    private static let depthLimit = 200

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
        try checkDepth(expression)
        return try trace(expression)
    }

    private func trace(_ expression: FilterExpression) throws -> TraceCondition {
        switch expression {
        case .term(let term):
            if let sql = try traceTerm(term, onSpan: false) { return TraceCondition(sql: sql) }
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
        for part in flattened(expression) {
            if isOfSpan(part) {
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

    /// The parts of nested conjunctions.
    private func flattened(_ expression: FilterExpression) -> [FilterExpression] {
        var parts: [FilterExpression] = []
        var rest = [expression]
        while let next = rest.popLast() {
            if case .and(let inner) = next { rest += inner.reversed() } else { parts.append(next) }
        }
        return parts
    }

    /// Whether an expression speaks of one span only, without a negation.
    private func isOfSpan(_ expression: FilterExpression) -> Bool {
        switch expression {
        case .term(let term): FilterField.named(term.field).map { !$0.field.isOfTrace } ?? true
        case .not: false
        case .and(let parts), .or(let parts): parts.allSatisfy { isOfSpan($0) }
        }
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
        try checkDepth(expression)
        return try onSpan(expression)
    }

    private func onSpan(_ expression: FilterExpression) throws -> SQLFragment {
        switch expression {
        case .term(let term): try traceTerm(term, onSpan: true) ?? span(term).complete
        case .not(let inner): try onSpan(inner).negated
        case .and(let parts): .all(try parts.map { try onSpan($0) })
        case .or(let parts): .any(try parts.map { try onSpan($0) })
        }
    }

    /// Facets that the trace of every kept span has, for the choice of a way to it.
    func facets(ofSpans expression: FilterExpression) throws -> [SpanCondition.FacetDemand] {
        try flattened(expression).filter { isOfSpan($0) }.flatMap { try spanCondition($0).facets }
    }

    private func checkDepth(_ expression: FilterExpression) throws(QueryError) {
        var level = [expression]
        var depth = 0
        while !level.isEmpty {
            depth += 1
            if depth > Self.depthLimit {
                throw .filter(message: "nested deeper than \(Self.depthLimit)", text: "", position: 0)
            }
            level = level.flatMap { expression -> [FilterExpression] in
                switch expression {
                case .term: []
                case .not(let inner): [inner]
                case .and(let parts), .or(let parts): parts
                }
            }
        }
    }
}
