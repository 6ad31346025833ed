import FastJSON
import Foundation
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
          {"step_id":2,"source":"user","message":[{"type":"text","text":"See "},{"type":"text","text":""},
            {"type":"image","source":{"media_type":"image/png","path":"images/1.png"}}],"timestamp":null,"model_name":null},
          {"step_id":3,"timestamp":"2026-01-06T00:00:02.123456789Z","source":"agent","message":"","model_name":"m-2",
           "reasoning_effort":0.5,"reasoning_content":"","llm_call_count":2,
           "tool_calls":[{"tool_call_id":"c1","function_name":"ask","arguments":{"q":[{"deep":1e3}]},"extra":{"e":1}},
             {"tool_call_id":"c2","function_name":"look","arguments":{}}],
           "observation":{"results":[
             {"source_call_id":"c2","content":[{"type":"text","text":"seen"}],"extra":{"z":null}},
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

    @Test("recorded trajectories", .enabled(if: SharedRecords.isPresent))
    func recorded() throws {
        let folder = SharedRecords.path("trajectories/atif")
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
}
