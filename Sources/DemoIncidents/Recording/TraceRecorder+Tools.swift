import TraceModel

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

extension TraceRecorder {
    /// Records the run of a tool; the body tells what happens inside, within the tool's time.
    ///
    /// - Parameters:
    ///   - arguments: JSON text.
    ///   - result: nil where the tool gave nothing back.
    ///   - spanName: nil for the name that the conventions give it.
    @discardableResult
    mutating func tool(
        _ name: String, id: String? = nil, _ arguments: String, gives result: String?, seconds: Double,
        failure: RecordedFailure? = nil, spanName: String? = nil, body: (inout TraceRecorder) -> Void = { _ in }
    ) -> Int {
        let attributes: AttributeList =
            switch voice {
            case .openTelemetry, .openTelemetryEvents:
                [
                    "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": name, "gen_ai.tool.type": "function",
                    "gen_ai.tool.call.arguments": arguments, "gen_ai.tool.call.id": id,
                    "gen_ai.tool.call.result": result,
                ]
            case .openInference:
                [
                    "openinference.span.kind": "TOOL", "tool.name": name, "tool.parameters": arguments,
                    "input.value": arguments, "input.mime_type": "application/json", "tool.id": id,
                    "output.value": result,
                ]
            }
        let standard = voice == .openInference ? name : "execute_tool \(name)"
        let index = span(spanName ?? standard, attributes) { recorder in
            body(&recorder)
            recorder.wait(seconds)
        }
        if let failure { fail(index, failure) }
        return index
    }

    /// Records a retrieval with the documents that it returned.
    mutating func retrieval(_ source: String, query: String, _ documents: [Document], seconds: Double) {
        if voice == .openInference {
            let query: AttributeList = ["openinference.span.kind": "RETRIEVER", "input.value": query]
            let found = flattened(documents, "retrieval.documents", withMetadata: true)
            span("VectorStoreRetriever", kind: .client, query + found) { $0.wait(seconds) }
            return
        }
        let found = documents.map { document -> AttributeList in
            ["id": document.id, "score": document.score, "content": document.content, "metadata": document.metadata]
        }
        let attributes: AttributeList = [
            "gen_ai.operation.name": "retrieval", "gen_ai.data_source.id": source,
            "gen_ai.retrieval.query.text": query, "gen_ai.request.top_k": Double(documents.count),
            "gen_ai.retrieval.documents": found,
        ]
        span("retrieval \(source)", kind: .client, attributes) { $0.wait(seconds) }
    }

    /// Records the embedding of a text.
    mutating func embedding(_ model: String, text: String, seconds: Double) {
        let tokens = text.utf8.count / 4 + 1
        let attributes: AttributeList =
            switch voice {
            case .openTelemetry, .openTelemetryEvents:
                [
                    "gen_ai.operation.name": "embeddings", "gen_ai.provider.name": "openai",
                    "gen_ai.request.model": model, "gen_ai.usage.input_tokens": tokens,
                    "gen_ai.embeddings.dimension.count": 1536,
                ]
            case .openInference:
                [
                    "openinference.span.kind": "EMBEDDING", "embedding.model_name": model,
                    "embedding.embeddings.0.embedding.text": text, "llm.token_count.prompt": tokens,
                ]
            }
        let name = voice == .openInference ? "OpenAIEmbeddings" : "embeddings \(model)"
        span(name, kind: .client, attributes) { $0.wait(seconds) }
    }

    /// Records the reordering of documents, in OpenInference's words since no others exist for it.
    mutating func reranking(_ model: String, query: String, _ documents: [Document], seconds: Double) {
        let attributes: AttributeList = [
            "openinference.span.kind": "RERANKER", "reranker.model_name": model, "reranker.query": query,
            "reranker.top_k": documents.count,
        ]
        let ranked = flattened(documents, "reranker.output_documents", withMetadata: false)
        span("rerank", kind: .client, attributes + ranked) { $0.wait(seconds) }
    }

    private func flattened(_ documents: [Document], _ prefix: String, withMetadata: Bool) -> AttributeList {
        documents.enumerated().reduce(into: [:]) { attributes, item in
            let (key, document) = ("\(prefix).\(item.offset).document.", item.element)
            attributes += [
                "\(key)id": document.id, "\(key)score": document.score, "\(key)content": document.content,
                "\(key)metadata": withMetadata ? document.metadata : nil,
            ]
        }
    }
}
