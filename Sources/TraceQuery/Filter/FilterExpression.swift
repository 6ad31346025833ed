/// A parsed filter: a tree of terms.
///
/// On spans each term speaks of the span. On traces, positive span terms that stand joined by `and` must hold on one
/// and the same span of the trace; `not` means that no span of the trace matches. Findings about the trace as a whole are
/// found as if a span of their own had them.
public indirect enum FilterExpression: Hashable, Sendable {
    case and([FilterExpression])
    case or([FilterExpression])
    case not(FilterExpression)
    case term(FilterTerm)
}

/// One comparison of a field with a value.
public struct FilterTerm: Hashable, Sendable {
    /// How the field is compared.
    public enum Comparison: String, Hashable, Sendable {
        /// `:` — equal, or matching where the value holds `*`.
        case matches = ":"
        case equal = "="
        case notEqual = "!="
        /// `~` — contains, ignoring case.
        case contains = "~"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// The field's name in lower case, such as `kind` or `attr.http.status_code` (attribute keys keep their case).
    public var field: String
    public var comparison: Comparison
    /// The value as written, without quotes.
    public var value: String

    public init(field: String, comparison: Comparison, value: String) {
        self.field = field
        self.comparison = comparison
        self.value = value
    }
}

extension FilterExpression {
    /// How deep an expression may nest that is compiled or evaluated; the parser stays far below.
    private static let depthLimit = 200

    /// Whether any term speaks of a time.
    package var mentionsTime: Bool {
        terms.contains { term in
            if case .time? = FilterField.named(term.field)?.field.values { true } else { false }
        }
    }

    /// All terms, in no order.
    package var terms: [FilterTerm] {
        var terms: [FilterTerm] = []
        var rest = [self]
        while let next = rest.popLast() {
            switch next {
            case .term(let term): terms.append(term)
            case .not(let inner): rest.append(inner)
            case .and(let parts), .or(let parts): rest += parts
            }
        }
        return terms
    }

    /// The parts of nested conjunctions.
    package var conjuncts: [FilterExpression] {
        var parts: [FilterExpression] = []
        var rest = [self]
        while let next = rest.popLast() {
            if case .and(let inner) = next { rest += inner.reversed() } else { parts.append(next) }
        }
        return parts
    }

    /// Whether an expression speaks of one span only, without a negation.
    package var isOfOneSpan: Bool {
        switch self {
        case .term(let term): FilterField.named(term.field).map { !$0.field.isOfTrace } ?? true
        case .not: false
        case .and(let parts), .or(let parts): parts.allSatisfy { $0.isOfOneSpan }
        }
    }

    /// Fails where the expression nests so deep that to walk it would be a danger.
    package func checkDepth() throws(QueryError) {
        var level = [self]
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

    /// Parts the expression into what a back end can answer in its own language and the residual for `FilterEvaluator`.
    ///
    /// Both joined by `and` keep what the whole keeps. What is pushed down speaks of traces where `ofTraces` is true, of
    /// spans each for itself otherwise.
    package func split(
        ofTraces: Bool, canPush: (FilterTerm) -> Bool
    ) -> (pushed: FilterExpression?, residual: FilterExpression?) {
        var pushed: [FilterExpression] = []
        var residual: [FilterExpression] = []
        var ofOneSpan: [FilterExpression] = []
        for part in conjuncts {
            let isPushed = part.terms.allSatisfy(canPush)
            if isPushed { pushed.append(part) } else { residual.append(part) }
            if ofTraces && part.isOfOneSpan {
                ofOneSpan.append(part)
                if !isPushed { residual.removeLast() }
            }
        }
        // They hold on one and the same span, so that the rest is asked of those that meet the others.
        if !ofOneSpan.allSatisfy({ $0.terms.allSatisfy(canPush) }) { residual += ofOneSpan }
        func joined(_ parts: [FilterExpression]) -> FilterExpression? {
            parts.count < 2 ? parts.first : .and(parts)
        }
        return (joined(pushed), joined(residual))
    }
}
