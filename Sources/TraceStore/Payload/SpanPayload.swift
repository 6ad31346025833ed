import TraceModel

/// The payload of one span, encoded for its row.
struct SpanPayload {
    private var attributes = PayloadEncoder()
    private var events = PayloadEncoder()
    private var links = PayloadEncoder()
    private var statusMessage = ""
    private var traceState = ""
    private var flags: UInt32?
    private var dropped: (attributes: Int, events: Int, links: Int) = (0, 0, 0)

    /// Encodes the payload of a span in place of the last one.
    mutating func encode(_ span: Span) {
        attributes.removeAll()
        events.removeAll()
        links.removeAll()
        attributes.encode(span.attributes)
        if !span.events.isEmpty { events.encode(span.events) }
        if !span.links.isEmpty { links.encode(span.links) }
        statusMessage = span.status.message
        traceState = span.traceState
        flags = span.flags
        dropped = (span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount)
    }

    /// Adds everything to a digest; absent flags count as the 0 that protobuf cannot tell from them.
    func add(to digest: inout ContentDigest) {
        attributes.bytes.withUnsafeBytes { digest.add($0) }
        events.bytes.withUnsafeBytes { digest.add($0) }
        links.bytes.withUnsafeBytes { digest.add($0) }
        digest.add(statusMessage)
        digest.add(traceState)
        digest.add(UInt64(flags ?? 0))
        digest.add(Int64(dropped.attributes))
        digest.add(Int64(dropped.events))
        digest.add(Int64(dropped.links))
    }

    /// Inserts the row.
    func insert(_ key: Int64, _ insert: PreparedStatement) throws(SQLiteFailure) {
        insert.bind(1, key)
        insert.bind(5, statusMessage.isEmpty ? nil : statusMessage)
        insert.bind(6, traceState.isEmpty ? nil : traceState)
        insert.bind(7, flags.map { Int64($0) })
        insert.bind(8, dropped.attributes == 0 ? nil : Int64(dropped.attributes))
        insert.bind(9, dropped.events == 0 ? nil : Int64(dropped.events))
        insert.bind(10, dropped.links == 0 ? nil : Int64(dropped.links))
        let result = attributes.bytes.withUnsafeBufferPointer { attributes in
            events.bytes.withUnsafeBufferPointer { events in
                links.bytes.withUnsafeBufferPointer { links -> Result<Void, SQLiteFailure> in
                    insert.bind(text: 2, uncopied: attributes)
                    if events.isEmpty { insert.bindNull(3) } else { insert.bind(text: 3, uncopied: events) }
                    if links.isEmpty { insert.bindNull(4) } else { insert.bind(text: 4, uncopied: links) }
                    return Result { () throws(SQLiteFailure) in try insert.run() }
                }
            }
        }
        // The bound bytes are gone from here on.
        for index in 2...4 as ClosedRange<Int32> { insert.bindNull(index) }
        try result.get()
    }
}
