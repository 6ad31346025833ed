import Basics
import FastJSON
import Foundation
import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite("Trajectories come back as they were")
struct AtifRestoringTests {
    /// One document that uses all that the format has.
    static let everything = """
        {"schema_version":"ATIF-v1.7","session_id":"s-1","trajectory_id":"t-1",
         "agent":{"name":"boss","version":"2.0","model_name":"m-1","tool_definitions":[{"name":"ask","x":1.50}],"extra":{"a":[1,2.0,null]}},
         "steps":[
          {"step_id":1,"timestamp":"2026-01-06T00:00:01+00:00","source":"system","message":"Be \\u0007 kind.","extra":{"k":"v"}},
          {"step_id":2,"source":"user","message":[{"type":"text","text":"See ","source":null},{"type":"text","text":""},
            {"type":"image","source":{"media_type":"image/png","path":"images/1.png"}}],"timestamp":null,"model_name":null},
          {"step_id":3,"timestamp":"2026-01-06T00:00:02.123456789Z","source":"agent","message":"","model_name":"m-2",
           "reasoning_effort":0.5,"reasoning_content":"","llm_call_count":2,
           "tool_calls":[{"tool_call_id":"c1","function_name":"ask","arguments":{"q":[{"deep":1e3}]},"extra":{"e":1}},
             {"tool_call_id":"c2","function_name":"look","arguments":{}}],
           "observation":{"results":[
             {"source_call_id":"c2","content":[{"type":"text","text":"seen","source":null}],"extra":{"z":null}},
             {"source_call_id":"c1","content":"asked","subagent_trajectory_ref":[{"trajectory_id":"t-2","session_id":null,"extra":{}}]},
             {"content":"by the way"},{"source_call_id":null}]},
           "metrics":{"prompt_tokens":12,"completion_tokens":3,"cached_tokens":4,"cost_usd":0.0125,
             "prompt_token_ids":[1,2],"completion_token_ids":[3],"logprobs":[-0.25,-1.0],"extra":{"r":1}}},
          {"step_id":4,"source":"agent","message":"done","is_copied_context":true,"reasoning_effort":"high","metrics":null},
          {"step_id":5,"source":"agent","message":"","llm_call_count":0,"tool_calls":[{"tool_call_id":"c3","function_name":"f","arguments":{}}]},
          {"step_id":6,"source":"system","message":"","observation":{"results":[{"content":"bell"}]}},
          {"step_id":7,"source":"agent","message":"","tool_calls":[],"observation":{"results":[]}}],
         "notes":"n","final_metrics":{"total_steps":7,"total_cost_usd":1,"extra":{}},"continued_trajectory_ref":"next.json","extra":{"spandrel":{"program":"p"}},
         "subagent_trajectories":[
          {"schema_version":"ATIF-v1.7","trajectory_id":"t-2","agent":{"name":"helper","version":"1"},
           "steps":[{"step_id":1,"source":"user","message":"?"},{"step_id":2,"source":"agent","message":"!"}],
           "subagent_trajectories":[{"schema_version":"ATIF-v1.8","session_id":"x","trajectory_id":"t-4","agent":{"name":"deep","version":"1"},
             "steps":[{"step_id":1,"source":"agent","message":[{"type":"audio","source":{"media_type":"audio/wav","path":"a.wav","duration_sec":1.5}}],"llm_call_count":null}]}]},
          {"schema_version":"ATIF-v1.7","trajectory_id":"t-3","agent":{"name":"idle","version":"1"},"steps":[{"step_id":1,"source":"user","message":"hm"}]}]}
        """

    @Test("everything that the format has")
    func everything() throws {
        let read = try AtifFiles.read(Array(Self.everything.utf8))
        #expect(read.rejects == [])
        let written = AtifFiles.write(read.spans)
        let document = try #require(try AtifFiles.documents(written).first)
        #expect(AtifFiles.canonical(document) == AtifFiles.canonical(try JSONValue(parsing: Self.everything)))
        #expect(AtifValidator.faults(document) == [])
        let again = try AtifFiles.read(written)
        #expect(again.spans == read.spans)
        #expect(AtifFiles.write(again.spans) == written)
    }

