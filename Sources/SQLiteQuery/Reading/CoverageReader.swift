import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

extension CoverageRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [SourceCoverage] {
        try CoverageReader(session: session).sources()
    }
}

/// Reads all spans for what their sources tell.
struct CoverageReader {
    let session: ReadSession

    /// The next keys of spans.
    static let selectKeys = "SELECT key FROM span WHERE key > ?1 ORDER BY key LIMIT 1024"

    func sources() throws -> [SourceCoverage] {
        let stored = try StoredSpanReader(session.connection.handle)
        var sources: [InstrumentationScope.Name: SourceCoverage] = [:]
        var last: Int64 = -1
        while true {
            let keys = try keys(after: last)
            guard let end = keys.last else { break }
            last = end
            try session.checkCancelled()
            for key in keys {
                guard var span = try stored.span(key) else { continue }
                span.events += try stored.logEvents(trace: span.traceID, span: span.spanID)
                let name = InstrumentationScope.Name(span.scope)
                Dialect.count(
                    span, in: &sources[name, default: SourceCoverage(name: name.name, version: name.version)])
            }
        }
        return sources.values.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
    }

    private func keys(after key: Int64) throws -> [Int64] {
        let select = try session.statement(Self.selectKeys)
        select.bind(1, key)
        defer { select.reset() }
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        return keys
    }
}

extension InstrumentationScope {
    fileprivate struct Name: Hashable {
        var name: String
        var version: String

        init(_ scope: InstrumentationScope) {
            (name, version) = (scope.name, scope.version)
        }
    }
}
