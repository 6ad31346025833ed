package import TraceQuery

/// A table that a search or an SQL statement gave.
package struct ResultsState: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        case search(SearchPage)
        case table(SQLTable)
    }

    /// What was asked, for the header.
    package var title: String
    package var request: AnyTraceRequest
    package var content: Content?
    package var cursor = 0
    package var top = 0
    /// The first column shown, for wide tables.
    package var firstColumn = 0
    package var error: QueryError?
    package var search = ""

    package init(title: String, request: any TraceRequest) {
        self.title = title
        self.request = AnyTraceRequest(request)
    }

    package var rowCount: Int {
        switch content {
        case .search(let page): page.hits.count
        case .table(let table): table.rows.count
        case nil: 0
        }
    }
}
