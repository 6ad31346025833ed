import TestSupport
import Testing

/// Where tests run that Swift's pool is wrong for.
@Suite struct TestThreadsTests {
    @Test(.blocking) func testsThatBlockTakeNoThreadOfThePool() {
        #expect(TestThreads.current === TestThreads.blocking)
    }

    @Test(.prompt) func promptTestsGoOnWhereTheyBegan() async {
        #expect(TestThreads.current === TestThreads.prompt)
        await Task.yield()
        #expect(TestThreads.current === TestThreads.prompt)
    }
}
