import Exporter
import Testing
import TraceQuery

@Suite struct SelectionTests {
    @Test func selectionsAreValues() {
        #expect(ExportSelection.part(.key(1), .agent("a")) != .part(.key(1), .agent("b")))
    }
}
