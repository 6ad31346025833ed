package import Redaction
package import TraceIngest
package import TraceModel
package import TraceStore

/// Makes records ready to be stored: secrets are replaced first, so that nothing read from a record holds them.
package struct Preparation: Sendable {
    /// Nil where texts are stored as they come.
    private let redactor: Redactor?

    package init(_ redactor: Redactor?) {
        self.redactor = redactor
    }

    /// A batch of an input by the name `file`; `owner` is the span that its recordings belong to, where that is known.
    package func batch(_ batch: IngestBatch, of file: String, owner: StreamOwner? = nil) -> PreparedBatch {
        var prepared = self.batch(
            spans: batch.spans, logs: batch.logs,
            streams: batch.streams.map { stream in
                var stream = stream
                stream.owner = owner ?? stream.owner
                return stream
            }, bytes: Int(clamping: batch.bytesDecoded))
        prepared.rejections = batch.rejects.map { rejection in
            StoredRejection(
                file: text(file), byteOffset: rejection.byteOffset, line: rejection.line,
                reason: text(rejection.reason))
        }
        return prepared
    }

    /// A batch of records from elsewhere; `bytes` says how much they hold.
    package func batch(
        spans: [Span] = [], logs: [SpanLogRecord] = [], streams: [RecordedStream] = [], bytes: Int
    ) -> PreparedBatch {
        var batch = PreparedBatch(bytes: bytes)
        batch.spans = spans.map { span($0) }
        batch.logs = self.logs(logs)
        batch.streams = batch.spans.compactMap { PreparedStream(in: $0) }
        batch.streams += streams.map { stream($0) }
        return batch
    }

    package func span(_ span: Span) -> PreparedSpan {
        guard let redactor else { return PreparedSpan(span) }
        var span = span
        var counts = RedactionCounts()
        // Before texts are looked at, for what is refused becomes one.
        span.admitNumbers()
        redactor.redact(&span, &counts)
        var prepared = PreparedSpan(span)
        prepared.redaction = SpanRedaction(policy: redactor.policyName, counts: counts)
        return prepared
    }

    package func stream(_ stream: RecordedStream) -> PreparedStream {
        guard let redactor else { return PreparedStream(stream, of: PreparedSpan(stream.span)) }
        var stream = stream
        var counts = RedactionCounts()
        redactor.redact(&stream, &counts)
        var span = PreparedSpan(stream.span)
        span.redaction = SpanRedaction(policy: redactor.policyName, counts: counts)
        return PreparedStream(stream, of: span)
    }

    /// Log records, those of a span redacted together.
    package func logs(_ records: [SpanLogRecord]) -> [PreparedLog] {
        var logs = records.map { PreparedLog(record: $0) }
        guard let redactor else { return logs }
        for places in Self.places(of: records) {
            var group = places.map { records[$0] }
            var counts = RedactionCounts()
            redactor.redact(&group, &counts)
            for (place, record) in zip(places, group) {
                logs[place] = PreparedLog(
                    record: record, redaction: SpanRedaction(policy: redactor.policyName, counts: counts))
                // What was found in all of them is counted with the first.
                counts = RedactionCounts()
            }
        }
        return logs
    }

    /// The places of the records of each span, in order.
    private static func places(of records: [SpanLogRecord]) -> [[Int]] {
        struct Address: Hashable {
            var trace: TraceID
            var span: SpanID
        }
        var numbers: [Address: Int] = [:]
        var places: [[Int]] = []
        for (place, record) in records.enumerated() {
            let address = Address(trace: record.traceID, span: record.spanID)
            if let number = numbers[address] {
                places[number].append(place)
            } else {
                numbers[address] = places.count
                places.append([place])
            }
        }
        return places
    }

    /// Names of files and the reasons of rejections may quote what was in the input.
    package func text(_ text: String) -> String {
        var counts = RedactionCounts()
        return redactor?.redacted(text, &counts) ?? text
    }
}
