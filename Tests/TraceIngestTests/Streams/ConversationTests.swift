import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Labelled conversations")
struct ConversationTests {
    private static let text = """
        {"question": "How many?", "mistake_agent": "Orchestrator", "mistake_step": "1", "history": [
            {"content": "How many?", "role": "human"},
            {"content": "Look it up.", "role": "Orchestrator (-> WebSurfer)"},
            {"content": "I found 4.", "role": "WebSurfer"},
            {"content": "exitcode: 1 (execution failed)\\nTraceback", "role": "user", "name": "Computer_terminal"},
            {"role": "WebSurfer"}
        ]}
        """

    @Test("every message is a span in its order, without an invented time")
    func messages() throws {
        let decoded = try Decoded(Self.text)
        let names = decoded.spans.map(\.name)
        #expect(
            names == ["conversation", "human", "Orchestrator (-> WebSurfer)", "WebSurfer", "Computer_terminal"])
        #expect(decoded.spans.allSatisfy { $0.startUnixNano == nil && $0.endUnixNano == nil })
        #expect(decoded.spans.dropFirst().allSatisfy { $0.parentSpanID == decoded.spans[0].spanID })
        #expect(Set(decoded.spans.map(\.spanID)).count == 5)
        #expect(decoded.rejects.map(\.reason) == ["message 4 has no content or no speaker"])
    }

    @Test("speakers are agents, terminals are tools, and exit codes are outcomes")
    func speakers() throws {
        let facts = try Decoded(Self.text).spans.map { Dialect.facts(of: $0) }
        #expect(facts.map(\.kind) == [.workflow, .other, .llm, .llm, .tool])
        #expect(facts.map(\.agentName) == [nil, nil, "Orchestrator", "WebSurfer", nil])
        #expect(facts.map(\.isError) == [false, false, false, false, true])
    }

    @Test("the same file gives the same ids")
    func stable() throws {
        #expect(try Decoded(Self.text).spans == Decoded(Self.text).spans)
    }

    @Test("all files of the data set are read whole")
    func dataSet() throws {
        let folder = Recordings.path("trajectories/who-and-when")
        let names = Recordings.names("trajectories/who-and-when").filter { $0.hasSuffix(".json") }
        var spans = 0
        for name in names {
            let decoded = try Decoded(InputFile(path: folder + "/" + name))
            #expect(decoded.rejects.isEmpty, "\(name): \(decoded.rejects)")
            spans += decoded.spans.count
        }
        // In all 1,315 messages, and a root for each of the 52 conversations.
        #expect((names.count, spans) == (Recordings.isWhole ? (52, 1_367) : (4, 30)))
    }
}
