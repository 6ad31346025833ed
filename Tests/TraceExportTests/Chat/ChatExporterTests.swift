import Basics
import FastJSON
import TestSupport
import Testing
import TraceExport
import TraceModel

/// What is written of a conversation, and what is left out of it or with it.
@Suite struct ChatExporterTests {
    private func written(_ format: ExportFormat, _ trace: ChatTrace) throws -> (lines: [String], remarks: [String]) {
        var writer = try #require(ChatExporter(format))
        let lines = writer.text([trace.fixture]).split(separator: "\n").map(String.init)
        return (lines, writer.remarks)
    }

    private var weather: ChatTrace {
        var trace = ChatTrace()
        let run = trace.run("helper")
        let asks = Message(
            role: "assistant",
            parts: [
                .reasoning("Two cities."), .text("I look."),
                .toolCall(id: "c1", name: "weather", arguments: #"{"city":"Oslo"}"#),
                .toolCall(id: "c2", name: "weather", arguments: "Bergen"),
            ])
        let tool = #"{"name":"weather","description":"Says it.","input_schema":{"type":"object"}}"#
        trace.call(
            [.system("Be terse."), .user("Weather?"), asks, .result("c2", ""), .result("c1", "9 C")],
            [.says("Nine degrees.")], run: run
        ) { $0.content.toolDefinitions = [tool, #"{"type":"web_search"}"#] }
        return trace
    }

    @Test func openAI() throws {
        let (lines, remarks) = try written(.openaiMessages, weather)
        #expect(
            lines == [
                #"{"messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"Weather?"},"#
                    + #"{"role":"assistant","content":"I look.","tool_calls":["#
                    + #"{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}},"#
                    + #"{"id":"c2","type":"function","function":{"name":"weather","arguments":"Bergen"}}]},"#
                    + #"{"role":"tool","tool_call_id":"c1","content":"9 C"},"#
                    + #"{"role":"tool","tool_call_id":"c2","content":""},"#
                    + #"{"role":"assistant","content":"Nine degrees."}],"#
                    + #""tools":[{"type":"function","function":{"name":"weather","description":"Says it.","#
                    + #""parameters":{"type":"object"}}}]}"#
            ])
        #expect(
            remarks == [
                "The format has no place for where a line comes from: provenance is left out.",
                "1 trajectory written without the reasoning, for which the format has no place.",
                "1 tool definition without a function schema left out.",
            ])
    }

    @Test func huggingFace() throws {
        let (lines, _) = try written(.hfMessages, weather)
        let line = try JSONValue(parsing: try #require(lines.first))
        #expect(ChatValidator.huggingFace(line).isEmpty)
        #expect(line["messages"]?[2]?["reasoning_content"]?.string == "Two cities.")
        #expect(line["messages"]?[3]?["name"]?.string == "weather")
        let metadata = try #require(line["metadata"])
        #expect(metadata["agent"]?.string == "helper#1" && metadata["model"]?.string == "m-1")
        #expect(metadata["spandrel"]?["policy"]?.string == "secrets" && metadata["session"]?.string == "")
    }

    @Test func shareGPT() throws {
        let (lines, remarks) = try written(.sharegpt, weather)
        #expect(
            lines == [
                #"{"conversations":[{"from":"human","value":"Weather?"},{"from":"function_call","value":"#
                    + #""[{\"name\":\"weather\",\"arguments\":{\"city\":\"Oslo\"}},"#
                    + #"{\"name\":\"weather\",\"arguments\":\"Bergen\"}]"},"#
                    + #"{"from":"observation","value":"[\"9 C\",\"\"]"},{"from":"gpt","value":"Nine degrees."}],"#
                    + #""system":"Be terse.","tools":"[{\"name\":\"weather\",\"description\":\"Says it.\","#
                    + #"\"parameters\":{\"type\":\"object\",\"properties\":{}}}]"}"#
            ])
        #expect(remarks.contains("1 trajectory written without what the model said beside its tool calls."))
    }

    @Test(arguments: [ExportFormat.openaiMessages, .hfMessages, .sharegpt])
    func halfConversationsAreLeftOut(_ format: ExportFormat) throws {
        let cases: [(messages: [Message], reason: String)] = [
            ([.user("q"), .asks("c"), .says("a")], "a tool call has no recorded result"),
            ([.user("q"), .asks("c")], "a tool call has no recorded result"),
            (
                [.user("q"), .asks("c"), .user("hurry"), .result("c", "r"), .says("a")],
                "a message stands between a tool call and its result"
            ),
            (
                [.user("q"), .asks("c"), .system("s"), .result("c", "r"), .says("a")],
                "a system message stands in the middle"
            ),
            ([.user("q"), .asks("c"), .user("r"), .says("a")], "a tool call has no recorded result"),
            ([.user("q"), .result("c", "r"), .says("a")], "a tool result answers no recorded call"),
            ([.user("q")], "it ends before the model answered"),
            ([.user("q"), .asks("c", name: ""), .result("c", "r"), .says("a")], "a tool call names no tool"),
            ([.user("q"), .says("a"), .system("s"), .user("q"), .says("b")], "a system message stands in the middle"),
            ([.user("q"), Message(role: "user", parts: []), .says("a")], "a message has no content"),
            (
                [.user("q"), Message(role: "critic", parts: [.text("x")]), .says("a")],
                "a message has a role that chat formats do not know"
            ),
            (
                [Message(role: "user", parts: [.redacted]), Message(role: "assistant", parts: [.redacted])],
                "nothing of what was said was captured"
            ),
            (
                [
                    Message(role: "user", parts: [.media(modality: "image", mimeType: nil, reference: "9 bytes")]),
                    .says("a"),
                ],
                "an image, sound or file has no place in the format, or no address"
            ),
        ]
        for (messages, reason) in cases {
            var trace = ChatTrace()
            trace.call(messages, [])
            let (lines, remarks) = try written(format, trace)
            #expect(lines.isEmpty)
            #expect(remarks.contains("1 trajectory left out: \(reason)."), "\(remarks)")
        }
    }

    @Test(arguments: [ExportFormat.openaiMessages, .hfMessages, .sharegpt])
    func anOpenLastTurnIsLeftOutAlone(_ format: ExportFormat) throws {
        var whole = ChatTrace()
        whole.call([.user("q")], [.says("a")])
        var open = ChatTrace()
        open.call([.user("q"), .says("a"), .user("r"), .asks("c"), .result("c", "x")], [.asks("d")])
        let (expected, _) = try written(format, whole)
        let (lines, remarks) = try written(format, open)
        #expect(lines.count == 1)
        #expect(remarks.contains("1 trajectory written without the last turn, which has no answer."))
        if format != .hfMessages { #expect(lines == expected) }
    }

    /// A call that lost its first attributes, one that lost its last, and one whose text was cut as well.
    @Test(arguments: [
        ([Message.says("message 45"), .user("message 46")], [Message.says("answer")]),
        ([.user("message 0"), .says("message 1"), .user("message 2")], []),
        ([.user(#"[{"role": "user", "content": "Where is"#), .says("message 1")], [.says("answer")]),
    ])
    func callsThatLostAttributesAreLeftOut(input: [Message], output: [Message]) throws {
        var trace = ChatTrace()
        trace.call(input, output) { $0.span.droppedAttributesCount = 92 }
        let (lines, remarks) = try written(.openaiMessages, trace)
        let reason = "the producer dropped attributes of its model calls, so that messages are missing"
        #expect(lines.isEmpty && remarks.contains("1 trajectory left out: \(reason)."), "\(remarks)")
    }

    /// Results of parallel calls in any order, and one id that two rounds use.
    @Test func resultsStandBehindTheirCalls() throws {
        func order(_ messages: [Message]) throws -> [String] {
            var trace = ChatTrace()
            trace.call(messages, [.says("done")])
            let (lines, _) = try written(.openaiMessages, trace)
            let line = try JSONValue(parsing: try #require(lines.first))
            return (line["messages"]?.elements ?? []).compactMap { message in
                message["tool_call_id"]?.string.map { "\($0) \(message["content"]?.string ?? "")" }
            }
        }
        let both = Message(role: "assistant", parts: Message.asks("a").parts + Message.asks("b").parts)
        #expect(try order([.user("q"), both, .result("b", "sun"), .result("a", "rain")]) == ["a rain", "b sun"])
        #expect(try order([.user("q"), both, .result("a", "rain"), .result("b", "sun")]) == ["a rain", "b sun"])
        #expect(
            try order([
                .user("q"), .asks("a"), .result("a", "sun"), .says("sunny"), .user("tomorrow?"), .asks("a"),
                .result("a", "rain"),
            ]) == ["a sun", "a rain"])
    }

    /// What came before a summary is one conversation, what follows it another.
    @Test func aCompactedConversationIsTwo() throws {
        var trace = ChatTrace()
        let run = trace.run("helper")
        let early: [Message] = [.user("q"), .says("rain")]
        let late: [Message] = [.user("What was said: rain"), .user("again"), .says("snow")]
        trace.call([early[0]], [early[1]], run: run)
        trace.call(early + [.user("more")], [.says("sun")], run: run)
        trace.call(Array(late.prefix(2)), [late[2]], run: run)
        trace.call(late + [.user("last")], [.says("done")], run: run)
        let outlines = trace.trajectories.map(\.outline)
        #expect(outlines.count == 2, "\(outlines)")
        #expect(outlines.first == ["U:q", "A:rain", "U:more", "A:sun"])
        #expect(outlines.last?.suffix(3) == ["A:snow", "U:last", "A:done"])
        #expect(try written(.openaiMessages, trace).lines.count == 2)
    }

    @Test func theRestOfAnOpenConversationThatAnotherHoldsIsLeftOut() throws {
        var trace = ChatTrace()
        let start: [Message] = [.user("q"), .says("a"), .user("r")]
        trace.call(start, [.asks("c")])
        trace.call(start + [.says("I asked the weather."), .user("It is 9 C.")], [.says("b")])
        let (lines, remarks) = try written(.openaiMessages, trace)
        #expect(lines.count == 1 && lines[0].contains("It is 9 C."))
        #expect(remarks.contains("1 trajectory left out: without its open last turn it is the beginning of another."))
    }

    @Test func aPartIsNamedWhereThereIsAPlace() throws {
        var fixture = weather.fixture
        fixture.trace.part = "agent helper#1"
        var rows = try #require(ChatExporter(.hfMessages))
        #expect(rows.text([fixture]).contains(#""part":"agent helper#1""#))
        var lines = try #require(ChatExporter(.sharegpt))
        _ = lines.text([fixture])
        #expect(lines.remarks.contains("Nothing in the file says that it holds a part only: agent helper#1."))
    }

    @Test func imagesWithAnAddressAreForOpenAIOnly() throws {
        let image = MessagePart.media(modality: "image", mimeType: "image/png", reference: "https://example.org/a.png")
        var trace = ChatTrace()
        trace.call([Message(role: "user", parts: [.text("What is it?"), image])], [.says("A cat.")])
        let line = try #require(try written(.openaiMessages, trace).lines.first)
        #expect(line.contains(#"{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}"#))
        #expect(try written(.sharegpt, trace).lines.isEmpty)
    }

    @Test func namesThatOpenAIDoesNotTakeAreLeftOutThere() throws {
        var trace = ChatTrace()
        trace.call([.user("q"), .asks("c", name: "mcp.search"), .result("c", "r")], [.says("a")])
        #expect(try written(.openaiMessages, trace).lines.isEmpty)
        #expect(try written(.sharegpt, trace).lines.count == 1)
    }

    @Test func aTraceWithoutContentIsTold() throws {
        var trace = ChatTrace()
        trace.call([], [])
        #expect(try written(.hfMessages, trace).remarks == ["1 trace left out: no model call with captured messages."])
    }

    @Test func rowsWithCallsComeFirstForReadersThatGuessTypes() throws {
        var plain = ChatTrace()
        plain.call([.user("q")], [.says("a")])
        var writer = try #require(ChatExporter(.hfMessages))
        let lines = writer.text([plain.fixture, plain.fixture, weather.fixture, plain.fixture]).split(separator: "\n")
        #expect(lines.map { $0.contains("\"weather\"") } == [true, false, false, false])
    }

    @Test func randomSpansGiveValidLinesOrNone() throws {
        var counts: [ExportFormat: Int] = [:]
        for seed in 0..<60 {
            var random = SplitMix64(seed: UInt64(seed))
            let traces = (0..<4).map { _ in Self.randomTrace(&random).fixture }
            for (format, _) in ChatFileTests.formats {
                counts[format, default: 0] += try ChatFileTests.lines(format, traces, "seed \(seed)").lines.count
            }
        }
        #expect(ChatFileTests.formats.allSatisfy { counts[$0.format, default: 0] > 100 }, "\(counts)")
    }

    /// Spans whose messages are as odd as can be, often repeating what came before.
    private static func randomTrace(_ random: inout SplitMix64) -> ChatTrace {
        var trace = ChatTrace()
        let runs = [0, trace.run("a"), trace.run(nil), trace.run("b\u{202E}\u{0}"), 99]
        var histories: [[Message]] = [[]]
        for _ in 0..<Int.random(in: 0...14, using: &random) {
            let parent = trace.spans.randomElement(using: &random)?.row.spanID
            switch Int.random(in: 0..<8, using: &random) {
            case 0: trace.span(SpanKind.allCases.randomElement(using: &random) ?? .other, parent: parent)
            case 1: trace.tool(ids.randomElement(using: &random), gives: texts.randomElement(using: &random))
            default:
                var input = histories.randomElement(using: &random) ?? []
                for _ in 0..<Int.random(in: 0...2, using: &random) { input += turn(&random) }
                let isOdd = Int.random(in: 0..<4, using: &random) == 0
                let output = isOdd ? [message(&random), message(&random)] : [.says("done")]
                trace.call(input, output, run: runs.randomElement(using: &random) ?? 0, parent: parent) {
                    $0.content.toolDefinitions = Bool.random(using: &random) ? definitions : []
                }
                histories.append(input + output)
            }
        }
        return trace
    }

    private static let ids = ["c1", "c2", "call_1", ""]
    private static let texts = ["", " ", "9 C", "{\"a\":[", "[1,\"x\"]", "\u{1B}[31m\u{2028}\r\n", "\u{FFFD}"]
    private static let definitions = [
        "", "[]", "{\"name\":\"weather\",\"parameters\":\"{}\"}",
        "{\"type\":\"function\",\"function\":{\"name\":\"\"}}",
        "{\"functionDeclarations\":[{\"name\":\"f\"},{\"name\":\"f\",\"parameters\":[]}]}",
    ]

    /// A turn as it should be, or a message that is not.
    private static func turn(_ random: inout SplitMix64) -> [Message] {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: [message(&random)]
        case 1: [.user("q"), .asks("c1"), .result("c1", texts.randomElement(using: &random))]
        default: [.user("q"), .says("a")]
        }
    }

    private static func message(_ random: inout SplitMix64) -> Message {
        let roles = ["system", "user", "user", "assistant", "assistant", "tool", "tool", "critic", ""]
        let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ -> MessagePart in
            let text = texts.randomElement(using: &random) ?? ""
            let id = Bool.random(using: &random) ? ids.randomElement(using: &random) : nil
            switch Int.random(in: 0..<9, using: &random) {
            case 0: return .reasoning(text)
            case 1, 2:
                return .toolCall(
                    id: id, name: ["weather", "a b", nil].randomElement(using: &random) ?? nil, arguments: text)
            case 3, 4: return .toolResult(id: id, result: Bool.random(using: &random) ? text : nil)
            case 5:
                return .media(
                    modality: "image", mimeType: nil,
                    reference: ["https://x/y", "3 bytes"][Int.random(in: 0...1, using: &random)])
            case 6: return [.other(type: "x", json: text), .redacted][Int.random(in: 0...1, using: &random)]
            default: return .text(text)
            }
        }
        return Message(role: roles.randomElement(using: &random) ?? "", name: id(&random), parts: parts)
    }

    private static func id(_ random: inout SplitMix64) -> String? {
        [nil, nil, "ann", "two words"].randomElement(using: &random) ?? nil
    }
}
