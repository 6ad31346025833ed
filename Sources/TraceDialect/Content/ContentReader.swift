import FastJSON
import TraceModel

/// Takes messages, arguments, results, documents and judgements out of one span.
struct ContentReader {
    let span: Span
    let kind: SpanKind
    /// The attributes of operation-details events, which repeat or replace those of the span.
    private let details: [Attribute]

    init(_ span: Span, kind: SpanKind) {
        self.span = span
        self.kind = kind
        details = span.events.flatMap { event -> [Attribute] in
            if case .operationDetails = DialectTable.eventMeanings[event.name] { return event.attributes }
            return []
        }
    }

    /// All of it; or what the analysis of a trace compares, which is read of every span at import.
    func content(forAnalysis: Bool = false) -> SpanContent {
        var content = SpanContent()
        if forAnalysis && kind == .tool {
            readTool(&content)
            return content
        }
        if kind != .tool {
            content.inputMessages = messages(DialectTable.inputSources, role: "user", isInput: true)
            content.outputMessages = messages(DialectTable.outputSources, role: "assistant", isInput: false)
        }
        if content.inputMessages.isEmpty { content.inputMessages = references(DialectTable.inputReferences, "user") }
        if content.outputMessages.isEmpty {
            content.outputMessages = references(DialectTable.outputReferences, "assistant")
        }
        if !content.inputMessages.contains(where: { $0.role == "system" }) {
            content.inputMessages.insert(contentsOf: systemPrompt(), at: 0)
        }
        if kind == .tool {
            readTool(&content)
        } else {
            if content.inputMessages.isEmpty || kind != .llm { content.inputValue = text(DialectTable.inputValueNames) }
            if content.outputMessages.isEmpty || kind != .llm {
                content.outputValue = text(DialectTable.outputValueNames)
            }
        }
        if !forAnalysis || kind == .llm { content.toolDefinitions = toolDefinitions() }
        if !forAnalysis { content.documents = documents() }
        if !forAnalysis || kind != .llm { content.evaluations = evaluations() }
        return content
    }

    // MARK: Attributes

    /// The value of an attribute of the span, else of its operation-details event; empty values count as absent.
    func value(_ name: String) -> AttributeValue? {
        for attributes in [span.attributes, details] {
            if let value = attributes.value(of: name), value != .empty, value != .string("") { return value }
        }
        return nil
    }

    private func text(_ names: [String]) -> String? {
        for name in names {
            if let text = JSONValueText.text(value(name)) { return unwrapped(text) }
        }
        return nil
    }

    /// The inside of a value with its type, and the content of a tool's message as LangChain writes it.
    private func unwrapped(_ text: String) -> String {
        guard ["{\"type\"", "{\"output\""].contains(where: { text.utf8.starts(with: $0.utf8) }),
            let json = MessageReader.embedded(text)
        else { return text }
        if let inner = MessageReader.typedValue(json) { return inner.rawText ?? text }
        guard let message = json["data"] ?? json["output"], message["type"]?.string == "tool" else { return text }
        return message["content"]?.rawText ?? text
    }

    private func readTool(_ content: inout SpanContent) {
        content.toolArguments = text(DialectTable.toolArgumentNames) ?? eventText(\.arguments)
        content.toolResult = text(DialectTable.toolResultNames) ?? eventText(\.result)
    }

    /// What events of a tool's span hold under the keys of a table.
    private func eventText(_ key: KeyPath<DialectTable.ToolEvent, String?>) -> String? {
        for event in span.events {
            for row in DialectTable.toolEvents where row.name == event.name {
                guard let key = row[keyPath: key] else { continue }
                if let text = JSONValueText.text(event.attributes.value(of: key)) { return text }
            }
        }
        return nil
    }

    // MARK: Messages

    private func messages(_ sources: [DialectTable.MessageSource], role: String, isInput: Bool) -> [Message] {
        // Messages without content only show where no source has more.
        var bare: [Message] = []
        for source in sources {
            let found = messages(source, role: role, isInput: isInput)
            if found.contains(where: { !$0.parts.isEmpty }) { return found }
            if bare.isEmpty { bare = found }
        }
        return bare
    }

