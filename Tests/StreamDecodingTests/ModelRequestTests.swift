import FastJSON
import StreamDecoding
import Testing
import TraceModel

@Suite("Requests to models, and the span of a call")
struct ModelRequestTests {
    private func request(_ path: String, host: String? = nil, _ body: String) -> ModelRequest {
        ModelRequest(method: "POST", host: host, path: path, body: Array(body.utf8))
    }

    @Test(
        "paths and hosts tell protocol, operation and provider",
        arguments: [
            ("api.openai.com", "/v1/chat/completions", WireProtocol.openAIChat, "chat", "openai"),
            ("api.openai.com", "/v1/responses", .openAIResponses, "chat", "openai"),
            ("api.anthropic.com", "/v1/messages?beta=true", .anthropicMessages, "chat", "anthropic"),
            ("x.openai.azure.com", "/openai/deployments/d/chat/completions", .openAIChat, "chat", "azure.ai.openai"),
            (
                "generativelanguage.googleapis.com:443", "/v1beta/models/gemini-2:streamGenerateContent?alt=sse",
                .geminiGenerate, "generate_content", "gcp.gen_ai"
            ),
            (
                "bedrock-runtime.us-east-1.amazonaws.com", "/model/us.a%3A0/converse-stream", .bedrockConverse, "chat",
                "aws.bedrock"
            ),
        ])
    func routes(_ host: String, _ path: String, _ expected: WireProtocol, _ operation: String, _ provider: String) {
        let found = request(path, host: host, "{}")
        #expect(found.wireProtocol == expected)
        #expect(found.operation == operation)
        #expect(found.provider == provider)
    }

    @Test("models in the path, and paths of nothing known")
    func paths() {
        #expect(request("/v1beta/models/gemini-2:streamGenerateContent", "{}").model == "gemini-2")
        #expect(request("/model/us.a%3A0/converse", "{}").model == "us.a:0")
        let unknown = request("/health", "no json")
        #expect(unknown.wireProtocol == nil && unknown.operation == nil && unknown.messages.isEmpty)
        #expect(request("/v1/embeddings", #"{"model":"e","input":"x"}"#).operation == "embeddings")
        #expect(request("/api/chat", #"{"model":"m","messages":[]}"#).isStreaming == true)
    }

    @Test("messages, tools and parameters of a chat request")
    func chat() {
        let found = request(
            "/v1/chat/completions",
            #"""
            {"model":"m","stream":true,"temperature":0.5,"max_tokens":9,"stop":"x","n":1,
            "messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"u"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"t","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"t","content":"r"}],
            "tools":[{"type":"function","function":{"name":"f"}}]}
            """#)
        #expect(found.isStreaming == true && found.model == "m")
        #expect(
            found.messages == [
                Message(role: "system", parts: [.text("s")]),
                Message(
                    role: "user",
                    parts: [.text("u"), .media(modality: "image", mimeType: nil, reference: "26 bytes of base64")]),
                Message(role: "assistant", parts: [.toolCall(id: "t", name: "f", arguments: "{}")]),
                Message(role: "tool", parts: [.toolResult(id: "t", result: "r")]),
            ])
        #expect(found.tools == [#"{"type":"function","function":{"name":"f"}}"#])
        #expect(
            found.parameters == [
                Attribute("gen_ai.request.temperature", .double(0.5)), Attribute("gen_ai.request.max_tokens", .int(9)),
                Attribute("gen_ai.request.stop_sequences", .array([.string("x")])),
            ])
    }

    @Test("system instructions that stand apart")
    func system() {
        let anthropic = request(
            "/v1/messages",
            #"{"model":"c","system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"r"}]}]}]}"#
        )
        #expect(anthropic.systemInstructions == [.text("s")])
        #expect(anthropic.messages.first?.parts == [.toolResult(id: "t", result: "r")])
        let gemini = request(
            "/m:generateContent",
            #"{"contents":[{"role":"model","parts":[{"text":"x"}]}],"systemInstruction":{"parts":[{"text":"s"}]},"generationConfig":{"temperature":1}}"#
        )
        #expect(gemini.systemInstructions == [.text("s")])
        #expect(gemini.messages == [Message(role: "assistant", parts: [.text("x")])])
        #expect(gemini.parameters == [Attribute("gen_ai.request.temperature", .double(1))])
        let responses = request(
            "/v1/responses",
            #"{"model":"o","instructions":"s","input":[{"role":"user","content":"u"},{"type":"function_call","call_id":"t","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"t","output":"r"}]}"#
        )
        #expect(responses.systemInstructions == [.text("s")])
        #expect(responses.messages.map(\.role) == ["user", "assistant", "tool"])
    }

    @Test("a call becomes attributes of the conventions, unknown ones left out")
    func span() throws {
        let call = request(
            "/v1/chat/completions", host: "api.openai.com", #"{"model":"m","messages":[{"role":"user","content":"u"}]}"#
        )
        let body =
            #"{"id":"i","model":"m-2","choices":[{"index":0,"message":{"role":"assistant","content":"a","tool_calls":[{"id":"t","function":{"name":"f","arguments":"{\"x\":[1]}"}}]},"finish_reason":"stop"}]}"#
        let response = AssembledResponse(body: Array(body.utf8), protocol: .openAIChat)
        let attributes = ModelCallSpan.attributes(request: call, response: response)
        #expect(ModelCallSpan.name(request: call, response: response) == "chat m")
        #expect(attributes.value(of: "gen_ai.provider.name")?.stringValue == "openai")
        #expect(attributes.value(of: "gen_ai.response.id")?.stringValue == "i")
        #expect(attributes.value(of: "gen_ai.response.finish_reasons") == .array([.string("stop")]))
        #expect(!attributes.contains { $0.key.hasPrefix("gen_ai.usage") })
        let output = try #require(attributes.value(of: "gen_ai.output.messages")?.stringValue)
        let parts = try JSONValue(parsing: Array(output.utf8))[0]?["parts"]
        #expect(parts?[0] == ["type": "text", "content": "a"])
        #expect(parts?[1]?["arguments"] == ["x": [1]])
    }
}
