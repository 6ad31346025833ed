/// A document that a retriever returned.
struct Document: Sendable {
    var id: String
    var score: Double
    var content: String
    /// JSON text.
    var metadata: String

    init(_ id: String, score: Double, _ content: String, metadata: String = "{}") {
        self.id = id
        self.score = score
        self.content = content
        self.metadata = metadata
    }
}
