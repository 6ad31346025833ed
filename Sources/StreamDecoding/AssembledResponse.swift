package import TraceModel

/// What the events of a streamed response, or the body of a whole one, add up to.
package struct AssembledResponse: Equatable, Sendable {
    package var wireProtocol: WireProtocol?
    package var responseID: String?
    package var modelResolved: String?
    package var provider: String?
    /// The answers, one for each choice.
    package var messages: [Message]
    package var usage: TokenUsage
    /// The finish reason of each choice that states one, in the order of choices.
    package var finishReasons: [String]
    /// True once the provider's end mark or a finish reason arrived.
    package var isFinished: Bool
    /// The error event, where there was one: its type and its message.
    package var errorType: String?
    package var errorMessage: String?
    /// Times that the provider itself states about the response, nanoseconds.
    package var providerDurationNanos: Int64?
    /// What was odd, one sentence each, such as events that were no JSON, or bytes that were no UTF-8.
    package var remarks: [String]

    package init() {
        messages = []
        usage = TokenUsage()
        finishReasons = []
        isFinished = false
        remarks = []
    }
}
