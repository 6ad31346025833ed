/// One event of a streamed response, out of its framing.
struct WireEvent: Equatable, Sendable {
    /// How the data is to be taken.
    enum Form: Equatable, Sendable {
        /// JSON, or an end mark in plain text.
        case data
        /// JSON that belongs under the event's name, as binary event streams carry it.
        case namedPayload
        /// Bytes that the framing could not make sense of.
        case stray
    }

    /// The type of the event where the framing states one, as SSE's `event:` does.
    var name: String?
    var data: [UInt8]
    var form = Form.data
}
