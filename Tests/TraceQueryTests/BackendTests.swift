import Foundation
import Testing
import TraceModel
import TraceStore

@testable import TraceQuery

@Suite struct BackendTests {
    @Test func missingFileIsItsOwnError() throws {
        #expect(throws: QueryError.missing(path: "/nowhere/traces.db")) {
            try SQLiteBackend(path: "/nowhere/traces.db")
        }
    }
}
