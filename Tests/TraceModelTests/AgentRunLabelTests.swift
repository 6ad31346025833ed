import Testing
import TraceModel

@Suite struct AgentRunLabelTests {
    private var run: AgentRun {
        var run = AgentRun(number: 1, name: "summarizer", source: .declared)
        run.instance = 3
        run.attempt = 2
        run.attemptReason = .critic
        return run
    }

    @Test func givesUpTheNameThenTheReasonThenTheAttempt() {
        #expect(run.label(width: 40) == "summarizer#3 ·try 2←critic")
        #expect(run.label(width: 26) == run.label)
        #expect(run.label(width: 21) == "su…er#3 ·try 2←critic")
        #expect(run.label(width: 19) == "s…r#3 ·try 2←critic")
        #expect(run.label(width: 18) == "summ…izer#3 ·try 2")
        #expect(run.label(width: 12) == "s…r#3 ·try 2")
        #expect(run.label(width: 10) == "s#3 ·try 2")
        #expect(run.label(width: 9) == "#3 ·try 2")
        #expect(run.label(width: 4) == "su#3")
        #expect(run.label(width: 2) == "#3")
        #expect(run.label(width: 1) == "#")
        #expect(run.label(width: 0) == "")
    }

    @Test func staysWithinTheWidth() {
        for width in -1...30 { #expect(run.label(width: width).count <= max(0, width)) }
    }

    @Test func marksTellTheSource() {
        #expect(IdentitySource.allCases.map(\.mark) == ["?", "", "", "~"])
    }
}
