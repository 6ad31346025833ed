import Basics
import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Trajectories become spans")
struct AtifReadingTests {
    private static let text = """
        {"schema_version":"ATIF-v1.7","session_id":"s-1","agent":{"name":"boss","version":"2","model_name":"m-1"},"steps":[
        {"step_id":1,"source":"user","message":"How many?","timestamp":"2026-01-04T00:00:01Z"},
        {"step_id":2,"source":"agent","message":"I ask.","reasoning_content":"Hm.","timestamp":"2026-01-04T00:00:02.5Z",
         "tool_calls":[{"tool_call_id":"c1","function_name":"delegate","arguments":{"n":1}},{"tool_call_id":"c2","function_name":"f","arguments":{}}],
         "observation":{"results":[{"content":"4","subagent_trajectory_ref":[{"trajectory_id":"t-2"}]},{"source_call_id":"c2","content":"x"},{"content":"bell"}]},
         "metrics":{"prompt_tokens":10,"completion_tokens":2,"cached_tokens":3,"cost_usd":0.5}},
        {"step_id":3,"source":"agent","message":"Four.","model_name":"m-2"},
        {"step_id":4,"source":"agent","message":"","llm_call_count":0,"tool_calls":[{"tool_call_id":"c3","function_name":"f","arguments":{}}]},
        {"step_id":5,"source":"agent","message":"old","is_copied_context":true,"metrics":{"prompt_tokens":99}}],
        "subagent_trajectories":[{"schema_version":"ATIF-v1.7","trajectory_id":"t-2","agent":{"name":"worker","version":"1"},
         "steps":[{"step_id":1,"source":"agent","message":"!"}]}]}
        """

