/// Decides by itself which traces and spans a filter keeps, in time linear in terms and spans.
///
/// A back end hands it what it cannot express in its own language (`FilterExpression.split`), and whatever holds
/// assembled traces without a database filters with it.
package struct FilterEvaluator: Sendable {
    /// An expression whose terms are ready to be asked.
    private indirect enum Node: Sendable {
        case test(FilterValues.Test)
        case not(Node)
        case all([Node])
        case any([Node])
        /// That one span, or the trace itself, is so.
        case one(Node)
    }

    private let ofTrace: Node
    private let ofSpan: Node

    /// Fails with `QueryError.filter` for what no parser makes.
    package init(_ expression: FilterExpression, _ time: FilterTime) throws {
        try expression.checkDepth()
        ofTrace = try Self.trace(expression, time)
        ofSpan = try Self.span(expression, time)
    }

    /// Whether a trace is kept: positive terms on spans joined by `and` hold on one span, `not` means no span.
    package func keeps(_ trace: FilterableTrace) -> Bool {
        Self.holds(ofTrace, FilterSubject(trace: trace, span: nil))
    }

    /// The places of the spans that are kept, each for itself.
    package func spans(of trace: FilterableTrace) -> [Int] {
        trace.spans.indices.filter { Self.holds(ofSpan, FilterSubject(trace: trace, span: trace.spans[$0])) }
    }

    private static func holds(_ node: Node, _ subject: FilterSubject) -> Bool {
        switch node {
        case .test(let test): test(subject)
        case .not(let inner): !holds(inner, subject)
        case .all(let parts): parts.allSatisfy { holds($0, subject) }
        case .any(let parts): parts.contains { holds($0, subject) }
        case .one(let inner):
            holds(inner, subject)
                || subject.trace.spans.contains { holds(inner, FilterSubject(trace: subject.trace, span: $0)) }
        }
    }

    private static func span(_ expression: FilterExpression, _ time: FilterTime) throws -> Node {
        switch expression {
        case .term(let term): .test(try test(term, time))
        case .not(let inner): .not(try span(inner, time))
        case .and(let parts): .all(try parts.map { try span($0, time) })
        case .or(let parts): .any(try parts.map { try span($0, time) })
        }
    }

    private static func trace(_ expression: FilterExpression, _ time: FilterTime) throws -> Node {
        switch expression {
        case .term: expression.isOfOneSpan ? .one(try span(expression, time)) : try span(expression, time)
        case .not(let inner): .not(try trace(inner, time))
        case .or(let parts): .any(try parts.map { try trace($0, time) })
        case .and:
            .all(
                try expression.conjuncts.filter { !$0.isOfOneSpan }.map { try trace($0, time) }
                    + oneSpan(expression.conjuncts.filter(\.isOfOneSpan), time))
        }
    }

    private static func oneSpan(_ parts: [FilterExpression], _ time: FilterTime) throws -> [Node] {
        parts.isEmpty ? [] : [.one(.all(try parts.map { try span($0, time) }))]
    }

    private static func test(_ term: FilterTerm, _ time: FilterTime) throws -> FilterValues.Test {
        let (field, key) = try term.known()
        guard field.comparisons.contains(term.comparison), let test = field.values.test(term, key: key, time) else {
            throw term.fault
        }
        return test
    }
}

extension FilterTerm {
    /// The field, with the key that follows its name; fails for one that no parser makes.
    package func known() throws(QueryError) -> (field: FilterField, key: String?) {
        guard let known = FilterField.named(field) else {
            throw .filter(message: "unknown field '\(field)'", text: description, position: 0)
        }
        return known
    }

    /// The error of a term that no parser makes.
    package var fault: QueryError {
        let message = FilterField.named(field).flatMap { FilterValue.fault(value, comparison, $0.field) }
        return .filter(message: message ?? "'\(self)' cannot be compared so", text: description, position: 0)
    }
}
