/// What an attribute can say about a span.
enum Fact: Int, CaseIterable {
    case kind
    case agentName
    /// A name that stands for an agent only with some likelihood.
    case agentHint
    case agentInstance
    case provider
    case modelRequested
    case modelResolved
    case toolName
    case toolCallID
    case responseID
    case tokensInput
    case tokensOutput
    case tokensCacheRead
    case tokensCacheWrite
    case tokensReasoning
    case session
    case finishReasons
    case timeToFirstChunk
    case errorType
    /// Whether the source says that the operation failed.
    case failed
    /// Whether the source says that the call was streamed.
    case streamed
    /// A time of the span that was out of range when the span was read.
    case timeOutOfRange
}
