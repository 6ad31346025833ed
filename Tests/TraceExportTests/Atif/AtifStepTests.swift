import Basics
import FastJSON
import Testing
import TraceDialect
import TraceExport
import TraceModel

@Suite("What steps say of a trace")
struct AtifStepTests {
    private static let start: Int64 = 1_795_000_000_000_000_000

    private func span(
        _ id: UInt64, parent: UInt64?, _ name: String, at milliseconds: Int64, _ attributes: [(String, String)]
    ) -> Span {
        let time = Self.start + milliseconds * 1_000_000
        return Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: name,
            startUnixNano: time, endUnixNano: time + 1_000_000,
            attributes: attributes.map { Attribute($0.0, Int64($0.1).map { .int($0) } ?? .string($0.1)) })
    }

    private func call(
        _ id: UInt64, parent: UInt64, at time: Int64, input: String, output: String, _ more: (String, String)...
    )
        -> Span
    {
        span(
            id, parent: parent, "chat m", at: time,
            [
                ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), ("gen_ai.input.messages", input),
                ("gen_ai.output.messages", output),
            ] + more)
    }

    private func tool(_ id: UInt64, parent: UInt64, at time: Int64, _ name: String, call: String?, result: String?)
        -> Span
    {
        span(
            id, parent: parent, "execute_tool " + name, at: time,
            [
                ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", name),
                ("gen_ai.tool.call.arguments", #"{"q":1}"#),
            ]
                + (call.map { [("gen_ai.tool.call.id", $0)] } ?? [])
                + (result.map { [("gen_ai.tool.call.result", $0)] } ?? []))
    }

    private func agent(_ id: UInt64, parent: UInt64?, at time: Int64, _ name: String) -> Span {
        span(
            id, parent: parent, "invoke_agent " + name, at: time,
            [("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", name)])
    }

    private func said(_ role: String, _ text: String) -> String {
        #"{"role":"\#(role)","parts":[{"type":"text","content":"\#(text)"}]}"#
    }

    private func asked(_ id: String, _ name: String, _ arguments: String = #"{"q":1}"#) -> String {
        #"{"role":"assistant","parts":[{"type":"tool_call","id":"\#(id)","name":"\#(name)","arguments":\#(arguments)}]}"#
    }

    private func answered(_ id: String, _ text: String) -> String {
        #"{"role":"tool","parts":[{"type":"tool_call_response","id":"\#(id)","response":"\#(text)"}]}"#
    }

    private func document(_ spans: [Span], part: String? = nil) throws -> JSONValue {
        var fixtures = ExportFixture.traces(spans)
        fixtures[0].trace.part = part
        var exporter = AtifExporter()
        let documents = try AtifFiles.documents(exporter.bytes(fixtures))
        let document = try #require(documents.first)
        #expect(AtifValidator.faults(document) == [])
        return document
    }

    private func outline(_ document: JSONValue) -> [String] {
        (document["steps"]?.elements ?? []).map { step in
            let calls = (step["tool_calls"]?.elements ?? []).map { "!" + ($0["function_name"]?.string ?? "") }
            let results = (step["observation"]?["results"]?.elements ?? []).map { result in
                "<" + (result["source_call_id"]?.string ?? "") + ":" + (result["content"]?.string ?? "")
                    + (result["subagent_trajectory_ref"] == nil ? "" : "*")
            }
            let words = [step["source"]?.string ?? "", step["message"]?.string ?? "[]"] + calls + results
            return words.joined(separator: " ")
        }
    }

    @Test("a history that every call repeats is told once")
    func history() throws {
        let first = "[\(said("system", "S")),\(said("user", "U"))]"
        let second = "[\(said("system", "S")),\(said("user", "U")),\(asked("c1", "f")),\(answered("c1", "R"))]"
        let third = String(second.dropLast()) + ",\(said("assistant", "A ")),\(said("user", "U"))]"
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"),
            call(
                2, parent: 1, at: 1, input: first, output: "[\(asked("c1", "f"))]", ("gen_ai.usage.input_tokens", "7")),
            tool(3, parent: 1, at: 3, "f", call: "c1", result: "R"),
            call(4, parent: 1, at: 5, input: second, output: "[\(said("assistant", "A"))]"),
            call(5, parent: 1, at: 7, input: third, output: "[\(said("assistant", "B"))]"),
        ])
        #expect(
            outline(document) == ["system S", "user U", "agent  !f <c1:R", "agent A", "user U", "agent B"])
        #expect(document["agent"]?["name"] == "boss")
        #expect(document["agent"]?["version"] == "unknown")
        // What one of three calls states is no figure of the others.
        #expect(document["final_metrics"]?["total_prompt_tokens"] == 7)
        #expect(document["final_metrics"]?["total_completion_tokens"] == .none)
        #expect(document["final_metrics"]?["extra"]?["model_calls_with_metrics"] == 1)
        #expect(document["steps"]?[3]?["metrics"] == .none)
        #expect(document["steps"]?[2]?["timestamp"] == "2026-11-18T11:06:40.001Z")
    }

    @Test("what a tool gave and the model was told otherwise stands beside it")
    func changedResult() throws {
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"),
            call(2, parent: 1, at: 1, input: "[\(said("user", "U"))]", output: "[\(asked("c1", "f"))]"),
            tool(3, parent: 1, at: 3, "f", call: "c1", result: "whole"),
            call(4, parent: 1, at: 5, input: "[\(answered("c1", "cut"))]", output: "[\(said("assistant", "A"))]"),
        ])
        let result = document["steps"]?[1]?["observation"]?["results"]?[0]
        #expect(result?["content"] == "cut")
        #expect(result?["extra"]?["spandrel"]?["tool_result"] == "whole")
    }

    @Test("an agent started by a tool call stands within, and the call's result refers to it")
    func startedByTool() throws {
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"),
            call(2, parent: 1, at: 1, input: "[\(said("user", "U"))]", output: "[\(asked("c1", "delegate"))]"),
            tool(3, parent: 1, at: 3, "delegate", call: "c1", result: "R"),
            agent(4, parent: 3, at: 4, "worker"),
            call(5, parent: 4, at: 5, input: "[\(said("user", "do"))]", output: "[\(said("assistant", "done"))]"),
            agent(6, parent: 1, at: 8, "critic"),
            call(7, parent: 6, at: 9, input: "[\(said("user", "judge"))]", output: "[\(said("assistant", "fine"))]"),
        ])
        #expect(outline(document) == ["user U", "agent  !delegate <c1:R* <:*"])
        let inner = document["subagent_trajectories"]?.elements ?? []
        #expect(inner.compactMap { $0["agent"]?["name"]?.string } == ["worker", "critic"])
        #expect(inner.map(outline) == [["user do", "agent done"], ["user judge", "agent fine"]])
    }

    @Test("tools that code runs are steps without a model")
    func toolOfCode() throws {
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"), tool(2, parent: 1, at: 1, "f", call: nil, result: "R"),
            tool(3, parent: 1, at: 3, "g", call: nil, result: nil),
        ])
        #expect(outline(document) == ["agent  !f <call_1_1:R", "agent  !g <call_2_1:"])
        #expect(document["steps"]?[0]?["llm_call_count"] == 0)
        // No result is not an empty one.
        #expect(document["steps"]?[1]?["observation"]?["results"]?[0]?["content"] == .none)
    }

    @Test("arguments that are no object are kept as text")
    func rawArguments() throws {
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"),
            call(2, parent: 1, at: 1, input: "[\(said("user", "U"))]", output: "[\(asked("c1", "f", "\"{cut\""))]"),
        ])
        #expect(document["steps"]?[1]?["tool_calls"]?[0]?["arguments"] == ["_raw": "{cut"])
    }

    @Test("a call whose texts were not recorded does not seem to have said nothing")
    func unrecorded() throws {
        let document = try document([
            agent(1, parent: nil, at: 0, "boss"),
            span(2, parent: 1, "chat", at: 1, [("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m")]),
        ])
        #expect(document["steps"]?[0]?["message"] == "")
        #expect(document["steps"]?[0]?["extra"]?["spandrel"]?["content"] == "not recorded")
    }

    @Test("where it comes from is told once, in texts, and a part is named")
    func provenance() throws {
        let spans = [agent(1, parent: nil, at: 0, "boss"), tool(2, parent: 1, at: 1, "f", call: nil, result: "R")]
        let origin = try document(spans, part: "agent boss#1")["extra"]?["spandrel"]
        #expect(origin?["program"] == "spandrel 1.0.0")
        #expect(origin?["part"] == "agent boss#1")
        #expect(origin?["start_unix_nano"] == .string(String(Self.start)))
        #expect(origin?.members?.allSatisfy { $0.value.string != nil } == true)
        var exporter = AtifExporter()
        let again = try AtifFiles.read(exporter.bytes(ExportFixture.traces(spans)))
        let partial = try document(again.spans, part: "steps 1..1")["extra"]
        #expect(partial?.members?.count == 1)
        #expect(partial?["spandrel"]?["part"] == "steps 1..1")
    }

    @Test("times keep their nanoseconds, as far as their readers reach")
    func times() throws {
        let times: [Int64] = [
            0, -1, 1_795_000_000_000_000_000, 1_795_000_000_120_000_000, 1_795_000_000_000_450_000,
            951_782_399_999_999_999,
            -2_208_988_800_000_000_001, 9_000_000_000_000_000_000,
        ]
        for time in times {
            var call = span(1, parent: nil, "chat", at: 0, [("gen_ai.operation.name", "chat")])
            call.startUnixNano = time
            let text = try document([call])["steps"]?[0]?["timestamp"]?.string
            #expect(text.flatMap(ISOTime.nanos) == time, "\(text ?? "")")
        }
        for time in [Int64.min, .max] {
            var call = span(1, parent: nil, "chat", at: 0, [("gen_ai.operation.name", "chat")])
            call.startUnixNano = time
            let step = try document([call])["steps"]?[0]
            #expect(step?["timestamp"] == .none)
            #expect(step?["extra"]?["spandrel"]?["start_unix_nano"] == .string(String(time)))
        }
    }

    @Test("a part names its agents by the numbers they have in the whole trace")
    func partOfRuns() throws {
        var fixture = try #require(
            ExportFixture.traces([
                agent(1, parent: nil, at: 0, "boss"), agent(2, parent: 1, at: 1, "worker"),
                agent(3, parent: 1, at: 4, "critic"), tool(4, parent: 3, at: 5, "f", call: nil, result: "R"),
            ]).first)
        fixture.spans.removeAll { $0.row.spanID < SpanID(3) }
        let runs = Set(fixture.spans.map(\.row.agentRun))
        fixture.trace.agents.runs.removeAll { !runs.contains($0.number) }
        fixture.trace.part = "agent critic"
        var exporter = AtifExporter()
        let document = try #require(try AtifFiles.documents(exporter.bytes([fixture])).first)
        #expect(document["agent"]?["name"] == "critic")
        #expect(outline(document) == ["agent  !f <call_1_1:R"])
    }

    @Test("an export that is read again has the times of the trace")
    func timesComeBack() throws {
        let spans = [
            agent(1, parent: nil, at: 0, "boss"),
            call(2, parent: 1, at: 1, input: "[\(said("user", "U"))]", output: "[\(asked("c1", "f"))]"),
            tool(3, parent: 1, at: 3, "f", call: "c1", result: "R"),
        ]
        var exporter = AtifExporter()
        let read = try AtifFiles.read(exporter.bytes(ExportFixture.traces(spans))).spans
        let found = read.filter { $0.startUnixNano != nil }.map { [$0.startUnixNano, $0.endUnixNano] }
        #expect(found[1...].elementsEqual(spans[1...].map { [$0.startUnixNano, $0.endUnixNano] }))
        // Of the whole trace: from the first start to the last end.
        #expect(found[0] == [spans[0].startUnixNano, spans[2].endUnixNano])
    }
}
