/// The values of one field with their counts.
public struct FacetRequest: TraceRequest {
    public typealias Answer = FacetPage

    /// A field of the filter language, such as `model`, `kind` or `attr.http.method`.
    public var field: String
    public var filter: FilterExpression?
    /// Count traces that have a span with the value, not spans.
    public var countsTraces: Bool
    public var limit: Int

    public init(field: String, filter: FilterExpression? = nil, countsTraces: Bool = false, limit: Int = 100) {
        self.field = field
        self.filter = filter
        self.countsTraces = countsTraces
        self.limit = limit
    }
}

/// Values of a field, most frequent first; a nil value counts what has none.
public struct FacetPage: Equatable, Sendable {
    public struct Value: Equatable, Sendable {
        public var value: String?
        public var count: Int

        public init(value: String?, count: Int) {
            self.value = value
            self.count = count
        }
    }

    public var field: String
    public var values: [Value]

    public init(field: String, values: [Value]) {
        self.field = field
        self.values = values
    }
}
