import Foundation
package import Testing

/// Threads for tests that Swift's pool is wrong for.
///
/// The pool has one thread for each processor, and over a thousand tests share it. A test that waits in the kernel takes
/// such a thread from all others; a test that talks to a server waits at each `await` behind every test that is queued.
package final class TestThreads: TaskExecutor, @unchecked Sendable {
    /// For tests that wait in the kernel: for programs, terminals, other threads.
    package static let blocking = TestThreads(count: max(2, processors))
    /// For tests with a server or a clock on the other side, which none of them may keep waiting; none of them blocks.
    package static let prompt = TestThreads(count: 2)

    /// Whose thread runs this; a thread's name does not tell, since Foundation may set it on another thread or not at all.
    package static var current: TestThreads? { Thread.current.threadDictionary[key] as? TestThreads }

    private static let key = "TestThreads"
    private static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

    // Jobs are touched under the condition's lock only.
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    private init(count: Int) {
        for _ in 1...count {
            let thread = Thread { [self] in
                Thread.current.threadDictionary[Self.key] = self
                run()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    private func run() {
        while true {
            condition.lock()
            while jobs.isEmpty { condition.wait() }
            let job = jobs.removeFirst()
            condition.unlock()
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// Runs the tests of a suite, or one test, on other threads than the pool's.
package struct RunningOnThreads: SuiteTrait, TestTrait, TestScoping {
    let threads: TestThreads
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(threads) { try await function() }
    }
}

extension Trait where Self == RunningOnThreads {
    /// The tests wait in the kernel.
    package static var blocking: Self { Self(threads: .blocking) }
    /// The tests must not wait behind others.
    package static var prompt: Self { Self(threads: .prompt) }
}
