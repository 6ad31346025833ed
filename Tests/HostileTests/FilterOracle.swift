import Foundation
import TraceAnalysis
import TraceAssembly
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

/// A database whose filters are answered twice: compiled to SQL, and evaluated over traces in memory.
final class FilterOracle: Sendable {
    /// A trace with the keys of its spans.
    typealias Held = (key: Int64, filterable: FilterableTrace, keys: [Int64])

    let traces: [FilterableTrace]
    private let held: [Held]
    private let connection: ReadConnection
    private let time: FilterTime

    /// Reads at most `limit` traces of a database, spread over all of it.
    ///
    /// With `assembles` they are put together anew from what is recorded of their spans, without what the store says.
    init(_ path: String, limit: Int = 200, spanLimit: Int = 2_000, assembles: Bool, now: Int64) async throws {
        connection = try ReadOnlyFile.open(path)
        time = FilterTime(now: now, timeZone: .gmt)
        held = try await connection.run { session in
            let select = try session.statement(
                "SELECT key FROM trace WHERE span_count <= \(spanLimit) AND dirty = 0 ORDER BY key")
            var keys: [Int64] = []
            while try select.step() { keys.append(select.int(0)) }
            select.reset()
            let stride = max(1, keys.count / limit)
            return try keys.enumerated().filter { $0.offset % stride == 0 }.map { _, key -> Held in
                let stored = try ResidualReader(session: session).trace(key)
                guard assembles else { return (key, stored.filterable, stored.keys) }
                return try Self.assembled(stored.filterable, key, session)
            }
        }.get()
        traces = held.map(\.filterable)
    }

    /// What a filter keeps one way and not the other; nil where both agree.
    func difference(_ filter: FilterExpression) async throws -> String? {
        let (held, time) = (held, time)
        return try await connection.run { session -> String? in
            let evaluator = try FilterEvaluator(filter, time)
            let known = Set(held.map(\.key))
            let selection = try TraceSelection(filter, session, time)
            let traces = try Self.keys(
                "SELECT trace.key FROM " + selection.source(order: "start") + " WHERE " + selection.condition, session)
            let kept = Set(held.filter { evaluator.keeps($0.filterable) }.map(\.key))
            if let text = Self.text("traces", Set(traces).intersection(known), kept) { return text }
            let spans = try SpanSelection(filter, session, time)
            let list = "(" + held.map { String($0.key) }.joined(separator: ",") + ")"
            let compiled = try Self.keys(
                "SELECT span.key FROM " + spans.source + " WHERE trace.key IN \(list) AND " + spans.condition, session)
            let evaluated = held.flatMap { trace in evaluator.spans(of: trace.filterable).map { trace.keys[$0] } }
            return Self.text("spans", Set(compiled), Set(evaluated))
        }.get()
    }

    private static func text(_ what: String, _ compiled: Set<Int64>, _ evaluated: Set<Int64>) -> String? {
        if compiled == evaluated { return nil }
        let (sql, own) = (compiled.subtracting(evaluated), evaluated.subtracting(compiled))
        return "\(what): only in SQL \(sql.sorted().prefix(3)) (\(sql.count)), only evaluated "
            + "\(own.sorted().prefix(3)) (\(own.count))"
    }

    private static func keys(_ fragment: SQLFragment, _ session: ReadSession) throws -> [Int64] {
        let select = try session.statement(fragment)
        defer { select.reset() }
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        return keys
    }

    // MARK: Assembly

    private static func assembled(
        _ known: FilterableTrace, _ key: Int64, _ session: ReadSession
    ) throws -> Held {
        let reader = try StoredSpanReader(session.connection.handle)
        let streams = StoredStreamReader(session.connection.handle)
        var records = TraceRecords(known.summary.traceID)
        var readings: [Int32: (JoinedSpan, FilterableSpan)] = [:]
        var found: [Finding] = []
        for span in known.spans.sorted(by: { $0.row.arrival < $1.row.arrival }) {
            let spanKey = StoreKey.span(trace: key, number: Int64(span.row.arrival))
            guard let stored = try reader.span(spanKey) else { continue }
            let reading = JoinedSpan(stored, logs: try reader.logEvents(trace: stored.traceID, span: stored.spanID))
            readings[span.row.arrival] = (reading, span)
            found += span.findings.filter { isOfOtherOrigin($0.rule) }.map { finding in
                var finding = finding
                finding.spanID = span.row.spanID
                return finding
            }
            if let head = try streams.head(ofSpan: spanKey) {
                let isTimed = head.info.timing == .measured || head.info.timing == .firstAndLastOnly
                records.streams.append(
                    StreamRecord(
                        span: records.count, timing: head.info.timing,
                        firstChunkNanos: isTimed ? head.figures.timeToFirstChunkNanos : nil))
            }
            var record = record(reading, arrival: span.row.arrival, &records)
            // Spans of other traces decide it, which no assembly of one trace knows.
            record.isToldElsewhere = span.row.marks.contains(.sameCall) && span.row.countedBy < 0
            records.add(record)
        }
        let trace = TraceAssembler.assemble(records)
        var structure = TraceStructure(summary: trace.summary, names: trace.names, spans: trace.rows)
        structure.agents = trace.report.topology
        structure.coverage = trace.summary.coverage
        structure.findings =
            trace.report.findings + found + known.findings.filter { isOfOtherOrigin($0.rule) }
        let spans = trace.rows.compactMap { row in
            readings[row.arrival].map { reading, stored in
                var span = FilterableSpan(row, reading.span, reading.facts, texts: [], timing: stored.timing)
                span.texts = stored.texts
                return span
            }
        }
        return (
            key, FilterableTrace(structure, spans),
            spans.map { StoreKey.span(trace: key, number: Int64($0.row.arrival)) }
        )
    }

    /// Whether findings of a rule come from streams or from many traces, which no assembly of one trace makes.
    private static func isOfOtherOrigin(_ rule: String) -> Bool {
        rule.hasPrefix("stream.") || rule == "identity.alias_flip"
    }

    private static func record(_ reading: JoinedSpan, arrival: Int32, _ records: inout TraceRecords) -> SpanRecord {
        let (span, facts) = (reading.span, reading.facts)
        var row = SpanRow(
            arrival: arrival, spanID: span.spanID, parentSpanID: span.parentSpanID,
            name: records.names.intern(span.name))
        row.service = records.names.intern(span.resource.serviceName)
        row.agent = records.names.intern(facts.agentName)
        row.agentInstance = records.names.intern(facts.agentInstance)
        row.agentSource = facts.agentName == nil ? .missing : facts.agentSource
        row.modelRequested = records.names.intern(facts.modelRequested)
        row.modelResolved = records.names.intern(facts.modelResolved)
        row.tool = records.names.intern(facts.toolName)
        row.errorType = records.names.intern(facts.errorType)
        row.kind = facts.kind
        row.status = span.status.code
        row.isError = facts.isError
        row.isCancelled = facts.isCancelled
        row.marks = span.marks.subtracting(.relative)
        row.startUnixNano = span.startUnixNano
        row.endUnixNano = span.endUnixNano
        row.timeToFirstChunkNanos = facts.timeToFirstChunkNanos
        row.tokensInput = facts.tokens.input
        row.tokensOutput = facts.tokens.output
        row.clock = records.clock(named: Dialect.clockName(of: span.resource))
        var record = SpanRecord(row, usage: facts.tokens, evidence: reading.evidence)
        record.session = records.names.intern(facts.session)
        record.provider = records.names.intern(facts.provider)
        record.scope = records.names.intern("\(span.scope.name) \(span.scope.version)")
        return record
    }
}
