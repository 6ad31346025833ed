import TraceModel

/// Writes traces as OTLP/JSON, a request a line: spans, and behind them the log records that belong to them.
///
/// A line holds consecutive spans of one resource and one scope of one trace, at most 256 of them or 1 MiB. What was
/// imported from OTLP comes back as it was stored; a stream that its span does not tell itself is a log record of the
/// scope `spandrel`, which an import makes a stream again.
package struct OTLPExporter: TraceExporter {
    private var spans = OTLPLines(.spans)
    private var logs = OTLPLines(.logs)
    private var losses = OTLPLosses()
    private var parts = 0
    private static let streamScope = InstrumentationScope(name: StreamAttributes.Record.scope)

    package init() {}

    package var needs: ExportNeeds { .streams }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        if trace.part != nil { parts += 1 }
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        let record = span.span
        let isOnOpenLine = !spans.isOpen || spans.takes(record.resource, record.scope)
        // Log records wait for the end of the line with their spans, but not in any number.
        if !isOnOpenLine || logs.count >= OTLPLines.byteLimit { drain(into: &out) }
        spans.add(record.resource, record.scope) { $0.span(record, &losses) }
        for log in span.logs { logs.add(log.resource, log.scope) { $0.log(log, &losses) } }
        if let stream = span.stream, !stream.isFromSpan {
            logs.add(record.resource, Self.streamScope) { $0.stream(stream, of: record) }
        }
    }

    package mutating func endTrace(into out: inout [UInt8]) { drain(into: &out) }
    package mutating func end(into out: inout [UInt8]) { drain(into: &out) }

    private mutating func drain(into out: inout [UInt8]) {
        spans.drain(into: &out)
        logs.drain(into: &out)
    }

    package var remarks: [String] {
        var remarks: [String] = []
        if parts > 0 {
            remarks.append("OTLP has no place to say that a file holds only a part of a trace, as it does here")
        }
        if losses.times > 0 {
            remarks.append("\(losses.times) times at or before the Unix epoch were left out: OTLP cannot state them")
        }
        if losses.links > 0 {
            remarks.append("\(losses.links) links to no trace or no span were left out: readers refuse their spans")
        }
        if losses.enums > 0 {
            remarks.append(
                "\(losses.enums) spans came with a kind or a status code that OTLP does not know; it was not kept, "
                    + "so that it is written as unspecified or unset")
        }
        return remarks
    }
}
