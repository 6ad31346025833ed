/// A short exchange of everyday traffic; `{n}` stands for a number that differs each time.
struct Scene: Sendable {
    var service: String
    var agent: String
    var model: String
    var answeredBy: String?
    var provider = "openai"
    var question: String
    var tool: String
    /// JSON text.
    var arguments: String
    var result: String
    var answer: String
}
