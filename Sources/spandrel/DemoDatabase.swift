import DemoIncidents
import Redaction
import TraceStore

/// The database of the demo.
enum DemoDatabase {
    /// Writes the incidents of the day before `end`, in nanoseconds since the Unix epoch, into a database.
    ///
    /// Their texts pass the redactor as those of an import do, under a key that everybody has: the same time and seed
    /// give the same database everywhere.
    static func write(to path: String, endingAt end: Int64, seed: UInt64 = 1) throws(StoreError) {
        let writer = try TraceWriter(path: path, clock: Clocks.unixNanos)
        let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: Array("spandrel demo".utf8)))
        let data = DemoIncidents.build(endingAt: end, seed: seed)
        let spans = data.spans.map { PreparedSpan($0, redactor: redactor) }
        let streams =
            spans.compactMap { PreparedStream(in: $0) }
            + data.streams.map { PreparedStream($0, redactor: redactor) }
        _ = try writer.write(spans: spans, logs: data.logs.map { PreparedLog($0, redactor: redactor) }, streams: streams)
        try writer.finish()
    }
}
