import TraceModel

extension TraceRecorder {
    /// Records the run of a tool; the body tells what happens inside, within the tool's time.
    @discardableResult
    mutating func tool(_ run: ToolRun, body: ((inout TraceRecorder) -> Void)? = nil) -> Int {
        var attributes: [Attribute]
        let standard: String
        switch voice {
        case .openTelemetry, .openTelemetryEvents:
            standard = "execute_tool \(run.name)"
            attributes = [
                Attribute("gen_ai.operation.name", .string("execute_tool")),
                Attribute("gen_ai.tool.name", .string(run.name)),
                Attribute("gen_ai.tool.type", .string("function")),
                Attribute("gen_ai.tool.call.arguments", .string(run.arguments)),
            ]
            if let id = run.callID { attributes.append(Attribute("gen_ai.tool.call.id", .string(id))) }
            if let result = run.result { attributes.append(Attribute("gen_ai.tool.call.result", .string(result))) }
        case .openInference:
            standard = run.name
            attributes = [
                Attribute("openinference.span.kind", .string("TOOL")),
                Attribute("tool.name", .string(run.name)),
                Attribute("tool.parameters", .string(run.arguments)),
                Attribute("input.value", .string(run.arguments)),
                Attribute("input.mime_type", .string("application/json")),
            ]
            if let id = run.callID { attributes.append(Attribute("tool.id", .string(id))) }
            if let result = run.result { attributes.append(Attribute("output.value", .string(result))) }
        }
        let index = span(run.spanName ?? standard, attributes) { recorder in
            if let body { body(&recorder) }
            recorder.wait(run.seconds)
        }
        if let failure = run.failure { fail(index, failure) }
        return index
    }

    /// Records a retrieval with the documents that it returned.
    @discardableResult
    mutating func retrieval(_ source: String, query: String, _ documents: [Document], seconds: Double) -> Int {
        var attributes: [Attribute]
        switch voice {
        case .openTelemetry, .openTelemetryEvents:
            let list = documents.map { document in
                AttributeValue.map([
                    Attribute("id", .string(document.id)), Attribute("score", .double(document.score)),
                    Attribute("content", .string(document.content)), Attribute("metadata", .string(document.metadata)),
                ])
            }
            attributes = [
                Attribute("gen_ai.operation.name", .string("retrieval")),
                Attribute("gen_ai.data_source.id", .string(source)),
                Attribute("gen_ai.retrieval.query.text", .string(query)),
                Attribute("gen_ai.request.top_k", .double(Double(documents.count))),
                Attribute("gen_ai.retrieval.documents", .array(list)),
            ]
        case .openInference:
            attributes = [
                Attribute("openinference.span.kind", .string("RETRIEVER")), Attribute("input.value", .string(query)),
            ]
            for (i, document) in documents.enumerated() {
                let prefix = "retrieval.documents.\(i).document."
                attributes += [
                    Attribute(prefix + "id", .string(document.id)),
                    Attribute(prefix + "score", .double(document.score)),
                    Attribute(prefix + "content", .string(document.content)),
                    Attribute(prefix + "metadata", .string(document.metadata)),
                ]
            }
        }
        let name = voice == .openInference ? "VectorStoreRetriever" : "retrieval \(source)"
        return span(name, kind: .client, attributes) { $0.wait(seconds) }
    }

    /// Records the embedding of a text.
    @discardableResult
    mutating func embedding(_ model: String, text: String, seconds: Double) -> Int {
        let tokens = Int64(text.utf8.count / 4 + 1)
        let attributes: [Attribute]
        switch voice {
        case .openTelemetry, .openTelemetryEvents:
            attributes = [
                Attribute("gen_ai.operation.name", .string("embeddings")),
                Attribute("gen_ai.provider.name", .string("openai")),
                Attribute("gen_ai.request.model", .string(model)),
                Attribute("gen_ai.usage.input_tokens", .int(tokens)),
                Attribute("gen_ai.embeddings.dimension.count", .int(1536)),
            ]
        case .openInference:
            attributes = [
                Attribute("openinference.span.kind", .string("EMBEDDING")),
                Attribute("embedding.model_name", .string(model)),
                Attribute("embedding.embeddings.0.embedding.text", .string(text)),
                Attribute("llm.token_count.prompt", .int(tokens)),
            ]
        }
        let name = voice == .openInference ? "OpenAIEmbeddings" : "embeddings \(model)"
        return span(name, kind: .client, attributes) { $0.wait(seconds) }
    }

    /// Records the reordering of documents, in OpenInference's words since no others exist for it.
    @discardableResult
    mutating func reranking(_ model: String, query: String, _ documents: [Document], seconds: Double) -> Int {
        var attributes = [
            Attribute("openinference.span.kind", .string("RERANKER")),
            Attribute("reranker.model_name", .string(model)), Attribute("reranker.query", .string(query)),
            Attribute("reranker.top_k", .int(Int64(documents.count))),
        ]
        for (i, document) in documents.enumerated() {
            let prefix = "reranker.output_documents.\(i).document."
            attributes += [
                Attribute(prefix + "id", .string(document.id)), Attribute(prefix + "score", .double(document.score)),
                Attribute(prefix + "content", .string(document.content)),
            ]
        }
        return span("rerank", kind: .client, attributes) { $0.wait(seconds) }
    }
}
