import TestSupport
import Testing
import TraceExport
import TraceModel

@Suite struct ExportFixtureTests {
    @Test func theDemoComesAnalysed() {
        let traces = ExportFixture.demo()
        #expect(traces.count > 60)
        #expect(traces.allSatisfy { $0.spans.count == $0.trace.spanCount })
        #expect(traces.contains { $0.trace.agents.runs.count > 5 })
        #expect(traces.flatMap(\.spans).contains { $0.row.agentRun > 1 && !$0.content.inputMessages.isEmpty })
        #expect(traces.flatMap(\.spans).contains { $0.stream != nil })
    }

    @Test func recordedProgramsCarryConversations() throws {
        for folder in Recordings.entries("clients") {
            let traces = try ExportFixture.shared(folder)
            #expect(!traces.isEmpty, "\(folder)")
        }
    }
}
