import Foundation
import TestSupport
import Testing

/// Where tests run that Swift's pool is wrong for.
@Suite struct TestThreadsTests {
    private var thread: String { Thread.current.name ?? "" }

    @Test(.blocking) func testsThatBlockTakeNoThreadOfThePool() {
        #expect(thread == "blocking-tests")
    }

    @Test(.prompt) func promptTestsGoOnWhereTheyBegan() async {
        #expect(thread == "prompt-tests")
        await Task.yield()
        #expect(thread == "prompt-tests")
    }
}
