package import TraceModel

/// What the body and the address of a request to a model say.
package struct ModelRequest: Equatable, Sendable {
    package var wireProtocol: WireProtocol?
    /// The provider's name as `gen_ai.provider.name` has it, by host and path; nil where unknown.
    package var provider: String?
    /// The value of `gen_ai.operation.name`: `chat`, `text_completion`, `generate_content`, or `embeddings`.
    package var operation: String?
    package var model: String?
    package var isStreaming: Bool?
    package var messages: [Message]
    /// System instructions where the protocol keeps them apart from the messages.
    package var systemInstructions: [MessagePart]
    /// The tools offered, as JSON texts.
    package var tools: [String]
    /// Parameters of the GenAI conventions: `gen_ai.request.temperature` and the like.
    package var parameters: [Attribute]

    package init() {
        messages = []
        systemInstructions = []
        tools = []
        parameters = []
    }

    /// Reads a request; a body that is no JSON, or of no known form, gives what the path alone tells.
    package init(method: String, host: String?, path: String, body: [UInt8]) {
        self.init()
    }
}
