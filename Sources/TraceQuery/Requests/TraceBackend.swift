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
public struct BackendCapabilities: Sendable, Equatable {
    /// The file in which programs can write traces and lines of the audit log; nil for a back end that is only read.
    public var writableFile: String?
    /// Whether `dataVersion` follows the data; where it does not, data is read again only when someone asks for it.
    public var noticesChanges: Bool
    /// Fields that no filter may have, with the reason for each.
    public var missingFields: [String: String]
    private let missing: @Sendable (any TraceRequest.Type) -> String?

    /// - Parameter missing: why requests of a kind have no answer; nil for those that have one.
    public init(
        writableFile: String? = nil, noticesChanges: Bool = true, missingFields: [String: String] = [:],
        missing: @escaping @Sendable (any TraceRequest.Type) -> String? = { _ in nil }
    ) {
        self.writableFile = writableFile
        self.noticesChanges = noticesChanges
        self.missingFields = missingFields
        self.missing = missing
    }

    /// Compares all but the reasons against kinds of requests, which are code.
    public static func == (a: Self, b: Self) -> Bool {
        a.writableFile == b.writableFile && a.noticesChanges == b.noticesChanges && a.missingFields == b.missingFields
    }

    /// Why requests of a kind have no answer; nil for those that have one.
    public func reason(against kind: any TraceRequest.Type) -> String? { missing(kind) }

    /// Whether the back end answers requests of a kind.
    public func answers(_ kind: any TraceRequest.Type) -> Bool { missing(kind) == nil }

    /// Reads a filter as `FilterExpression.parse` does; fails also for one that has a missing field.
    public func filter(_ text: String) throws(QueryError) -> FilterExpression? {
        guard let filter = try FilterExpression.parse(text) else { return nil }
        for term in filter.terms {
            guard let field = FilterField.named(term.field)?.field, let reason = missingFields[field.name] else {
                continue
            }
            throw .unsupported(reason: "'\(field.name)' is not available: \(reason)")
        }
        return filter
    }
}
