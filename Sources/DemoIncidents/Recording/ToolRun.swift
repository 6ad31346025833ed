/// One run of a tool, told once and written in any voice.
struct ToolRun: Sendable {
    var name: String
    var callID: String?
    /// JSON text.
    var arguments: String
    /// Nil where the tool gave nothing back.
    var result: String?
    var seconds: Double
    var description: String?
    var failure: RecordedFailure?
    /// The name of the span; nil for the one that the conventions give it.
    var spanName: String?

    init(
        _ name: String, id: String? = nil, _ arguments: String, gives result: String?, seconds: Double,
        failure: RecordedFailure? = nil, spanName: String? = nil
    ) {
        self.name = name
        callID = id
        self.arguments = arguments
        self.result = result
        self.seconds = seconds
        self.failure = failure
        self.spanName = spanName
    }
}
