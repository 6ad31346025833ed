/// What an exchange tells the recorder; the events of one call come in order.
package enum RecordEvent: Sendable {
    /// The call, and its request as far as it was kept.
    case begin(CallStart, request: [UInt8])
    case response(CallStart.ID, CallResponse)
    /// Bytes of the response, and nanoseconds from the arrival of the request to theirs.
    case chunk(CallStart.ID, [UInt8], offsetNanos: Int64)
    /// The end, and the bytes of the budget that the call holds.
    case end(CallStart.ID, CallEnd, heldBytes: Int)
}
