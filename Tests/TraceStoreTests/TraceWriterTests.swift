import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite struct TraceWriterTests {
    @Test func storesAndRecognisesSpans() throws {
        let store = try TemporaryStore()
        let span = Fixture.span(1)
        let first = try store.write([span])
        #expect(first.spansNew == 1 && first.tracesNew == 1)
        let again = try store.write([span])
        #expect(again.spansNew == 0 && again.spansKnown == 1)
        #expect(try store.integer("SELECT count(*) FROM span") == 1)
    }
}
