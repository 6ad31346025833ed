import DemoIncidents
import Ingest
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
        let batch = Preparation(redactor).batch(
            spans: data.spans, logs: data.logs, streams: data.streams, bytes: 0)
        _ = try writer.write([batch])
        try writer.finish()
    }
}
