/// The names of the attributes that tell a stream in OpenTelemetry, by our own convention.
///
/// The README documents them for those who write such programs: never rename one.
package enum StreamAttributes {
    /// The log record that carries the stream of a span which does not tell it itself.
    package enum Record {
        package static let scope = "spandrel"
        package static let event = "spandrel.stream"
    }

    /// Arrays with an entry for each chunk.
    package enum Chunks {
        package static let prefix = "gen_ai.response.chunks."
        package static let offset = prefix + "offset_ns"
        package static let kind = prefix + "kind"
        package static let text = prefix + "text"
        package static let tokenCount = prefix + "token_count"
        package static let choiceIndex = prefix + "choice_index"
        package static let callIndex = prefix + "tool_call.index"
        package static let callID = prefix + "tool_call.id"
        package static let callName = prefix + "tool_call.name"
    }

    /// What is said about the stream as a whole.
    package enum Whole {
        package static let prefix = "gen_ai.response.stream."
        package static let start = prefix + "start_unix_nano"
        package static let duration = prefix + "duration_ns"
        package static let timing = prefix + "timing"
        package static let clock = prefix + "clock"
        package static let endCause = prefix + "end_cause"
        package static let finishReason = prefix + "finish_reason"
        package static let tokensBilled = prefix + "tokens_billed"
        package static let tokensDelivered = prefix + "tokens_delivered"
        package static let tokensReasoning = prefix + "tokens_reasoning"
        package static let source = prefix + "source"
        package static let wireProtocol = prefix + "wire_protocol"
        package static let droppedChunks = prefix + "dropped_chunks"
        package static let errorMessage = prefix + "error_message"
        package static let remarks = prefix + "remarks"
    }
}
