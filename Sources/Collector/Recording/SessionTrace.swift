import TraceModel
import TraceStore

/// The trace of all calls of one session.
enum SessionTrace {
    /// The same session gives the same trace, whenever and wherever it is recorded.
    static func id(of session: String) -> TraceID {
        var high = ContentDigest()
        high.add("spandrel session high")
        high.add(session)
        var low = ContentDigest()
        low.add("spandrel session low")
        low.add(session)
        let id = TraceID(high: UInt64(bitPattern: high.value), low: UInt64(bitPattern: low.value))
        return id.isValid ? id : TraceID(high: 1, low: 1)
    }
}