    private func messages(_ source: DialectTable.MessageSource, role: String, isInput: Bool) -> [Message] {
        switch source {
        case .attribute(let name):
            return value(name).map { MessageReader.messages(JSONValue($0), role: role) } ?? []
        case .modelAttribute(let name):
            guard kind == .llm, let value = value(name) else { return [] }
            return MessageReader.messages(JSONValue(value), role: role)
        case .openInference(let prefix):
            return FlatMessages.openInference(span.attributes, prefix: prefix, role: role)
        case .openLLMetry(let prefix):
            return FlatMessages.openLLMetry(span.attributes, prefix: prefix, role: role)
        case .completions(let prefix, let key):
            return FlatMessages.completions(span.attributes, prefix: prefix, key: key, role: role)
        case .events:
            return EventMessages.messages(span.events, isInput: isInput)
        case .vercelAnswer:
            return vercelAnswer()
        }
    }

    /// Messages that are kept elsewhere: the address stands for them.
    private func references(_ names: [String], _ role: String) -> [Message] {
        names.lazy.compactMap { value($0)?.stringValue }.first.map {
            [Message(role: role, parts: [.media(modality: "stored elsewhere", mimeType: nil, reference: $0)])]
        } ?? []
    }

    private func systemPrompt() -> [Message] {
        for name in DialectTable.systemPromptNames {
            guard let value = value(name) else { continue }
            let parts = MessageParts.parts(MessageReader.structured(value))
            if !parts.isEmpty { return [Message(role: "system", parts: parts)] }
        }
        return []
    }

    private func vercelAnswer() -> [Message] {
        var parts: [MessagePart] = []
        if let reasoning = value("ai.response.reasoning")?.stringValue { parts.append(.reasoning(reasoning)) }
        if let text = value("ai.response.text")?.stringValue { parts.append(MessageParts.text(text)) }
        if let object = JSONValueText.text(value("ai.response.object")) { parts.append(.text(object)) }
        if let calls = value("ai.response.toolCalls") {
            parts += (MessageReader.structured(calls).elements ?? []).map(MessageParts.toolCall)
        }
        guard !parts.isEmpty else { return [] }
        let reason = value("ai.response.finishReason")?.stringValue
        return [Message(role: "assistant", parts: parts, finishReason: reason)]
    }

    // MARK: The rest

    private func toolDefinitions() -> [String] {
        for name in DialectTable.toolDefinitionNames {
            guard let value = value(name) else { continue }
            let json = MessageReader.structured(value)
            if let text = json.string { return [text] }
            if let elements = (json["function_tools"] ?? json).elements, !elements.isEmpty {
                return elements.compactMap(\.rawText)
            }
        }
        for (prefix, key) in DialectTable.toolDefinitionLists {
            let found = FlatList(span.attributes, prefix: prefix).elements.map { element in
                key.isEmpty ? JSONValueText.object(element) : element.text(key) ?? JSONValueText.object(element)
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    private func documents() -> [RetrievedDocument] {
        for prefix in DialectTable.documentLists {
            let found = FlatList(span.attributes, prefix: prefix).elements.map { element in
                RetrievedDocument(
                    id: element.text("document.id"), score: element.value(of: "document.score")?.doubleValue,
                    content: element.text("document.content"), metadata: element.text("document.metadata"))
            }
            if !found.isEmpty { return found }
        }
        for name in DialectTable.documentNames {
            guard let value = value(name) else { continue }
            let json = MessageReader.structured(value)
            if let text = json.string { return [RetrievedDocument(content: text)] }
            if let elements = json.elements { return elements.map(document) }
        }
        return []
    }

    private func document(_ value: JSONValue) -> RetrievedDocument {
        func member(_ key: String) -> JSONValue? { value[key] ?? value["document." + key] }
        let content = member("content") ?? member("text") ?? member("page_content")
        return RetrievedDocument(
            id: (member("id") ?? value["document_id"])?.rawText, score: member("score")?.double,
            content: content?.rawText ?? (value.members == nil ? value.rawText : nil),
            metadata: member("metadata")?.rawText)
    }

    private func evaluations() -> [Evaluation] {
        var found: [Evaluation] = []
        for event in span.events {
            guard case .evaluation = DialectTable.eventMeanings[event.name] else { continue }
            found.append(
                Evaluation(
                    name: event.attributes.text("gen_ai.evaluation.name") ?? "",
                    score: event.attributes.value(of: "gen_ai.evaluation.score.value")?.doubleValue,
                    label: event.attributes.text("gen_ai.evaluation.score.label"),
                    explanation: event.attributes.text("gen_ai.evaluation.explanation")))
        }
        for (prefix, member) in DialectTable.evaluationLists {
            for element in FlatList(span.attributes, prefix: prefix).elements {
                found.append(
                    Evaluation(
                        name: element.text(member + "name") ?? "",
                        score: element.value(of: member + "score")?.doubleValue,
                        label: element.text(member + "label"), explanation: element.text(member + "explanation")))
            }
        }
        return found
    }
}
