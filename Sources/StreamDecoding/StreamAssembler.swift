package import TraceModel

/// Turns the bytes of a streamed response, as they arrive, into chunks and the message that they add up to.
///
/// Knows SSE, JSON Lines and JSON arrays, and the events of the providers in `WireProtocol`; bytes may be cut anywhere.
/// Nothing is lost: an event that no rule knows becomes a chunk of kind `other` with its data as text.
package struct StreamAssembler: Sendable {
    /// What is known before the first byte: nil means that the events tell.
    package init(protocol hint: WireProtocol? = nil) {
        chunks = StreamChunks()
    }

    /// The chunks so far; those of one call of `append` share its offset.
    package private(set) var chunks: StreamChunks

    /// Reads bytes that arrived `offsetNanos` after the request; nil where no clock saw them.
    package mutating func append(_ bytes: some Sequence<UInt8>, offsetNanos: Int64?) {}

    /// Ends the stream and says what it came to.
    package mutating func finish() -> AssembledResponse {
        AssembledResponse()
    }
}
