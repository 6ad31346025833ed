package import TraceModel

/// Writes a model call as a span with the attributes of the GenAI semantic conventions.
package enum ModelCallSpan {
    /// The attributes that say what was asked and what came back; the dialect reads them as any other program's.
    ///
    /// Messages are `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.system_instructions` as JSON texts in
    /// the form of the conventions; usage, ids, models and finish reasons have their own attributes. What is unknown
    /// has none.
    package static func attributes(request: ModelRequest?, response: AssembledResponse) -> [Attribute] {
        []
    }

    /// The name by the conventions: the operation and the model, such as `chat gpt-4o`.
    package static func name(request: ModelRequest?, response: AssembledResponse) -> String {
        "chat"
    }
}
