/// A source of traces that answers requests: the SQLite database now, others later.
///
/// Cancelling the surrounding task stops a running request within 50 ms with `QueryError.cancelled`.
public protocol TraceBackend: Sendable {
    /// What a header shows: a file name without its folders, or an address.
    var displayName: String { get }

    var capabilities: BackendCapabilities { get }

    /// Answers one request; fails with `QueryError.unsupported` where the back end has no answer to requests of its kind.
    func run<Request: TraceRequest>(_ request: Request) async throws(QueryError) -> Request.Answer

    /// A number that changes whenever the stored data changes; cheap enough to ask four times a second.
    func dataVersion() async throws(QueryError) -> Int64
}

/// What a back end can do, so that nothing is offered that could only fail.
public struct BackendCapabilities: Sendable {
    /// The file in which programs can write traces and lines of the audit log; nil for a back end that is only read.
    public var writableFile: String?
    /// Whether `dataVersion` follows the data; where it does not, data is read again only when someone asks for it.
    public var noticesChanges: Bool
    private let hasAnswer: @Sendable (any TraceRequest.Type) -> Bool

    public init(
        writableFile: String? = nil, noticesChanges: Bool = true,
        answers: @escaping @Sendable (any TraceRequest.Type) -> Bool = { _ in true }
    ) {
        self.writableFile = writableFile
        self.noticesChanges = noticesChanges
        hasAnswer = answers
    }

    /// Whether the back end answers requests of a kind.
    public func answers(_ kind: any TraceRequest.Type) -> Bool { hasAnswer(kind) }
}
