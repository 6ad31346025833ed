/// A parsed filter: a tree of terms.
///
/// On spans each term speaks of the span. On traces, positive span terms that stand joined by `and` must hold on one
/// and the same span of the trace; `not` means that no span of the trace matches.
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
