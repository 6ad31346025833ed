package import TraceModel

/// Where recorded calls are stored.
///
/// Called from the recorder's thread only, one call at a time; an error means that nothing of it was stored.
package protocol RecordingSink: AnyObject {
    func store(_ streams: [RecordedStream]) throws
    /// Called once, after the last `store`.
    func finish() throws
}

extension RecordingSink {
    package func finish() throws {}
}
