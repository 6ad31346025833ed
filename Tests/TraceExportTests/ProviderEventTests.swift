import FastJSON
import Testing
import TraceExport
import TraceModel

@Suite struct ProviderEventTests {
    @Test func openAIChatHasDeltasFinishUsageAndAnEnd() throws {
        let text = Recording.text(Recording.stream(), .sse)
        #expect(text.hasSuffix("data: [DONE]\n\n"))
        let events = try Recording.data(text)
        let deltas = events.compactMap { $0["choices"]?[0]?["delta"] }
        #expect(deltas[0] == ["reasoning_content": "Hm."])
        #expect(deltas[1] == ["content": "Hi\n\u{1B}"])
        #expect(deltas[3]["tool_calls"]?[0]?["id"] == "call_1")
        #expect(deltas[3]["tool_calls"]?[0]?["function"] == ["name": "lookup", "arguments": "{\"q\":"])
        #expect(deltas[4]["tool_calls"]?[0] == ["index": 0, "function": ["arguments": "[1]}"]])
        #expect(events[5]["choices"]?[0]?["finish_reason"] == "stop")
        #expect(events[6]["usage"]?["completion_tokens"] == 9 && events[6]["choices"] == [])
        #expect(events.allSatisfy { $0["id"] == "r-1" && $0["model"] == "m-1" })
        // Whoever is not known is written in this form.
        #expect(Recording.text(Recording.stream(nil), .sse) == text)
    }

    @Test func anthropicOpensAndClosesItsBlocks() throws {
        let text = Recording.text(Recording.stream("anthropic.messages"), .sse)
        let events = try Recording.data(text)
        #expect(
            events.compactMap { $0["type"]?.string } == [
                "message_start", "content_block_start", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ])
        #expect(events[8]["content_block"]?["name"] == "lookup" && events[8]["index"] == 2)
        #expect(events[9]["delta"] == ["type": "input_json_delta", "partial_json": "{\"q\":"])
        #expect(events[12]["usage"]?["output_tokens"] == 9)
        #expect(text.hasPrefix("event: message_start\ndata: {"))
    }

    @Test func geminiHoldsCallsUntilTheyAreWhole() throws {
        let events = try Recording.data(Recording.text(Recording.stream("gemini.generate_content"), .sse))
        let parts = events.compactMap { $0["candidates"]?[0]?["content"]?["parts"]?[0] }
        #expect(parts[0] == ["text": "Hm.", "thought": true])
        #expect(parts[3]["functionCall"]?["args"] == ["q": [1]])
        #expect(parts.count == 4 && events.count == 5)
        #expect(events[4]["candidates"]?[0]?["finishReason"] == "stop")
    }

    @Test func ollamaHasLinesWithTimes() throws {
        let lines = try Recording.lines(Recording.stream("ollama.chat"), .sse)
        #expect(lines[0]["created_at"] == "2026-11-18T11:06:41.200400000Z")
        #expect(lines[0]["message"]?["thinking"] == "Hm." && lines[0]["done"] == false)
        #expect(lines[3]["message"]?["tool_calls"]?[0]?["function"]?["arguments"] == ["q": [1]])
        #expect(lines[4]["done"] == true && lines[4]["eval_count"] == 9)
        // Times that nobody measured are not written.
        let paced = try Recording.lines(Recording.stream("ollama.chat", timing: .synthetic), .sse)
        #expect(paced[0]["created_at"] == nil)
    }

    @Test func timedLinesKeepEveryTime() throws {
        for form in ["openai.chat", "anthropic.messages"] {
            let stream = Recording.stream(form)
            let lines = try Recording.lines(stream, .timedNDJSON)
            #expect(lines[0] == ["t_unix_ns": .int(Recording.start), "bytes": ""])
            #expect(
                lines.dropFirst().compactMap { $0["t_unix_ns"]?.int }
                    == stream.chunks.offsets.map { Recording.start + $0 })
            #expect(lines.compactMap { $0["bytes"]?.string }.joined() == Recording.text(stream, .sse))
        }
    }

    @Test func aBrokenStreamGetsNoEnd() throws {
        var stream = Recording.stream()
        stream.chunks = StreamChunks(stream.chunks.dropLast())
        stream.info.endCause = .connectionDropped
        stream.info.finishReason = nil
        #expect(!Recording.text(stream, .sse).contains("[DONE]"))
    }

    @Test func argumentsThatAreNoJSONBecomeText() throws {
        var stream = Recording.stream("gemini.generate_content")
        let call = StreamToolCall(index: 0, name: "f")
        stream.chunks = StreamChunks([
            StreamChunk(offsetNanos: 1, kind: .toolArguments, text: "{\"cut", toolCall: call),
            StreamChunk(offsetNanos: 2, kind: .toolArguments, text: "{\n}", toolCall: StreamToolCall(index: 1)),
        ])
        let events = try Recording.data(Recording.text(stream, .sse))
        let calls = events.compactMap { $0["candidates"]?[0]?["content"]?["parts"]?[0]?["functionCall"] }
        #expect(calls.map { $0["args"] } == ["{\"cut", [:]])
    }

    @Test func chunksWithoutContentKeepTheirPlaceAndTime() throws {
        var stream = Recording.stream("anthropic.messages")
        let call = StreamToolCall(index: 0, id: "toolu_1", name: "f")
        let chunks: [(ChunkKind, String)] = [
            (.other, "message_start"), (.other, "content_block_start"), (.other, "ping"), (.text, "a"), (.text, "b"),
            (.other, "content_block_stop"), (.toolArguments, ""), (.toolArguments, "{}"),
            (.other, "content_block_stop"), (.terminal, "tool_use"), (.usage, "{\"output_tokens\":5}"),
            (.terminal, "message_stop"),
        ]
        stream.chunks = StreamChunks(
            chunks.enumerated().map { index, chunk in
                StreamChunk(
                    offsetNanos: Int64(index), kind: chunk.0, text: chunk.1,
                    toolCall: chunk.0 == .toolArguments ? call : nil)
            })
        let lines = try Recording.lines(stream, .timedNDJSON).dropFirst()
        #expect(lines.compactMap { $0["t_unix_ns"]?.int } == (0..<12).map { Recording.start + $0 })
        let events = try lines.flatMap { try Recording.data($0["bytes"]?.string ?? "") }
        #expect(
            events.compactMap { $0["type"]?.string } == [
                "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta",
                "content_block_stop", "content_block_start", "content_block_delta", "content_block_stop",
                "message_delta", "message_delta", "message_stop",
            ])
        #expect(events[10]["usage"]?["output_tokens"] == 5 && events[9]["delta"]?["stop_reason"] == "tool_use")

        stream = Recording.stream("openai.chat")
        stream.chunks = StreamChunks([
            StreamChunk(offsetNanos: 1, kind: .other, text: ""),
            StreamChunk(offsetNanos: 2, kind: .text, text: "a"),
            StreamChunk(offsetNanos: 3, kind: .terminal, text: "length"),
            StreamChunk(offsetNanos: 4, kind: .usage, text: "{\"completion_tokens\":1}"),
            StreamChunk(offsetNanos: 5, kind: .terminal, text: "[DONE]"),
        ])
        let text = Recording.text(stream, .sse)
        let chat = try Recording.data(text)
        #expect(chat.count == 4 && text.hasSuffix("data: [DONE]\n\n"))
        #expect(chat[0]["choices"]?[0]?["delta"]?["role"] == "assistant")
        #expect(chat[2]["choices"]?[0]?["finish_reason"] == "length")
        #expect(chat[3]["usage"] == ["completion_tokens": 1])
    }
}
