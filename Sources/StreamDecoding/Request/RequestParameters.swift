import FastJSON
import TraceModel

/// Parameters of requests as attributes of the GenAI conventions.
enum RequestParameters {
    private enum Form {
        case double
        case int
        case texts
    }

    private static let rows: [(attribute: String, keys: [String], form: Form)] = [
        ("gen_ai.request.temperature", ["temperature"], .double),
        ("gen_ai.request.top_p", ["top_p", "topP", "p"], .double),
        ("gen_ai.request.top_k", ["top_k", "topK", "k"], .double),
        (
            "gen_ai.request.max_tokens",
            [
                "max_completion_tokens", "max_output_tokens", "max_tokens", "maxOutputTokens", "maxTokens",
                "num_predict",
            ], .int
        ),
        ("gen_ai.request.frequency_penalty", ["frequency_penalty", "frequencyPenalty"], .double),
        ("gen_ai.request.presence_penalty", ["presence_penalty", "presencePenalty"], .double),
        ("gen_ai.request.stop_sequences", ["stop", "stop_sequences", "stopSequences"], .texts),
        ("gen_ai.request.seed", ["seed"], .int),
        ("gen_ai.request.choice.count", ["n", "candidateCount"], .int),
    ]

    /// The parameters of a body; some protocols keep them in an object of their own.
    static func attributes(_ body: JSONValue) -> [Attribute] {
        let places = [body] + ["generationConfig", "inferenceConfig", "options"].compactMap { body[$0] }
        return rows.compactMap { row in
            for place in places {
                for key in row.keys {
                    if let value = place[key], let found = attributeValue(value, row.form) {
                        // One choice is what every request asks for.
                        if row.attribute.hasSuffix("choice.count"), found == .int(1) { return nil }
                        return Attribute(row.attribute, found)
                    }
                }
            }
            return nil
        }
    }

    private static func attributeValue(_ value: JSONValue, _ form: Form) -> AttributeValue? {
        switch form {
        case .double: return value.double.map { .double($0) }
        case .int: return value.int.map { .int($0) }
        case .texts:
            let texts = value.elements?.compactMap(\.string) ?? [value.string].compactMap { $0 }
            return texts.isEmpty ? nil : .array(texts.map { .string($0) })
        }
    }
}
