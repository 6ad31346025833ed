import TraceModel

/// What an attempt was told and what it answered, as text.
struct AttemptTexts: Equatable, Sendable {
    var prompt: String?
    var output: String?

    init(_ content: SpanContent) {
        let input = content.inputMessages.filter { ["system", "user", "developer"].contains($0.role) }
        prompt = AttemptTexts.text(input.isEmpty ? content.inputMessages : input) ?? content.inputValue
        output = AttemptTexts.text(content.outputMessages) ?? content.outputValue
    }

    private static func text(_ messages: [Message]) -> String? {
        let texts = messages.flatMap(\.parts).compactMap { part -> String? in
            switch part {
            case .text(let text): text
            case .toolCall(_, let name, let arguments): "\(name ?? "?")(\(arguments ?? ""))"
            case .toolResult(_, let result): result
            default: nil
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
