import Testing
import TraceModel

@testable import TraceAnalysis

@Suite("Ledger of a trace")
struct LedgerTests {
    private func steps(_ numbers: [Int64], _ kind: SpanKind = .tool, key: String = "step") -> StepFixture {
        var trace = StepFixture()
        for (index, number) in numbers.enumerated() {
            trace.span(kind, Int64(index), Int64(index) + 1) {
                $0.stepNumber = number
                $0.stepKey = key
            }
        }
        return trace
    }

    @Test("a whole trace misses nothing")
    func whole() {
        let ledger = JointFixture.oneCall().ledger
        #expect(ledger.items.filter { $0.kind != .unknownUsage } == [])
        #expect(ledger.missing == 0)
        #expect(ledger.expectedAtLeast == 4)
    }

    @Test("holes in the numbers of steps are missing calls where the bearers are calls")
    func stepGaps() {
        #expect(steps([1, 2, 5]).ledger().missing == 2)
        #expect(steps([3, 4, 6]).ledger().missing == 3)
        #expect(steps([0, 1, 3]).ledger().missing == 1)
        #expect(steps([1, 2, 2, 3]).ledger().items(.stepGap) == [])
        let chains = steps([1, 2, 5], .chain).ledger()
        #expect(chains.missing == 0)
        #expect(chains.items(.stepGap).map(\.certainty) == [.inferred])
    }

    @Test("numbers that go up by twos or hundreds, one alone, and a thread that goes on have no holes")
    func noStepGaps() {
        for trace in [
            steps([1, 3, 5], .llm), steps([100, 200, 400]), steps([46]), steps([1, .max]), steps([-3, 1, 2]),
            steps([7, 8, 9], key: "metadata.langgraph_step"),
        ] {
            #expect(trace.ledger().items(.stepGap) == [])
            #expect(trace.ledger().missing == 0)
        }
    }

    @Test("a result without an execution is a missing call, a hand-off is none")
    func unexecuted() {
        func trace(_ name: String) -> TraceLedger {
            var trace = JointFixture()
            let agent = trace.span(.agent, "support", 0, 4_000)
            trace.model(parent: agent, 10, 90, asks: [("c1", "search", "{}"), ("c2", name, "{}")])
            trace.tool("search", parent: agent, id: "c1", "{}", gives: "found", 100, 200)
            trace.model(
                parent: agent, 300, 400, recalls: [("c1", "search", "{}"), ("c2", name, "{}")],
                delivers: [("c1", "found"), ("c2", "done")], answer: "Done.")
            return trace.ledger
        }
        let lost = trace("lookup")
        #expect(lost.missing == 1)
        #expect(lost.items(.toolCallWithoutExecution).map(\.certainty) == [.proven])
        for name in ["transfer_to_billing", "final_result"] {
            #expect(trace(name).missing == 0)
            #expect(trace(name).items(.toolCallWithoutExecution) == [])
        }
    }

    @Test("stated totals are set against parts, and against calls however deep")
    func usage() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100) {
            $0.aggregatedInputTokens = 300
            $0.aggregatedOutputTokens = 20
        }
        let chain = trace.span(.chain, 1, 90, in: agent)
        let call = trace.span(.llm, 2, 50, in: chain) { $0.statedTotalTokens = 90 }
        trace.change { ($0.tokensInput, $0.tokensOutput) = (100, 20) }
        // The client's span beneath a call repeats its usage.
        trace.span(.llm, 3, 49, in: call)
        trace.change { ($0.tokensInput, $0.tokensOutput) = (100, 20) }
        let items = trace.ledger().items(.usageMismatch)
        #expect(items.map(\.expected) == [90, 300])
        #expect(items.map(\.recorded) == [120, 100])
        #expect(items.map(\.missing) == [0, 200])
        #expect(items.first?.message.contains("its input and output tokens come to 120") == true)
    }

    @Test("calls without usage are told once, failed ones not")
    func unknownUsage() {
        var trace = StepFixture()
        trace.span(.llm, 0, 1)
        trace.span(.llm, 2, 3)
        trace.change { $0.tokensOutput = 0 }
        trace.span(.llm, 4, 5)
        trace.change { $0.isError = true }
        #expect(trace.ledger().items(.unknownUsage).map(\.missing) == [1])
        #expect(trace.ledger().items(.unknownUsage).map(\.expected) == [2])
    }

    @Test("losses of single spans each have their line")
    func spans() {
        var trace = StepFixture()
        trace.span(.chain, 0, 1) {
            ($0.attributeCount, $0.droppedAttributes, $0.eventCount) = (128, 6, 128)
            ($0.redactedValues, $0.truncatedValues) = (2, 1)
        }
        trace.span(.chain, 2, nil)
        trace.change { $0.marks = [.unfinished, .duplicateSpanID, .parentCycle] }
        trace.span(.chain, 5, 4)
        trace.change { $0.marks = .endBeforeStart }
        trace.span(.llm, 6, 7) { $0.previousResponseID = "resp_1" }
        trace.span(.llm, 8, 9) { ($0.responseID, $0.previousResponseID) = ("resp_3", "resp_3") }
        let ledger = trace.ledger()
        #expect(ledger.items(.droppedAttributes).map(\.expected) == [134])
        #expect(ledger.items(.spanLimit).count == 1)
        #expect(ledger.items(.redactedValues).map(\.missing) == [2])
        #expect(ledger.items(.truncatedValues).map(\.missing) == [1])
        for kind: LedgerItem.Kind in [.unfinishedSpan, .duplicateSpanID, .parentCycle, .brokenTime, .unseenResponse] {
            #expect(ledger.items(kind).count == 1)
        }
        #expect(ledger.missing == 0)
    }

    @Test("beyond a hundred of a kind, one line sums the rest")
    func cap() {
        var trace = StepFixture()
        for number in 0..<250 { trace.span(.chain, Int64(number), 300) { $0.redactedValues = 3 } }
        let items = trace.ledger().items(.redactedValues)
        #expect(items.count == 101)
        #expect(items.last?.message == "150 more of this kind are not listed.")
        #expect(items.reduce(0) { $0 + $1.missing } == 750)
    }
}
