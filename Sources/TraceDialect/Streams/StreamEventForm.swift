import TraceModel

/// The forms in which programs record one chunk as one event; of several on a span the first that has texts is read.
enum StreamEventForm: Int, CaseIterable {
    /// Our own convention.
    case convention
    /// MLflow: `mlflow.chunk.item.{i}` with the provider's chunk as JSON.
    case mlflow
    /// Alibaba's fork of the conventions: one event an iteration of the decoder.
    case decoderIteration
    /// google-genai's instrumentation: a log record for each partial answer.
    case choice
    /// LangChain's callback for a new token.
    case newToken
    /// OpenLLMetry: the time alone.
    case timedOnly
    /// AgentOps: the type of each event of the responses API.
    case responsesEvent
    /// Codex: the type of each server-sent event.
    case sseEvent

    private static let names: [String: StreamEventForm] = [
        StreamConvention.chunkEvent: .convention,
        "gen_ai.token.generated": .decoderIteration,
        "gen_ai.choice": .choice,
        "new_token": .newToken,
        "llm.content.completion.chunk": .timedOnly,
        "gen_ai.content.completion.chunk": .timedOnly,
        "responses_api_event": .responsesEvent,
        "codex.sse_event": .sseEvent,
    ]
    static let mlflowPrefix = "mlflow.chunk.item."

    init?(_ eventName: String) {
        if let form = Self.names[eventName] {
            self = form
        } else if eventName.hasPrefix(Self.mlflowPrefix) {
            self = .mlflow
        } else {
            return nil
        }
    }

    /// What the source of a stream in this form is called.
    var source: String {
        switch self {
        case .convention: "otlp events"
        case .mlflow: "mlflow events"
        case .decoderIteration: "gen_ai.token.generated events"
        case .choice: "gen_ai.choice logs"
        case .newToken: "new_token events"
        case .timedOnly: "completion chunk events"
        case .responsesEvent: "responses_api_event events"
        case .sseEvent: "codex.sse_event logs"
        }
    }
}
