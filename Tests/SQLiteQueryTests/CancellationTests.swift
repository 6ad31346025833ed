import Testing
import TraceModel
import TraceQuery

@testable import SQLiteQuery

@Suite struct CancellationTests {
    /// Work that would go on for hours.
    private static let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

    @Test func aRunningStatementStops() async throws {
        let backend = try await Shared.incidents.backend()
        let task = Task { try await backend.sql(Self.endless) }
        // Another request on the same backend is not held up, nor is it hit by the cancellation.
        #expect(try await backend.kept("kind:tool") == [3, 1])
        task.cancel()
        await #expect(throws: QueryError.cancelled) { _ = try await task.value }
        #expect(try await backend.kept("kind:tool") == [3, 1])
    }

    @Test func aCancelledTaskStartsNothing() async throws {
        let backend = try await Shared.incidents.backend()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await backend.sql(Self.endless)
        }
        await #expect(throws: QueryError.cancelled) { _ = try await task.value }
    }

    @Test func manyAtOnceEachEndAlone() async throws {
        let backend = try await Shared.incidents.backend()
        let tasks = (0..<8).map { _ in Task { try await backend.sql(Self.endless) } }
        for task in tasks.dropLast(4) { task.cancel() }
        for task in tasks.dropLast(4) { await #expect(throws: QueryError.cancelled) { _ = try await task.value } }
        #expect(try await backend.sql("SELECT 1").rows.count == 1)
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: QueryError.cancelled) { _ = try await task.value } }
    }

    @Test func loopsOfOurOwnStopToo() async throws {
        let fixture = try Incidents.fixture()
        let connection = try ReadOnlyFile.open(fixture.path)
        let started = RequestToken()
        await withTaskGroup(of: Result<Int, QueryError>.self) { group in
            group.addTask {
                await connection.run { session -> Int in
                    started.cancel()
                    while true { try session.checkCancelled() }
                }
            }
            while !started.isCancelled { await Task.yield() }
            group.cancelAll()
            for await result in group { #expect(result == .failure(.cancelled)) }
        }
        // The connection is fit for the next request.
        let count = await connection.run { try OverviewReader(session: $0).totals().spans }
        #expect(count == .success(9))
    }
}
