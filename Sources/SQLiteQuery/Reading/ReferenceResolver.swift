import TraceModel
import TraceQuery
import TraceStore

/// Finds traces and spans by key or by the beginning of their ids.
struct ReferenceResolver {
    let session: ReadSession

    /// Traces whose id lies between two others.
    static let selectTraces = "SELECT key, id FROM trace WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 6"
    static let selectTraceKey = "SELECT key FROM trace WHERE key = ?1"
    /// Spans of a trace whose id lies between two others; of several with one id the first.
    static let selectSpans = """
        SELECT key, id FROM span WHERE trace = ?1 AND id BETWEEN ?2 AND ?3 AND ordinal = 0 ORDER BY id LIMIT 6
        """
    static let selectSpanKey = "SELECT key FROM span WHERE key = ?1"

    /// The key of a trace.
    func trace(_ reference: TraceReference) throws -> Int64 {
        switch reference {
        case .key(let key):
            return try existing(key, Self.selectTraceKey, "trace \(key)")
        case .prefix(let text):
            guard let ids = IDRange(text, length: 32)?.traces else {
                throw QueryError.notFound(what: "trace \(text)")
            }
            let select = try session.statement(Self.selectTraces)
            select.bind(blob: 1, ids.lowerBound.bytes)
            select.bind(blob: 2, ids.upperBound.bytes)
            return try only(select, "trace \(text)") { select in
                select.withBytes(1) { TraceID(bytes: $0) }?.hex ?? ""
            }
        }
    }

    /// The key of a span.
    func span(_ reference: SpanReference) throws -> Int64 {
        switch reference {
        case .key(let key):
            return try existing(key, Self.selectSpanKey, "span \(key)")
        case .prefix(let traceText, let text):
            let trace = try self.trace(.prefix(traceText))
            guard let ids = IDRange(text, length: 16)?.spans else { throw QueryError.notFound(what: "span \(text)") }
            let select = try session.statement(Self.selectSpans)
            select.bind(1, trace)
            select.bind(2, ids.lowerBound.stored)
            select.bind(3, ids.upperBound.stored)
            return try only(select, "span \(text)") { SpanID(UInt64(bitPattern: $0.int(1))).hex }
        }
    }

    private func existing(_ key: Int64, _ sql: String, _ what: String) throws -> Int64 {
        let select = try session.statement(sql)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step() else { throw QueryError.notFound(what: what) }
        return key
    }

    /// The key of the one row there is.
    private func only(
        _ select: PreparedStatement, _ what: String, _ id: (PreparedStatement) -> String
    ) throws -> Int64 {
        defer { select.reset() }
        var keys: [Int64] = []
        var candidates: [String] = []
        while try select.step() {
            keys.append(select.int(0))
            candidates.append(id(select))
        }
        guard let key = keys.first else { throw QueryError.notFound(what: what) }
        guard keys.count == 1 else { throw QueryError.ambiguous(what: what, candidates: candidates) }
        return key
    }
}

extension SpanID {
    /// The id as the database holds it.
    ///
    /// A range of ids that begin with the same digits keeps its order: its first digit fixes the sign.
    var stored: Int64 { Int64(bitPattern: rawValue) }
}
