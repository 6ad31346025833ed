import TraceModel
import TraceQuery
import TraceStore

/// Finds the keys of traces and spans by their ids or the beginnings of those.
struct ReferenceResolver {
    let session: ReadSession

    /// Traces whose id lies between two others.
    static let selectTraces = "SELECT key, id FROM trace WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 6"
    static let selectTrace = "SELECT key FROM trace WHERE id = ?1"
    /// Spans of a trace whose id lies between two others; of several with one id the one of an ordinal.
    static let selectSpans = """
        SELECT key, id FROM span WHERE trace = ?1 AND id BETWEEN ?2 AND ?3 AND ordinal = ?4 ORDER BY id LIMIT 6
        """
    static let selectSpan = "SELECT key FROM span WHERE trace = ?1 AND id = ?2 AND ordinal = ?3"
    static let selectSpanID = "SELECT id FROM span WHERE key = ?1"
    /// How many spans of a trace carry an id.
    static let countSpans = "SELECT count(*) FROM span WHERE trace = ?1 AND id = ?2"

    /// The key of a trace.
    func trace(_ reference: TraceReference) throws -> Int64 {
        switch reference {
        case .id(let id):
            guard let key = try trace(id) else { throw QueryError.notFound(what: "trace \(id.hex)") }
            return key
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
        case .address(let address):
            let trace = try self.trace(.id(address.trace))
            guard let key = try span(address.local, ofTrace: trace) else {
                throw QueryError.notFound(what: "span \(address.local.text)")
            }
            return key
        case .prefix(let traceText, let text):
            let trace = try self.trace(.prefix(traceText))
            guard let prefix = SpanPrefix(text), let ids = IDRange(prefix.digits, length: 16)?.spans else {
                throw QueryError.notFound(what: "span \(text)")
            }
            return try span(prefix, ids, ofTrace: trace, text)
        }
    }

    /// The key of a trace; nil where it is not stored.
    func trace(_ id: TraceID) throws -> Int64? {
        let select = try session.statement(Self.selectTrace)
        select.bind(blob: 1, id.bytes)
        defer { select.reset() }
        return try select.step() ? select.int(0) : nil
    }

    /// The key of a span; nil where it is not stored.
    func span(_ id: LocalSpanID, ofTrace trace: Int64) throws -> Int64? {
        let select = try session.statement(Self.selectSpan)
        select.bind(1, trace)
        select.bind(2, id.span.stored)
        select.bind(3, Int64(id.ordinal))
        defer { select.reset() }
        return try select.step() ? select.int(0) : nil
    }

    /// How many spans of a trace carry an id.
    func namesakes(_ id: SpanID, ofTrace trace: Int64) throws -> Int {
        let select = try session.statement(Self.countSpans)
        select.bind(1, trace)
        select.bind(2, id.stored)
        defer { select.reset() }
        return try select.step() ? select.count(0) : 0
    }

    private func span(
        _ prefix: SpanPrefix, _ ids: ClosedRange<SpanID>, ofTrace trace: Int64, _ text: String
    ) throws -> Int64 {
        let select = try session.statement(Self.selectSpans)
        select.bind(1, trace)
        select.bind(2, ids.lowerBound.stored)
        select.bind(3, ids.upperBound.stored)
        select.bind(4, Int64(prefix.ordinal))
        do {
            return try only(select, "span \(text)") { SpanID(UInt64(bitPattern: $0.int(1))).hex }
        } catch QueryError.notFound(let what) where prefix.ordinal > 0 {
            // Says how many there are, where there are any.
            let first = try span(SpanPrefix(digits: prefix.digits), ids, ofTrace: trace, text)
            let id = try session.statement(Self.selectSpanID)
            id.bind(1, first)
            defer { id.reset() }
            guard try id.step() else { throw QueryError.notFound(what: what) }
            let count = try namesakes(SpanID(UInt64(bitPattern: id.int(0))), ofTrace: trace)
            throw QueryError.notFound(
                what: what + (count == 1 ? ": one span carries this id" : ": \(count) spans carry this id"))
        }
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
