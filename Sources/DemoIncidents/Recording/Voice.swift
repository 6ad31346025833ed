/// Whose attribute names an instrumentation writes.
enum Voice: Sendable {
    /// OpenTelemetry GenAI conventions from 1.37 on: messages as attributes.
    case openTelemetry
    /// OpenTelemetry GenAI conventions 1.28 to 1.36: messages as log events.
    case openTelemetryEvents
    /// OpenInference: flattened messages.
    case openInference
}
