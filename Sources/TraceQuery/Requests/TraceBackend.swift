/// A source of traces that answers requests: the SQLite database now, others later.
///
/// Cancelling the surrounding task stops a running request within 50 ms with `QueryError.cancelled`.
public protocol TraceBackend: Sendable {
    /// What a header shows: a file name without its folders, or an address.
    var displayName: String { get }

    /// Answers one request.
    func run(_ request: QueryRequest) async throws(QueryError) -> QueryResult

    /// A number that changes whenever the stored data changes; cheap enough to ask four times a second.
    func dataVersion() async throws(QueryError) -> Int64
}