    @Test("recorded trajectories")
    func recorded() throws {
        let folder = Recordings.path("trajectories/atif")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        #expect(!names.isEmpty)
        for name in names.sorted() {
            let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
            let read = try AtifFiles.read(Array(data))
            #expect(read.rejects == [], "\(name)")
            let written = AtifFiles.write(read.spans)
            let parsed = try JSONValue(parsing: Array(data))
            let documents = try AtifFiles.documents(written)
            #expect(
                documents.map(AtifFiles.canonical) == (parsed.elements ?? [parsed]).map(AtifFiles.canonical), "\(name)")
            #expect(documents.flatMap(AtifValidator.faults) == [], "\(name)")
            #expect(AtifFiles.write(try AtifFiles.read(written).spans) == written, "\(name)")
        }
    }

    @Test("a secret stands nowhere else than where it was, so that placeholders come out in its places")
    func placeholders() throws {
        let marked = Self.everything.replacing("\"c1\"", with: "\"sk-1-c1\"").replacing("kind.", with: "sk-1")
            .replacing("\"k\":\"v\"", with: "\"sk-1\":\"v sk-1\"").replacing("asked", with: "sk-1 asked")
            .replacing("images/1.png", with: "https://sk-1@host").replacing("\"n\"", with: "\"sk-1\"")
            .replacing("\"deep\":1e3", with: "\"deep\":\"sk-1\"").replacing("\"boss\"", with: "\"sk-1\"")
        var spans = try AtifFiles.read(Array(marked.utf8)).spans
        for index in spans.indices {
            spans[index].name = spans[index].name.replacing("sk-1", with: "[KEY#a1b2]")
            for place in spans[index].attributes.indices {
                guard case .string(let text) = spans[index].attributes[place].value else { continue }
                spans[index].attributes[place].value = .string(text.replacing("sk-1", with: "[KEY#a1b2]"))
            }
        }
        let document = try #require(try AtifFiles.documents(AtifFiles.write(spans)).first)
        let expected = try JSONValue(parsing: marked.replacing("sk-1", with: "[KEY#a1b2]"))
        #expect(AtifFiles.canonical(document) == AtifFiles.canonical(expected))
    }

    @Test("what is left of a trajectory is strict too, and named as a part")
    func parts() throws {
        let spans = try AtifFiles.read(Array(Self.everything.utf8)).spans
        var random = SplitMix64(seed: 3)
        for round in 0..<150 {
            var left = spans.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
            for index in left.indices {
                if Int.random(in: 0..<20, using: &random) == 0 {
                    left[index].parentSpanID = left.randomElement(using: &random)?.spanID
                }
                left[index].attributes.removeAll { _ in Int.random(in: 0..<12, using: &random) == 0 }
                for place in left[index].attributes.indices where Int.random(in: 0..<16, using: &random) == 0 {
                    guard case .string = left[index].attributes[place].value else { continue }
                    left[index].attributes[place].value = .string("[KEY#a1b2]")
                }
            }
            for var fixture in ExportFixture.traces(left) {
                fixture.trace.part = "steps 1..3"
                var exporter = AtifExporter()
                let document = try #require(try AtifFiles.documents(exporter.bytes([fixture])).first)
                // References may lead to what is no part; versions and times are texts that may be replaced.
                let faults = AtifValidator.faults(document).filter { fault in
                    !["no trajectory within", "schema_version", "timestamp"].contains { fault.contains($0) }
                }
                #expect(faults == [], "round \(round)")
                #expect(document["extra"]?["spandrel"]?["part"] == "steps 1..3")
            }
        }
    }

    @Test("agents and arguments nested deep stay readable")
    func deep() throws {
        let deep = String(repeating: "{\"a\":", count: 400) + "1" + String(repeating: "}", count: 400)
        var spans: [Span] = []
        for number in 1...300 as ClosedRange<UInt64> {
            let parent = number == 1 ? nil : SpanID(2 * number - 2)
            spans.append(agent(2 * number - 1, parent: parent, name: "agent \(number)", arguments: nil))
            spans.append(agent(2 * number, parent: SpanID(2 * number - 1), name: nil, arguments: deep))
        }
        var exporter = AtifExporter()
        let written = exporter.bytes(ExportFixture.traces(spans))
        let document = try #require(try AtifFiles.documents(written).first)
        #expect(AtifValidator.faults(document) == [])
        #expect(document["steps"]?[0]?["tool_calls"]?[0]?["arguments"]?["_raw"] == .string(deep))
        #expect(exporter.remarks.contains { $0.hasPrefix("251 agents are nested too deep") })
        let read = try AtifFiles.read(written)
        #expect(read.rejects == [])
        let isSame = AtifFiles.write(read.spans) == written
        #expect(isSame)
    }

    /// The span of an agent, or without a name that of a tool run.
    private func agent(_ id: UInt64, parent: SpanID?, name: String?, arguments: String?) -> Span {
        var span = Span(
            traceID: TraceID(high: 9, low: 9), spanID: SpanID(id), parentSpanID: parent, name: "x",
            startUnixNano: Int64(id), endUnixNano: nil)
        if let name {
            span.attributes = [
                Attribute("gen_ai.operation.name", .string("invoke_agent")),
                Attribute("gen_ai.agent.name", .string(name)),
            ]
        } else {
            span.attributes = [
                Attribute("gen_ai.operation.name", .string("execute_tool")),
                Attribute("gen_ai.tool.name", .string("delegate")),
                Attribute("gen_ai.tool.call.arguments", .string(arguments ?? "")),
            ]
        }
        return span
    }
}
