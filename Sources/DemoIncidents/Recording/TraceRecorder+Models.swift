import Basics
import TraceModel

extension TraceRecorder {
    /// Records the call of a model in the recorder's voice; returns the span's place.
    @discardableResult
    mutating func chat(_ call: ModelCall) -> Int {
        let start = now
        let name = call.spanName ?? (voice == .openInference ? "ChatCompletion" : "chat \(call.model)")
        let attributes: [Attribute]
        switch voice {
        case .openTelemetry: attributes = openTelemetry(call) + structuredMessages(call)
        case .openTelemetryEvents: attributes = openTelemetry(call)
        case .openInference: attributes = openInference(call)
        }
        let isStreamed = call.firstChunk != nil
        let isOpenInference = voice == .openInference
        let index = span(name, kind: isOpenInference ? .internal : .client, attributes) { recorder in
            if let first = call.firstChunk, isOpenInference {
                recorder.wait(first)
                recorder.event("First Token Stream Event")
                recorder.wait(call.seconds - first)
            } else {
                recorder.wait(call.seconds)
            }
        }
        if voice == .openTelemetryEvents { messageEvents(call, of: index, from: start) }
        if let failure = call.failure {
            fail(index, failure)
        } else if isStreamed || isOpenInference {
            edit(index) { $0.status = SpanStatus(isOpenInference ? .ok : .unset) }
        }
        if let script = call.stream { stream(call, script, of: index) }
        return index
    }

    private mutating func openTelemetry(_ call: ModelCall) -> [Attribute] {
        var attributes = [
            Attribute("gen_ai.operation.name", .string("chat")),
            Attribute(voice == .openTelemetryEvents ? "gen_ai.system" : "gen_ai.provider.name", .string(call.provider)),
            Attribute("gen_ai.request.model", .string(call.model)),
            Attribute("server.address", .string("models.internal")),
        ]
        if let temperature = call.temperature {
            attributes.append(Attribute("gen_ai.request.temperature", .double(temperature)))
        }
        if let session { attributes.append(Attribute("gen_ai.conversation.id", .string(session))) }
        if call.firstChunk != nil { attributes.append(Attribute("gen_ai.request.stream", .bool(true))) }
        guard call.failure == nil else { return attributes }
        attributes.append(Attribute("gen_ai.response.id", .string("chatcmpl-" + String(random.next(), radix: 36))))
        attributes.append(Attribute("gen_ai.response.finish_reasons", .array([.string(call.finish)])))
        if let model = call.answeredBy { attributes.append(Attribute("gen_ai.response.model", .string(model))) }
        if let first = call.firstChunk {
            attributes.append(Attribute("gen_ai.response.time_to_first_chunk", .double(first)))
        }
        if call.statesUsage {
            attributes.append(Attribute("gen_ai.usage.input_tokens", .int(call.promptTokens)))
            attributes.append(Attribute("gen_ai.usage.output_tokens", .int(call.answerTokens)))
        }
        if let count = call.cacheReadTokens {
            attributes.append(Attribute("gen_ai.usage.cache_read.input_tokens", .int(count)))
        }
        if let count = call.reasoningTokens {
            attributes.append(Attribute("gen_ai.usage.reasoning.output_tokens", .int(count)))
        }
        return attributes
    }

    private func structuredMessages(_ call: ModelCall) -> [Attribute] {
        let system = call.input.filter { $0.role == "system" }
        let rest = call.input.filter { $0.role != "system" }
        var attributes: [Attribute] = []
        if !system.isEmpty {
            let parts = AttributeValue.array(
                system.flatMap(\.parts).compactMap { part in
                    guard case .text(let text) = part else { return nil }
                    return .map([Attribute("type", .string("text")), Attribute("content", .string(text))])
                })
            attributes.append(Attribute("gen_ai.system_instructions", parts))
        }
        attributes.append(Attribute("gen_ai.input.messages", .string(rest.json())))
        if call.failure == nil {
            attributes.append(Attribute("gen_ai.output.messages", .string([call.output].json(finish: call.finish))))
        }
        if !call.tools.isEmpty {
            attributes.append(
                Attribute("gen_ai.tool.definitions", .string("[" + call.tools.joined(separator: ",") + "]")))
        }
        return attributes
    }

