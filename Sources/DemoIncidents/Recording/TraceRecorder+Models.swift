import Basics
import TraceModel

extension TraceRecorder {
    /// Records the call of a model in the recorder's voice; returns the span's place.
    @discardableResult
    mutating func chat(
        _ model: ServedModel, _ input: [ChatMessage], _ output: ChatMessage, seconds: Double,
        change: (inout ModelCall) -> Void = { _ in }
    ) -> Int {
        var call = ModelCall(model, input, output, seconds: seconds)
        change(&call)
        return chat(call)
    }

    private mutating func chat(_ call: ModelCall) -> Int {
        let start = now
        let name = call.spanName ?? (voice == .openInference ? "ChatCompletion" : "chat \(call.model.name)")
        let attributes: AttributeList
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

    private mutating func openTelemetry(_ call: ModelCall) -> AttributeList {
        let request: AttributeList = [
            "gen_ai.operation.name": "chat",
            (voice == .openTelemetryEvents ? "gen_ai.system" : "gen_ai.provider.name"): call.model.provider,
            "gen_ai.request.model": call.model.name,
            "server.address": "models.internal",
            "gen_ai.request.temperature": ModelCall.temperature,
            "gen_ai.conversation.id": session,
            "gen_ai.request.stream": call.firstChunk.map { _ in true },
        ]
        guard call.failure == nil else { return request }
        let response: AttributeList = [
            "gen_ai.response.id": "chatcmpl-" + String(random.next(), radix: 36),
            "gen_ai.response.finish_reasons": AttributeValue.array([.string(call.finish)]),
            "gen_ai.response.model": call.model.answeredBy,
            "gen_ai.response.time_to_first_chunk": call.firstChunk,
            "gen_ai.usage.input_tokens": call.statesUsage ? call.promptTokens : nil,
            "gen_ai.usage.output_tokens": call.statesUsage ? call.answerTokens : nil,
            "gen_ai.usage.cache_read.input_tokens": call.cacheReadTokens,
            "gen_ai.usage.reasoning.output_tokens": call.reasoningTokens,
        ]
        return request + response
    }

    private func structuredMessages(_ call: ModelCall) -> AttributeList {
        let instructions = call.input.filter { $0.role == "system" }.flatMap(\.parts).compactMap {
            part -> AttributeList? in
            if case .text(let text) = part { ["type": "text", "content": text] } else { nil }
        }
        return [
            "gen_ai.system_instructions": instructions.isEmpty ? nil : instructions,
            "gen_ai.input.messages": call.input.filter { $0.role != "system" }.json(),
            "gen_ai.output.messages": call.failure == nil ? [call.output].json(finish: call.finish) : nil,
            "gen_ai.tool.definitions": call.tools.isEmpty ? nil : "[" + call.tools.joined(separator: ",") + "]",
        ]
    }

    private func openInference(_ call: ModelCall) -> AttributeList {
        var attributes: AttributeList = [
            "openinference.span.kind": "LLM",
            "llm.system": call.model.provider,
            "llm.model_name": call.model.answeredBy ?? call.model.name,
            "llm.request.model_name": call.model.name,
            "llm.invocation_parameters": "{\"temperature\":\(ModelCall.temperature)}",
            "session.id": session,
        ]
        attributes += flattened(call.input, "llm.input_messages")
        for (i, tool) in call.tools.enumerated() { attributes += ["llm.tools.\(i).tool.json_schema": tool] }
        guard call.failure == nil else { return attributes }
        attributes += flattened([call.output], "llm.output_messages") + ["llm.finish_reason": call.finish]
        guard call.statesUsage else { return attributes }
        return attributes + [
            "llm.token_count.prompt": call.promptTokens, "llm.token_count.completion": call.answerTokens,
            "llm.token_count.total": call.promptTokens + call.answerTokens,
        ]
    }

    private func flattened(_ messages: [ChatMessage], _ prefix: String) -> AttributeList {
        var attributes: AttributeList = [:]
        for (i, message) in messages.enumerated() {
            let key = "\(prefix).\(i).message."
            attributes += ["\(key)role": message.role]
            var calls = 0
            for part in message.parts {
                switch part {
                case .text(let text): attributes += ["\(key)content": text]
                case .reasoning(let text):
                    let content = key + "contents.0.message_content."
                    attributes += ["\(content)type": "reasoning", "\(content)text": text]
                case .call(let id, let name, let arguments):
                    let call = key + "tool_calls.\(calls).tool_call."
                    attributes += [
                        "\(call)id": id, "\(call)function.name": name, "\(call)function.arguments": arguments,
                    ]
                    calls += 1
                case .result(let id, let text): attributes += ["\(key)tool_call_id": id, "\(key)content": text]
                }
            }
        }
        return attributes
    }

    /// Messages as log records, the form of the conventions 1.28 to 1.36.
    private mutating func messageEvents(_ call: ModelCall, of index: Int, from start: Int64) {
        let system: AttributeList = ["gen_ai.system": call.model.provider]
        for message in call.input {
            log("gen_ai.\(message.role).message", of: index, at: start, system, body: eventBody(message))
        }
        guard call.failure == nil else { return }
        log(
            "gen_ai.choice", of: index, system,
            body: ["index": 0, "finish_reason": call.finish, "message": eventBody(call.output)])
    }

    private func eventBody(_ message: ChatMessage) -> AttributeList {
        var body: AttributeList = ["role": message.role]
        var calls: [AttributeList] = []
        for part in message.parts {
            switch part {
            case .text(let text), .reasoning(let text): body += ["content": text]
            case .result(let id, let text): body += ["id": id, "content": text]
            case .call(let id, let name, let arguments):
                let function: AttributeList = ["name": name, "arguments": arguments]
                calls.append(["id": id, "type": "function", "function": function])
            }
        }
        return calls.isEmpty ? body : body + ["tool_calls": calls]
    }
}
