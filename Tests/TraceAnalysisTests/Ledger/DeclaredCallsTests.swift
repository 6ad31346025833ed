import Testing
import TraceModel

@testable import TraceAnalysis

@Suite("Calls that spans declare")
struct DeclaredCallsTests {
    private func declare(
        _ subject: DeclaredCount.Subject, _ count: Int64
    ) -> (inout SpanEvidence) -> Void {
        { $0.declaredCounts.append(DeclaredCount(subject, count, key: "declared")) }
    }

    @Test("eight of forty-seven calls, cut off from the span that declares them, leave thirty-nine")
    func sampledAway() {
        var trace = StepFixture()
        let lead = trace.span(.agent, 0, 100, declare(.children, 47))
        trace.span(.llm, 1, 5, in: lead)
        for number in 0..<8 {
            trace.span(.tool, 10 + Int64(number), 20, in: 900 + UInt64(number / 2)) {
                $0.stepNumber = Int64([2, 9, 10, 19, 27, 33, 34, 47][number])
                $0.stepKey = "step"
            }
        }
        let ledger = trace.ledger()
        #expect(ledger.expectedAtLeast == 47)
        #expect(ledger.recorded == 8)
        #expect(ledger.missing == 39)
        #expect(ledger.items(.missingParent).count == 4)
        #expect(ledger.items(.stepGap).map(\.missing) == [39])
        #expect(ledger.items(.declaredChildren).first?.message.contains("at least 39 missing") == true)
    }

    @Test("numbers of one span that may mean the same calls do not add up, those of models and tools do")
    func oneSpan() {
        var trace = StepFixture()
        trace.span(.agent, 0, 100) {
            $0.declaredCounts = [
                DeclaredCount(.children, 10, key: "a"), DeclaredCount(.toolCalls, 8, key: "b"),
                DeclaredCount(.modelCalls, 3, key: "c"),
            ]
        }
        #expect(trace.ledger().missing == 13)
        #expect(trace.ledger().expectedAtLeast == 13)
    }

    @Test("an outer span's number holds those of the inner ones")
    func nested() {
        var trace = StepFixture()
        let outer = trace.span(.agent, 0, 100, declare(.toolCalls, 10))
        trace.span(.agent, 1, 50, in: outer, declare(.toolCalls, 4))
        trace.span(.agent, 51, 90, in: outer, declare(.toolCalls, 3))
        #expect(trace.ledger().missing == 10)
        var wider = StepFixture()
        let root = wider.span(.agent, 0, 100, declare(.toolCalls, 5))
        wider.span(.agent, 1, 50, in: root, declare(.toolCalls, 4))
        wider.span(.agent, 51, 90, in: root, declare(.toolCalls, 3))
        #expect(wider.ledger().missing == 7)
        // Two spans tell of it, so that the recorded calls are those of the trace.
        #expect(wider.ledger().recorded == 3)
    }

    @Test("what failed, was cancelled or has no end may never have made its calls")
    func stopped() {
        for change: (inout SpanRow) -> Void in [
            { $0.isError = true }, { $0.isCancelled = true }, { $0.marks = .unfinished },
        ] {
            var trace = StepFixture()
            trace.span(.agent, 0, 100, declare(.children, 47))
            trace.change(change)
            let ledger = trace.ledger()
            #expect(ledger.missing == 0)
            #expect(ledger.items(.declaredChildren).map(\.certainty) == [.cannotTell])
        }
    }

    @Test("a model's number of calls asked for, a duplicate, and children of any kind miss no call")
    func others() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100, declare(.spans, 3))
        trace.span(.llm, 1, 5, in: agent, declare(.toolCalls, 2))
        trace.span(.chain, 6, 7, in: agent)
        trace.span(.agent, 8, 9, declare(.children, 9))
        trace.change { $0.marks = .duplicateSpanID }
        let ledger = trace.ledger()
        #expect(ledger.missing == 0)
        #expect(ledger.items(.declaredChildren).map(\.missing) == [1])
    }

    @Test("a span that is itself cut off counts what lies beneath it once")
    func cutOff() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100, in: 900, declare(.children, 5))
        trace.span(.tool, 1, 2, in: agent)
        trace.span(.tool, 3, 4, in: agent)
        let ledger = trace.ledger()
        #expect(ledger.recorded == 2)
        #expect(ledger.missing == 3)
    }

    @Test("absurd numbers of several spans do not overflow")
    func absurd() {
        var trace = StepFixture()
        trace.span(.agent, 0, 100, declare(.children, .max))
        trace.span(.agent, 0, 100, declare(.children, .max))
        #expect(trace.ledger().expectedAtLeast == .max)
        #expect(trace.ledger().recorded == 2)
    }

    @Test("a deep chain of spans that all declare, beside many orphans, is no more than its size")
    func deep() {
        var trace = StepFixture()
        var parent: UInt64?
        for number in 0..<20_000 {
            parent = trace.span(.agent, Int64(number), 50_000, in: parent, declare(.children, .max))
        }
        for number in 0..<20_000 { trace.span(.tool, Int64(number), 50_000, in: 900_000 + UInt64(number % 50)) }
        let ledger = trace.ledger()
        // The outermost span may hold all of the others and all orphans.
        #expect(ledger.items(.declaredChildren).first?.recorded == 39_999)
        #expect(ledger.expectedAtLeast == .max)
    }
}
