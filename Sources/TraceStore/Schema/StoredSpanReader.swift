package import TraceModel

/// Reads spans with their payload, exactly as they were stored.
///
/// It belongs to one connection and is used only on that connection's queue.
package final class StoredSpanReader {
    private let select: PreparedStatement
    private let selectLogs: PreparedStatement
    private let selectRecords: PreparedStatement
    /// Nil for a file from before the sources of spans were stored.
    private let selectOrigins: PreparedStatement?

    package init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        select = try PreparedStatement(Self.selectSpan, on: connection)
        selectLogs = try PreparedStatement(Self.selectLogEvents, on: connection)
        selectRecords = try PreparedStatement(Self.selectLogRecords, on: connection)
        selectOrigins = try? PreparedStatement(Self.selectSpanOrigins, on: connection)
    }

    /// One span with payload, resource and scope, by its key.
    package static let selectSpan = """
        SELECT
            trace.id, span.id, span.parent, span.otel_kind, span.start_ns, span.end_ns, span.status, span.marks,
            name.text, payload.attributes, payload.events, payload.links, payload.status_message,
            payload.trace_state, payload.flags, payload.dropped_attributes, payload.dropped_events,
            payload.dropped_links, resource.attributes, resource.dropped_attributes, resource.schema_url,
            scope.name, scope.version, scope.attributes, scope.dropped_attributes, scope.schema_url
        FROM span
            CROSS JOIN trace ON trace.key = span.trace
            CROSS JOIN name ON name.id = span.name
            CROSS JOIN span_payload AS payload ON payload.key = span.key
            CROSS JOIN resource ON resource.id = span.resource
            CROSS JOIN scope ON scope.id = span.scope
        WHERE span.key = ?1
        """
    /// The log records of a span, in order of time.
    package static let selectLogEvents = """
        SELECT event FROM log_record WHERE trace_id = ?1 AND span_id = ?2 ORDER BY time_ns, id
        """
    /// The same with the resource and scope of each.
    package static let selectLogRecords = """
        SELECT
            log_record.event, resource.attributes, resource.dropped_attributes, resource.schema_url, scope.name,
            scope.version, scope.attributes, scope.dropped_attributes, scope.schema_url
        FROM log_record CROSS JOIN resource ON resource.id = log_record.resource
            CROSS JOIN scope ON scope.id = log_record.scope
        WHERE trace_id = ?1 AND span_id = ?2 ORDER BY time_ns, log_record.id
        """

    /// The sources of a span, in the order of their digests.
    package static let selectSpanOrigins = """
        SELECT
            span_source.digest, span_source.keys, resource.attributes, resource.dropped_attributes,
            resource.schema_url, scope.name, scope.version, scope.attributes, scope.dropped_attributes, scope.schema_url
        FROM span_source CROSS JOIN resource ON resource.id = span_source.resource
            CROSS JOIN scope ON scope.id = span_source.scope
        WHERE span_source.span = ?1 ORDER BY span_source.digest, span_source.keys
        """

    /// The sources of a span that several records tell of; none for a span that came in one record.
    package func origins(ofSpan key: Int64) throws -> [SpanOrigin] {
        guard let selectOrigins else { return [] }
        selectOrigins.bind(1, key)
        defer { selectOrigins.reset() }
        var origins: [SpanOrigin] = []
        while try selectOrigins.step() {
            origins.append(
                SpanOrigin(
                    digest: selectOrigins.int(0), keys: selectOrigins.int(1), resource: try resource(selectOrigins, 2),
                    scope: try scope(selectOrigins, 5)))
        }
        return origins
    }

    /// The span of a key; nil where there is none.
    ///
    /// Its events are those of the span itself. Payload that is no JSON of ours fails with `JSONError`.
    package func span(_ key: Int64) throws -> Span? {
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let traceID = select.withBytes(0, { TraceID(bytes: $0) }) else { return nil }
        var span = Span(
            traceID: traceID, spanID: SpanID(UInt64(bitPattern: select.int(1))),
            parentSpanID: select.optionalInt(2).map { SpanID(UInt64(bitPattern: $0)) },
            traceState: select.text(13) ?? "",
            flags: select.optionalInt(14).map { UInt32(truncatingIfNeeded: $0) },
            name: select.text(8) ?? "",
            otelKind: OTelSpanKind(rawValue: Int(select.int(3))) ?? .unspecified,
            startUnixNano: select.optionalInt(4), endUnixNano: select.optionalInt(5))
        span.status = SpanStatus(
            SpanStatus.Code(rawValue: Int(select.int(6))) ?? .unset, message: select.text(12) ?? "")
        span.marks = SpanMarks(rawValue: Int(select.int(7)))
        span.attributes = try attributes(select, 9)
        if !select.isNull(10) {
            span.events = try select.withBytes(10) { json in Result { try PayloadDecoder.events(json) } }.get()
        }
        if !select.isNull(11) {
            span.links = try select.withBytes(11) { json in Result { try PayloadDecoder.links(json) } }.get()
        }
        span.droppedAttributesCount = select.count(15)
        span.droppedEventsCount = select.count(16)
        span.droppedLinksCount = select.count(17)
        span.resource = try resource(select, 18)
        span.scope = try scope(select, 21)
        span.admitNumbers()
        return span
    }

    /// The log records that belong to a span, as events in order of time.
    package func logEvents(trace: TraceID, span: SpanID) throws -> [SpanEvent] {
        selectLogs.bind(blob: 1, trace.bytes)
        selectLogs.bind(2, Int64(bitPattern: span.rawValue))
        defer { selectLogs.reset() }
        var events: [SpanEvent] = []
        while try selectLogs.step() {
            var event = try selectLogs.withBytes(0) { json in Result { try PayloadDecoder.event(json) } }.get()
            event.admitNumbers()
            events.append(event)
        }
        return events
    }

    /// The log records that belong to a span, in order of time.
    package func logRecords(trace: TraceID, span: SpanID) throws -> [SpanLogRecord] {
        selectRecords.bind(blob: 1, trace.bytes)
        selectRecords.bind(2, Int64(bitPattern: span.rawValue))
        defer { selectRecords.reset() }
        var records: [SpanLogRecord] = []
        while try selectRecords.step() {
            records.append(try logRecord(selectRecords, trace: trace, span: span))
        }
        return records
    }

    /// The log record of a row whose columns begin as those of `selectLogRecords`.
    func logRecord(_ row: PreparedStatement, trace: TraceID, span: SpanID) throws -> SpanLogRecord {
        let event = try row.withBytes(0) { json in Result { try PayloadDecoder.event(json) } }.get()
        return SpanLogRecord(
            traceID: trace, spanID: span, event: event, resource: try resource(row, 1), scope: try scope(row, 4))
    }

    /// A resource in three columns.
    private func resource(_ row: PreparedStatement, _ column: Int32) throws -> Resource {
        Resource(
            attributes: try attributes(row, column), droppedAttributesCount: row.count(column + 1),
            schemaURL: row.text(column + 2) ?? "")
    }

    /// A scope in five columns.
    private func scope(_ row: PreparedStatement, _ column: Int32) throws -> InstrumentationScope {
        InstrumentationScope(
            name: row.text(column) ?? "", version: row.text(column + 1) ?? "",
            attributes: try attributes(row, column + 2), droppedAttributesCount: row.count(column + 3),
            schemaURL: row.text(column + 4) ?? "")
    }

    private func attributes(_ row: PreparedStatement, _ column: Int32) throws -> [Attribute] {
        try row.withBytes(column) { json in Result { try PayloadDecoder.attributes(json) } }.get()
    }
}