    @Test("every step and every call is a span beneath its agent, inner agents beneath the call that refers to them")
    func tree() throws {
        let decoded = try Decoded(Self.text)
        #expect(decoded.rejects == [])
        #expect(
            decoded.spans.map(\.name) == [
                "invoke_agent boss", "user", "chat m-1", "execute_tool delegate", "execute_tool f", "observation",
                "chat m-2", "agent_step", "execute_tool f", "agent_step", "invoke_agent worker", "chat",
            ])
        let boss = decoded.spans[0]
        #expect(boss.parentSpanID == nil)
        #expect(decoded.spans[1...9].allSatisfy { $0.parentSpanID == boss.spanID })
        #expect(decoded.spans[10].parentSpanID == decoded.spans[3].spanID)
        #expect(decoded.spans[11].parentSpanID == decoded.spans[10].spanID)
        #expect(Set(decoded.spans.map(\.spanID)).count == decoded.spans.count)
    }

    @Test("the dialect reads agents, models, tokens, tools and messages")
    func facts() throws {
        let spans = try Decoded(Self.text).spans
        let facts = spans.map { Dialect.facts(of: $0) }
        #expect(
            facts.map(\.kind) == [
                .agent, .other, .llm, .tool, .tool, .other, .llm, .chain, .tool, .chain, .agent, .llm,
            ])
        #expect((facts[0].agentName, facts[0].session) == ("boss", "s-1"))
        #expect(facts[2].tokens == TokenUsage(input: 10, output: 2, cacheRead: 3))
        // What was copied from a file before is counted there.
        #expect(facts[9].tokens == TokenUsage())
        #expect(facts.map(\.modelRequested)[2] == "m-1")
        #expect((facts[3].toolName, facts[3].toolCallID) == ("delegate", "c1"))
        let call = Dialect.content(of: spans[2])
        #expect(call.inputMessages == [Message(role: "user", parts: [.text("How many?")])])
        #expect(
            call.outputMessages.flatMap(\.parts) == [
                .reasoning("Hm."), .text("I ask."), .toolCall(id: "c1", name: "delegate", arguments: "{\"n\":1}"),
                .toolCall(id: "c2", name: "f", arguments: "{}"),
            ])
        let next = Dialect.content(of: spans[6]).inputMessages.flatMap(\.parts)
        #expect(
            next == [
                .toolResult(id: "c1", result: "4"), .toolResult(id: "c2", result: "x"),
                .toolResult(id: nil, result: "bell"),
            ])
        #expect(Dialect.content(of: spans[3]).toolResult == "4")
    }

    @Test("no time is invented")
    func times() throws {
        let spans = try Decoded(Self.text).spans
        #expect(spans.map(\.endUnixNano).allSatisfy { $0 == nil })
        #expect(spans.filter { $0.startUnixNano != nil }.map(\.name) == ["user", "chat m-1"])
        #expect(spans[2].startUnixNano == 1_767_484_802_500_000_000)
        let noted = Self.text.replacing(
            "\"message\":\"Four.\"",
            with:
                "\"message\":\"Four.\",\"extra\":{\"invocation\":{\"start_timestamp\":1767484803.0,\"end_timestamp\":1767484804.5}}"
        )
        let call = try Decoded(noted).spans[6]
        #expect(call.startUnixNano == 1_767_484_803_000_000_000)
        #expect(call.endUnixNano == 1_767_484_804_500_000_000)
    }

    @Test("ids come from what a document says, not from how it is written")
    func stable() throws {
        let reordered = Self.text.replacing(
            "{\"step_id\":3,\"source\":\"agent\"", with: "{\"source\":\"agent\",  \"step_id\":3")
        #expect(try Decoded(Self.text).spans == Decoded(reordered).spans)
        let other = Self.text.replacing("Four.", with: "Five.")
        #expect(try Decoded(Self.text).spans[0].traceID != Decoded(other).spans[0].traceID)
    }

    @Test("lists and lines of documents")
    func several() throws {
        let line = Self.text.replacing("\n", with: " ")
        let other = line.replacing("How many?", with: "How much?")
        #expect(try Decoded("[\(Self.text),\(other)]").spans.count == 24)
        let lines = try Decoded("\(line)\n{\"schema_version\":\"ATIF-v1.7\", cut\n\(other)\n{\"a\":1}\n")
        #expect(lines.spans.count == 24)
        #expect(lines.rejects.map(\.line) == [2, 4])
        #expect(lines.rejects.last?.reason == "no ATIF document: no schema_version that begins with ATIF-v")
    }

    @Test("what the format does not allow is told with its place and kept aside")
    func invalid() throws {
        let decoded = try Decoded(
            """
            {"schema_version":"ATIF-v1.7","agent":{"name":"a"},"color":"red","steps":[
            {"step_id":4,"source":"agent","message":7,"metrics":{"prompt_tokens":"many","completion_tokens":1}},
            {"step_id":9,"source":"user","message":"?","model_name":"m","timestamp":"yesterday"}, 5,
            {"step_id":10,"source":"agent","message":"","observation":{"results":[{"source_call_id":"gone","content":"x"}]}}]}
            """)
        #expect(
            decoded.rejects.map(\.reason) == [
                "trajectory: \"color\" is no key of the format, kept aside",
                "trajectory: agent: version is missing",
                "trajectory: step 1: message is neither a text nor a list of parts, kept aside",
                "trajectory: step 1: step_id is out of order or stands twice, kept aside",
                "trajectory: step 1: metrics: prompt_tokens is no whole number, kept aside",
                "trajectory: step 2: model_name is not allowed here, kept aside",
                "trajectory: step 2: step_id is out of order or stands twice, kept aside",
                "trajectory: step 2: timestamp is no time in ISO 8601, kept aside",
                "trajectory: step 3 is no object",
                "trajectory: step 4: step_id is out of order or stands twice, kept aside",
                "trajectory: step 4: result 0: source_call_id names no tool call of this step, kept aside",
            ])
        #expect(decoded.spans.map(\.name) == ["invoke_agent a", "chat", "user", "chat", "observation"])
        try #require(decoded.spans.count == 5)
        #expect(decoded.spans[0].attributes.value(of: "atif.invalid") == .string("{\"color\":\"red\"}"))
        #expect(Dialect.facts(of: decoded.spans[1]).tokens == TokenUsage(output: 1))
    }

    @Test("mutated documents never trap")
    func mutations() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<400 {
            var bytes = Array(Self.text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let count = min(Int.random(in: 1...60, using: &random), bytes.count - index)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.replaceSubrange(index..<index + count, with: "null".utf8)
                case 2: bytes.insert(contentsOf: bytes[index..<index + count], at: index)
                default: bytes.removeSubrange(index..<index + count)
                }
            }
            let decoded = try Decoded(bytes, format: .atif)
            #expect(decoded.spans.count + decoded.rejects.count > 0)
        }
    }
}
