package import FastJSON

extension JSONValue {
    /// The reasoning of a message or of a piece of one, under whichever name a server gives it.
    ///
    /// Servers that state it under several names say the same under each: the first that says something counts.
    package var reasoning: String? {
        for name in ["reasoning_content", "reasoning", "reasoning_text", "thinking"] {
            if let text = self[name]?.filledString { return text }
        }
        let details = self["reasoning_details"]?.elements ?? []
        let texts = details.compactMap { $0["text"]?.filledString ?? $0["summary"]?.filledString }
        return texts.isEmpty ? nil : texts.joined()
    }
}
