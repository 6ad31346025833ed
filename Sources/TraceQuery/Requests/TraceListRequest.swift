public import TraceModel

/// A page of the list of traces.
public struct TraceListRequest: TraceRequest {
    public typealias Answer = TracePage

    /// What a list of traces can be ordered by.
    public enum SortKey: String, Sendable, CaseIterable {
        case start, duration, name, spans, errors, tokens
    }

    public var filter: FilterExpression?
    public var sort: SortKey
    public var descending: Bool
    /// The most rows of a page.
    public var limit: Int
    /// Continue after this row of the same list.
    public var after: PageCursor?
    /// Also count the whole list and its histogram over time.
    public var includesOverview: Bool
    /// The number of buckets of the histogram.
    public var histogramBuckets: Int

    public init(
        filter: FilterExpression? = nil,
        sort: SortKey = .start,
        descending: Bool = true,
        limit: Int = 200,
        after: PageCursor? = nil,
        includesOverview: Bool = false,
        histogramBuckets: Int = 0
    ) {
        self.filter = filter
        self.sort = sort
        self.descending = descending
        self.limit = limit
        self.after = after
        self.includesOverview = includesOverview
        self.histogramBuckets = histogramBuckets
    }
}

/// A page of traces.
public struct TracePage: Equatable, Sendable {
    public var rows: [TraceSummary]
    /// Where the next page starts; nil at the end of the list.
    public var next: PageCursor?
    public var overview: TraceListOverview?

    public init(rows: [TraceSummary], next: PageCursor?, overview: TraceListOverview? = nil) {
        self.rows = rows
        self.next = next
        self.overview = overview
    }
}

/// Totals of a list of traces.
public struct TraceListOverview: Equatable, Sendable {
    /// Traces that the filter keeps.
    public var matching: Int
    /// Traces and spans of the whole database.
    public var totalTraces: Int
    public var totalSpans: Int
    /// The first and last start of the matching traces; nil without any.
    public var firstStartUnixNano: Int64?
    public var lastStartUnixNano: Int64?
    /// Matching traces per equal stretch of time from first to last start.
    public var histogram: [Int]

    public init(matching: Int, totalTraces: Int, totalSpans: Int) {
        self.matching = matching
        self.totalTraces = totalTraces
        self.totalSpans = totalSpans
        histogram = []
    }
}
