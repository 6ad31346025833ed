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
    /// All tokens of the call in one number.
    case tokensTotal
    case session
    case finishReasons
    case timeToFirstChunk
    case errorType
    /// Whether the source says that the operation failed.
    case failed
    /// Whether the source says that the call was streamed.
    case streamed
    /// Numbers that state none of these, of which only the range is looked at.
    case otherNumber
}
