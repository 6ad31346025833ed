package import TraceModel
package import TraceQuery

/// The list of traces.
package struct TracesState: Equatable, Sendable {
    /// The filter as typed; valid unless it stands in the prompt.
    package var filterText = ""
    package var filter: FilterExpression?
    package var sort = TraceListRequest.SortKey.start
    package var isDescending = true
    package var rows: [TraceSummary] = []
    package var next: PageCursor?
    package var overview: TraceListOverview?
    package var cursor = 0
    package var top = 0
    package var tagged: Set<TraceID> = []
    /// New traces take the cursor with them.
    package var isFollowing = false
    /// Changes of the database are not shown.
    package var isPaused = false
    package var hasLoaded = false
    /// The rows are those of an earlier filter or order; they stand until the new ones arrive.
    package var isOutdated = false
    /// The trace under the cursor is to be opened once the rows that were asked for are there.
    package var opensWhenListed = false
    package var error: QueryError?
    package var search = ""

    /// The trace under the cursor.
    package var selected: TraceSummary? { rows.indices.contains(cursor) ? rows[cursor] : nil }

    /// The request for a page of the list as it is filtered and sorted.
    package func request(limit: Int, after: PageCursor? = nil, buckets: Int = 0) -> TraceListRequest {
        TraceListRequest(
            filter: filter, sort: sort, descending: isDescending, limit: limit, after: after,
            includesOverview: buckets > 0, histogramBuckets: buckets)
    }
}
