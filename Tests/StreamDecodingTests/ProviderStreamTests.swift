import StreamDecoding
import Testing
import TraceModel

@Suite("Events of the providers")
struct ProviderStreamTests {
    private func assemble(_ events: [String], protocol hint: WireProtocol? = nil) -> (StreamChunks, AssembledResponse) {
        var assembler = StreamAssembler(protocol: hint)
        for (index, event) in events.enumerated() {
            assembler.append(Array("data: \(event)\n\n".utf8), offsetNanos: Int64(index))
        }
        let response = assembler.finish()
        return (assembler.chunks, response)
    }

    @Test("OpenAI chat: reasoning, text, calls by index, refusal, usage without choices, several choices")
    func openAIChat() {
        let (chunks, response) = assemble([
            #"{"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
            #"{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a"},{"token":""}]}}]}"#,
            #"{"choices":[{"index":1,"delta":{"refusal":"no"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t0","function":{"name":"f","arguments":""}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t1","function":{"name":"g","arguments":"{}"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
            #"{"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"completion_tokens_details":{"reasoning_tokens":2},"prompt_tokens_details":{"cached_tokens":3}}}"#,
            "[DONE]",
        ])
        #expect(response.wireProtocol == .openAIChat)
        #expect(response.responseID == "c1" && response.modelResolved == "m-1" && response.isFinished)
        #expect(response.usage == TokenUsage(input: 5, output: 7, cacheRead: 3, reasoning: 2))
        #expect(response.finishReasons == ["tool_calls", "stop"])
        #expect(
            response.messages == [
                Message(
                    role: "assistant",
                    parts: [
                        .reasoning("hm"), .text("a"), .toolCall(id: "t0", name: "f", arguments: #"{"x":1}"#),
                        .toolCall(id: "t1", name: "g", arguments: "{}"),
                    ], finishReason: "tool_calls"),
                Message(role: "assistant", parts: [.text("no")], finishReason: "stop"),
            ])
        #expect(
            chunks.kinds == [
                .other, .reasoning, .text, .refusal, .toolArguments, .toolArguments, .toolArguments, .terminal,
                .terminal, .usage, .terminal,
            ])
        #expect(chunks.offsets == Array(0...10))
        #expect(chunks.tokenCount(2) == 2 && chunks.tokenCount(1) == nil)
        #expect(chunks.choiceIndex(3) == 1)
        #expect(chunks.toolCall(6) == StreamToolCall(index: 0, id: "t0", name: "f"))
        #expect(chunks.toolCall(5)?.index == 1)
    }

    @Test(
        "OpenAI chat: reasoning under each name that servers give it, once",
        arguments: [
            #""reasoning_content":"hm""#, #""reasoning":"hm""#, #""reasoning_text":"hm""#,
            #""reasoning_details":[{"type":"reasoning.text","text":"h"},{"type":"reasoning.summary","summary":"m"}]"#,
            #""reasoning":"hm","reasoning_details":[{"type":"reasoning.text","text":"hm"}]"#,
        ])
    func reasoningNames(delta: String) {
        let (_, response) = assemble([
            #"{"id":"c1","choices":[{"index":0,"delta":{"content":"",\#(delta)}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"4"},"finish_reason":"stop"}]}"#, "[DONE]",
        ])
        #expect(response.messages.map(\.parts) == [[.reasoning("hm"), .text("4")]])
    }

    @Test("OpenAI chat: without a count of reasoning tokens, that stays unknown", arguments: [true, false])
    func reasoningTokens(isStated: Bool) {
        let details = isStated ? #","completion_tokens_details":{"reasoning_tokens":8}"# : ""
        let (_, response) = assemble([
            #"{"id":"c1","choices":[{"index":0,"delta":{"reasoning":"hm"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"4"},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12\#(details)}}"#, "[DONE]",
        ])
        #expect(response.messages.map(\.parts) == [[.reasoning("hm"), .text("4")]])
        #expect(response.usage == TokenUsage(input: 9, output: 12, reasoning: isStated ? 8 : nil))
    }

    @Test("Anthropic: thinking, text, tool input, usage in two places, ping")
    func anthropic() {
        let (chunks, response) = assemble([
            #"{"type":"message_start","message":{"id":"m","model":"c","role":"assistant","usage":{"input_tokens":10,"cache_read_input_tokens":4,"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"t"}}"#,
            #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"x"}}"#,
            #"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"u","name":"f","input":{}}}"#,
            #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\""}}"#,
            #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":":1}"}}"#,
            #"{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"v","name":"g","input":{}}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":20}}"#,
            #"{"type":"message_stop"}"#,
        ])
        #expect(response.wireProtocol == .anthropicMessages)
        #expect(response.usage == TokenUsage(input: 14, output: 20, cacheRead: 4))
        #expect(
            response.messages.first?.parts == [
                .reasoning("t"), .text("x"), .toolCall(id: "u", name: "f", arguments: #"{"a":1}"#),
                .toolCall(id: "v", name: "g", arguments: "{}"),
            ])
        #expect(response.finishReasons == ["tool_use"] && response.isFinished)
        #expect(chunks.filter { $0.text == "ping" }.map(\.kind) == [.other])
        #expect(chunks.last?.kind == .terminal)
    }

    @Test(
        "an error in the middle ends up on the response",
        arguments: [
            #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            #"{"error":{"code":"overloaded_error","message":"Overloaded"}}"#,
            #"{"type":"error","code":"overloaded_error","message":"Overloaded"}"#,
            #"{"choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"code":"overloaded_error","message":"Overloaded"}}"#,
        ])
    func errors(_ event: String) {
        let (_, response) = assemble([#"{"choices":[{"index":0,"delta":{"content":"a"}}]}"#, event])
        #expect(response.errorType == "overloaded_error")
        #expect(response.errorMessage == "Overloaded")
        #expect(response.messages.first?.parts == [.text("a")])
    }

    @Test("Responses: summaries, calls, final forms that add what no delta brought, and those that differ")
    func responses() {
        let (chunks, response) = assemble([
            #"{"type":"response.created","response":{"id":"r","model":"m"}}"#,
            #"{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"s"}"#,
            #"{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"a"}"#,
            #"{"type":"response.output_text.done","output_index":1,"content_index":0,"text":"a"}"#,
            #"{"type":"response.output_text.done","output_index":1,"content_index":1,"text":"b"}"#,
            #"{"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","id":"x","call_id":"t","name":"f","arguments":""}}"#,
            #"{"type":"response.function_call_arguments.delta","output_index":2,"delta":"{}"}"#,
            #"{"type":"response.output_item.done","output_index":3,"item":{"type":"web_search_call","id":"w","action":{"query":"q"}}}"#,
            #"{"type":"response.completed","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":1,"output_tokens":2}}}"#,
        ])
        #expect(
            response.messages.first?.parts == [
                .reasoning("s"), .text("a"), .text("b"), .toolCall(id: "t", name: "f", arguments: "{}"),
                .toolCall(id: "w", name: "web_search", arguments: #"{"query":"q"}"#),
            ])
        #expect(response.finishReasons == ["completed"] && response.usage == TokenUsage(input: 1, output: 2))
        #expect(response.remarks.isEmpty && chunks.last?.kind == .usage)
        let (_, other) = assemble([
            #"{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"a"}"#,
            #"{"type":"response.output_text.done","output_index":1,"content_index":0,"text":"ab"}"#,
        ])
        #expect(other.remarks == ["the final text differs from that of the deltas"])
        #expect(!other.isFinished)
    }

    @Test(
        "Ollama, Cohere, Amazon and interactions: text, reasoning, calls, usage",
        arguments: [
            (
                [
                    #"{"model":"m","created_at":"x","message":{"role":"assistant","thinking":"t"},"done":false}"#,
                    #"{"model":"m","created_at":"x","message":{"content":"a","tool_calls":[{"function":{"name":"f","arguments":{}}}]},"done":false}"#,
                    #"{"model":"m","created_at":"x","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}"#,
                ], WireProtocol.ollamaChat
            ),
            (
                [
                    #"{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"t"}}}}"#,
                    #"{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"a"}}}}"#,
                    #"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"function":{"name":"f","arguments":"{"}}}}}"#,
                    #"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"}"}}}}}"#,
                    #"{"type":"message-end","delta":{"finish_reason":"stop","usage":{"tokens":{"input_tokens":1,"output_tokens":2}}}}"#,
                ], .cohereChat
            ),
            (
                [
                    #"{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"t"}}}}"#,
                    #"{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"text":"a"}}}"#,
                    #"{"contentBlockStart":{"contentBlockIndex":2,"start":{"toolUse":{"name":"f"}}}}"#,
                    #"{"contentBlockDelta":{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{}"}}}}"#,
                    #"{"messageStop":{"stopReason":"stop"}}"#,
                    #"{"metadata":{"usage":{"inputTokens":1,"outputTokens":2}}}"#,
                ], .bedrockConverse
            ),
            (
                [
                    #"{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"text":"t"}}}"#,
                    #"{"event_type":"step.delta","index":1,"delta":{"type":"text","text":"a"}}"#,
                    #"{"event_type":"step.start","index":2,"step":{"type":"function_call","name":"f"}}"#,
                    #"{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"{}"}}"#,
                    #"{"event_type":"interaction.completed","interaction":{"status":"stop","usage":{"total_input_tokens":1,"total_output_tokens":2}}}"#,
                ], .geminiInteractions
            ),
        ])
    func others(_ events: [String], _ expected: WireProtocol) {
        let (chunks, response) = assemble(events)
        #expect(response.wireProtocol == expected)
        #expect(
            response.messages.first?.parts
                == [.reasoning("t"), .text("a"), .toolCall(id: nil, name: "f", arguments: "{}")])
        #expect(response.finishReasons == ["stop"] && response.isFinished)
        #expect(response.usage == TokenUsage(input: 1, output: 2))
        #expect(chunks.contains { $0.kind == .usage } && chunks.contains { $0.kind == .terminal })
    }

    @Test("Gemini: thoughts, calls, arguments by path, cumulative usage")
    func gemini() {
        let (chunks, response) = assemble([
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"t","thought":true}]}}],"usageMetadata":{"promptTokenCount":3,"thoughtsTokenCount":2}}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"x"},{"functionCall":{"name":"f","args":{"a":1}}}]}}]}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"g","willContinue":true}}]}}]}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.l[1].n","stringValue":"Bo","willContinue":true}],"willContinue":true}}]}}]}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.l[1].n","stringValue":"ston"}],"willContinue":true}}]}}]}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"thoughtsTokenCount":2},"modelVersion":"g","responseId":"r"}"#,
        ])
        #expect(response.wireProtocol == .geminiGenerate)
        #expect(response.usage == TokenUsage(input: 3, output: 6, reasoning: 2))
        #expect(response.responseID == "r" && response.modelResolved == "g")
        #expect(
            response.messages.first?.parts == [
                .reasoning("t"), .text("x"), .toolCall(id: nil, name: "f", arguments: #"{"a":1}"#),
                .toolCall(id: nil, name: "g", arguments: #"{"l":[null,{"n":"Boston"}]}"#),
            ])
        #expect(chunks.filter { $0.kind == .usage }.count == 1)
    }

    @Test("an unknown event is kept whole")
    func unknown() {
        let (chunks, _) = assemble([#"{"brand":"new"}"#, #"{"type":"response.brand_new","x":[1]}"#, "plain words"])
        #expect(chunks.map(\.kind) == [.other, .other, .other])
        #expect(chunks.map(\.text) == [#"{"brand":"new"}"#, #"{"type":"response.brand_new","x":[1]}"#, "plain words"])
    }

    @Test(
        "whole bodies read as their streams",
        arguments: [
            (
                #"{"id":"i","model":"m","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
                WireProtocol.openAIChat
            ),
            (
                #"{"id":"i","model":"m","type":"message","role":"assistant","content":[{"type":"text","text":"hi"}],"stop_reason":"stop","usage":{"input_tokens":1,"output_tokens":2}}"#,
                .anthropicMessages
            ),
            (
                #"{"id":"i","model":"m","object":"response","status":"stop","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hi"}]}],"usage":{"input_tokens":1,"output_tokens":2}}"#,
                .openAIResponses
            ),
            (
                "[{\"responseId\":\"i\",\"modelVersion\":\"m\",\n \"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"stop\"}],\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2}}]",
                .geminiGenerate
            ),
        ])
    func bodies(_ body: String, _ expected: WireProtocol) {
        let response = AssembledResponse(body: Array(body.utf8), protocol: nil)
        #expect(response.wireProtocol == expected)
        #expect(response.messages == [Message(role: "assistant", parts: [.text("hi")], finishReason: "stop")])
        #expect(response.responseID == "i" && response.modelResolved == "m")
        #expect(response.usage.input == 1 && response.usage.output == 2)
    }

    @Test("Amazon's binary frames, cut at every byte")
    func frames() {
        func frame(_ type: String, _ payload: String) -> [UInt8] {
            let name = Array(":event-type".utf8)
            let headers = [UInt8(name.count)] + name + [7, 0, UInt8(type.utf8.count)] + Array(type.utf8)
            let total = 16 + headers.count + payload.utf8.count
            let prelude = [0, 0, UInt8(total >> 8), UInt8(total & 255), 0, 0, 0, UInt8(headers.count), 0, 0, 0, 0]
            return prelude + headers + Array(payload.utf8) + [0, 0, 0, 0]
        }
        let bytes =
            frame("messageStart", #"{"role":"assistant"}"#)
            + frame("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"text":"hé"}}"#)
            + frame("messageStop", #"{"stopReason":"end_turn"}"#)
            + frame("metadata", #"{"usage":{"inputTokens":1,"outputTokens":2},"metrics":{"latencyMs":5}}"#)
        var assembler = StreamAssembler()
        for byte in bytes { assembler.append([byte], offsetNanos: nil) }
        let response = assembler.finish()
        #expect(response.wireProtocol == .bedrockConverse)
        #expect(response.messages == [Message(role: "assistant", parts: [.text("hé")], finishReason: "end_turn")])
        #expect(response.providerDurationNanos == 5_000_000)
    }
}