    private func openInference(_ call: ModelCall) -> [Attribute] {
        var attributes = [
            Attribute("openinference.span.kind", .string("LLM")),
            Attribute("llm.system", .string(call.provider)),
            Attribute("llm.model_name", .string(call.answeredBy ?? call.model)),
            Attribute("llm.request.model_name", .string(call.model)),
            Attribute("llm.invocation_parameters", .string("{\"temperature\":\(call.temperature ?? 1)}")),
        ]
        if let session { attributes.append(Attribute("session.id", .string(session))) }
        attributes += flattened(call.input, "llm.input_messages")
        for (i, tool) in call.tools.enumerated() {
            attributes.append(Attribute("llm.tools.\(i).tool.json_schema", .string(tool)))
        }
        guard call.failure == nil else { return attributes }
        attributes += flattened([call.output], "llm.output_messages")
        attributes.append(Attribute("llm.finish_reason", .string(call.finish)))
        if call.statesUsage {
            attributes += [
                Attribute("llm.token_count.prompt", .int(call.promptTokens)),
                Attribute("llm.token_count.completion", .int(call.answerTokens)),
                Attribute("llm.token_count.total", .int(call.promptTokens + call.answerTokens)),
            ]
        }
        return attributes
    }

    private func flattened(_ messages: [ChatMessage], _ prefix: String) -> [Attribute] {
        var attributes: [Attribute] = []
        for (i, message) in messages.enumerated() {
            let key = "\(prefix).\(i).message."
            attributes.append(Attribute(key + "role", .string(message.role)))
            var calls = 0
            for part in message.parts {
                switch part {
                case .text(let text): attributes.append(Attribute(key + "content", .string(text)))
                case .reasoning(let text):
                    attributes.append(Attribute(key + "contents.0.message_content.type", .string("reasoning")))
                    attributes.append(Attribute(key + "contents.0.message_content.text", .string(text)))
                case .call(let id, let name, let arguments):
                    let call = key + "tool_calls.\(calls).tool_call."
                    attributes += [
                        Attribute(call + "id", .string(id)), Attribute(call + "function.name", .string(name)),
                        Attribute(call + "function.arguments", .string(arguments)),
                    ]
                    calls += 1
                case .result(let id, let text):
                    attributes += [
                        Attribute(key + "tool_call_id", .string(id)), Attribute(key + "content", .string(text)),
                    ]
                }
            }
        }
        return attributes
    }

    /// Messages as log records, the form of the conventions 1.28 to 1.36.
    private mutating func messageEvents(_ call: ModelCall, of index: Int, from start: Int64) {
        let system = [Attribute("gen_ai.system", .string(call.provider))]
        for message in call.input {
            log("gen_ai.\(message.role).message", of: index, at: start, system, body: .map(eventBody(message)))
        }
        guard call.failure == nil else { return }
        log(
            "gen_ai.choice", of: index, system,
            body: .map([
                Attribute("index", .int(0)), Attribute("finish_reason", .string(call.finish)),
                Attribute("message", .map(eventBody(call.output))),
            ]))
    }

    private func eventBody(_ message: ChatMessage) -> [Attribute] {
        var body = [Attribute("role", .string(message.role))]
        var calls: [AttributeValue] = []
        for part in message.parts {
            switch part {
            case .text(let text), .reasoning(let text): body.append(Attribute("content", .string(text)))
            case .result(let id, let text):
                body += [Attribute("id", .string(id)), Attribute("content", .string(text))]
            case .call(let id, let name, let arguments):
                let function = [Attribute("name", .string(name)), Attribute("arguments", .string(arguments))]
                calls.append(
                    .map([
                        Attribute("id", .string(id)), Attribute("type", .string("function")),
                        Attribute("function", .map(function)),
                    ]))
            }
        }
        if !calls.isEmpty { body.append(Attribute("tool_calls", .array(calls))) }
        return body
    }
}
