/// The names of attributes by what they hold, for those who treat whole fields alike.
///
/// Names may hold `*` for any text.
package enum DialectFields {
    /// What was said to a model; the second list counts on spans of models and frames only, not on those of tools.
    package static let prompts: (names: [String], valueNames: [String]) = (
        DialectTable.inputSources.flatMap(names) + DialectTable.systemPromptNames
            + ["llm.prompt_template.*", "gen_ai.system_prompt"],
        DialectTable.inputValueNames
    )

    /// What a model answered, likewise.
    package static let outputs: (names: [String], valueNames: [String]) = (
        DialectTable.outputSources.flatMap(names) + ["ai.response.text", "ai.response.object"],
        DialectTable.outputValueNames
    )

    /// Reasoning that stands in attributes of its own.
    package static let reasoning = ["ai.response.reasoning", "gen_ai.completion.*.reasoning"]

    /// Arguments of calls; the second list counts on spans of tools only.
    package static let arguments: (names: [String], valueNames: [String]) = (
        DialectTable.toolArgumentNames.filter { !DialectTable.inputValueNames.contains($0) } + [
            "ai.response.toolCalls", "llm.*_messages.*.arguments", "llm.*_messages.*.function_call_arguments_json",
            "gen_ai.prompt.*.arguments", "gen_ai.completion.*.arguments", "full_command",
        ],
        DialectTable.toolArgumentNames.filter { DialectTable.inputValueNames.contains($0) }
    )

    /// Results of calls, likewise.
    package static let results: (names: [String], valueNames: [String]) = (
        DialectTable.toolResultNames.filter { !DialectTable.outputValueNames.contains($0) } + ["tool.result"],
        DialectTable.toolResultNames.filter { DialectTable.outputValueNames.contains($0) }
    )

    /// What errors say.
    package static let errors = [
        "exception.message", "exception.stacktrace", "error.message", "langfuse.observation.status_message",
    ]

    package static let urls = ["url.*", "*.url", "*_url", "*.uri", "*_uri", "http.target"]

    package static let users = [
        "user", "user.*", "enduser.*", "*.user.id", "*.user.name", "*.user.email", "user_id", "*.user_id", "userId",
        "*.userId", "user_email", "langfuse.user.*",
    ]

    /// Attributes whose values are conversations, in which reasoning, arguments and results stand as parts.
    package static let conversations: Set<String> = Set(
        (DialectTable.inputSources + DialectTable.outputSources).compactMap(attribute))

    /// Attributes with the tools that a model was offered.
    package static let toolDefinitions: Set<String> = Set(DialectTable.toolDefinitionNames)

    /// Events with a message to the model, and with an answer.
    package static let promptEvents: Set<String> = Set(DialectTable.eventMeanings.filter { isPrompt($0.value) }.keys)
    package static let outputEvents: Set<String> = Set(DialectTable.eventMeanings.filter { isOutput($0.value) }.keys)

    private static func attribute(_ source: DialectTable.MessageSource) -> String? {
        switch source {
        case .attribute(let name), .modelAttribute(let name): name
        case .openInference, .openLLMetry, .completions, .events, .vercelAnswer: nil
        }
    }

    private static func names(_ source: DialectTable.MessageSource) -> [String] {
        switch source {
        case .attribute(let name): [name]
        // They are among the names of values.
        case .modelAttribute, .events, .vercelAnswer: []
        case .openInference(let prefix), .openLLMetry(let prefix):
            ["content", "text", "arguments", "arguments_json", "reasoning", "image.url"].map { prefix + "*" + $0 }
        case .completions(let prefix, let key): [prefix + "*" + key]
        }
    }

    private static func isPrompt(_ meaning: DialectTable.EventMeaning) -> Bool {
        switch meaning {
        case .message, .prompt: true
        default: false
        }
    }

    private static func isOutput(_ meaning: DialectTable.EventMeaning) -> Bool {
        switch meaning {
        case .choice, .completion: true
        default: false
        }
    }
}
