package import TraceModel

/// One line's worth of a recorded call, for whoever watches the proxy.
package struct CallReport: Equatable, Sendable {
    /// Nanoseconds since the Unix epoch.
    package var startUnixNano: Int64
    package var method: String
    package var path: String
    package var model: String?
    /// Nil where no head of a response arrived.
    package var status: Int?
    package var chunks: Int
    package var droppedChunks: Int
    package var durationNanos: Int64
    package var endCause: StreamEndCause
}
