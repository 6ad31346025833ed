import Testing
import TraceModel

@testable import TraceAnalysis

/// Each rule of joints: when it speaks, and when it must not.
@Suite struct JointFindingsTests {
    // The story of the null that became a fact.

    @Test func aNullThatBecameAFactHasOnePrimaryFinding() throws {
        let trace = JointFixture.oneCall(
            gives: #"{"result": null}"#, answer: "Your order arrives on Thursday between 10 and 12.")
        let findings = trace.report.findings
        let primary = try #require(findings.first { $0.severity >= .warning })
        #expect(findings.count { $0.severity >= .warning } == 1)
        #expect(primary.rule == "joint.empty_result")
        #expect(primary.certainty == .proven)
        #expect(primary.spanID == SpanID(3))
        #expect(primary.evidence.contains { $0.label == "result" && $0.value == #"{"result": null}"# })
        let claim = try #require(trace.finding("joint.null_then_claimed"))
        #expect(claim.certainty == .inferred)
        #expect(claim.severity == .hint)
        #expect(claim.evidence.contains { $0.spanID == SpanID(3) })
        #expect(findings.count == 2)
    }

    @Test func anEmptyResultUnderAnErrorIsNone() {
        #expect(JointFixture.oneCall(gives: "null", admitsGap: true, isError: true).rules == [])
        #expect(JointFixture.oneCall(gives: "[REDACTED]").rules == [])
    }

    @Test func anAnswerThatAdmitsTheGapClaimsNothing() {
        #expect(JointFixture.oneCall(gives: "null", admitsGap: true).rules == ["joint.empty_result"])
    }

    @Test func anAnswerToAResultThatSaysSomethingClaimsNothing() {
        #expect(JointFixture.oneCall(gives: "null", delivered: "no such order").rules == ["joint.empty_result"])
    }

    // Errors under OK.

    @Test func anErrorUnderOKIsFound() {
        #expect(JointFixture.oneCall(gives: #"{"error": "timeout"}"#).rules == ["joint.error_under_ok"])
    }

    @Test func anErrorUnderAnErrorIsNone() {
        #expect(JointFixture.oneCall(gives: #"{"error": "timeout"}"#, isError: true).rules == [])
        #expect(JointFixture.oneCall(gives: "the error of my ways").rules == [])
    }

    // Truncated.

    private static let long = (0..<400).map { "line \($0)" }.joined(separator: "\n")

    @Test func aCutResultIsFound() throws {
        let said = JointFixture.oneCall(gives: Self.long, delivered: Self.long.prefix(500) + "… [truncated]")
        #expect(said.rules == ["joint.result_truncated"])
        let silent = JointFixture.oneCall(gives: Self.long, delivered: String(Self.long.prefix(1_500)))
        let finding = try #require(silent.finding("joint.result_truncated"))
        #expect(finding.certainty == .proven)
        #expect(finding.message.contains("1500"))
        let short = JointFixture.oneCall(gives: Self.long, delivered: String(Self.long.prefix(600)))
        #expect(short.finding("joint.result_truncated")?.certainty == .inferred)
    }

    @Test func aWholeOrLongerResultIsNotCut() {
        #expect(JointFixture.oneCall(gives: Self.long).rules == [])
        #expect(JointFixture.oneCall(gives: "short", delivered: "short and more of it").rules == [])
    }

    // Altered.

    @Test func anotherResultIsFound() throws {
        let trace = JointFixture.oneCall(gives: #"{"eta": "Tuesday"}"#, delivered: #"{"eta": "Friday"}"#)
        let finding = try #require(trace.finding("joint.result_altered"))
        #expect(finding.certainty == .inferred)
        #expect(finding.severity == .warning)
        #expect(trace.rules == ["joint.result_altered"])
    }

    @Test(
        arguments: [
            #"{'eta': 'Tuesday', 'note': None}"#, #"content='{"eta": "Tuesday", "note": null}' name='track_order'"#,
            #"[{"type":"text","text":"{\"eta\": \"Tuesday\",\n \"note\": null}"}]"#, #"{"note":null,"eta":"Tuesday"}"#,
        ])
    func aResultInOtherWordsIsNotAltered(delivered: String) {
        #expect(JointFixture.oneCall(gives: #"{"eta": "Tuesday", "note": null}"#, delivered: delivered).rules == [])
    }

    @Test func longTextsThatDifferAreAHintAtMost() {
        let other = (0..<400).map { "zeile \($0)" }.joined(separator: " ")
        let words = (0..<200).map { "word\($0)" }.joined(separator: " ")
        #expect(JointFixture.oneCall(gives: words, delivered: other).finding("joint.result_altered")?.severity == .hint)
        #expect(JointFixture.oneCall(gives: Self.long, delivered: "[REDACTED]").rules == [])
    }

    // Dropped.

    private func twoCalls(delivers: [JointFixture.Delivered], recallsBoth: Bool = true, isSpoken: Bool = true)
        -> JointFixture
    {
        var trace = JointFixture()
        let calls: [JointFixture.Asked] = [("call_a", "left", "1"), ("call_b", "right", "2")]
        trace.model(0, 10, asks: calls)
        trace.tool("left", id: "call_a", "1", gives: "one", 11, 20)
        trace.tool("right", id: "call_b", "2", gives: "two", 12, 21)
        trace.model(
            30, 40, recalls: recallsBoth ? calls : [], delivers: delivers, answer: "done", hasMessages: isSpoken)
        return trace
    }

    @Test func aResultThatNoInputHoldsIsFound() throws {
        let finding = try #require(twoCalls(delivers: [("call_a", "one")]).finding("joint.result_dropped"))
        #expect(finding.certainty == .proven)
        #expect(finding.spanID == SpanID(3))
        let hop = twoCalls(delivers: [("call_a", "one")]).report.joints[1].hop(.delivered)
        #expect(hop?.comparison == .absent)
        #expect(hop?.spanID == SpanID(4))
        let without = twoCalls(delivers: [("call_a", "one")], recallsBoth: false)
        #expect(without.finding("joint.result_dropped")?.certainty == .inferred)
    }

    @Test func aResultThatMayHaveBeenCarriedIsNotDropped() {
        #expect(twoCalls(delivers: [("call_a", "one"), ("call_b", "two")]).rules == [])
        #expect(twoCalls(delivers: [("call_a", "one"), (nil, "something")]).rules == [])
        #expect(twoCalls(delivers: [("call_a", "one"), ("other", "two")]).rules == [])
        #expect(twoCalls(delivers: [("call_a", "one")], isSpoken: false).rules == [])
        #expect(twoCalls(delivers: [], recallsBoth: false).rules == [])
    }

    // Not executed.

    private func unexecuted(_ name: String = "left", delivers: [JointFixture.Delivered] = [], parent: UInt64? = nil)
        -> JointFixture
    {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("call_a", "left", "1"), ("call_b", name, "2")])
        trace.tool("left", parent: parent, id: "call_a", "1", gives: "one", 11, 20)
        trace.model(30, 40, delivers: [("call_a", "one")] + delivers, answer: "done")
        return trace
    }

    @Test func aCallWithoutExecutionIsFound() throws {
        let finding = try #require(unexecuted().finding("joint.call_not_executed"))
        #expect(finding.certainty == .inferred)
        #expect(finding.spanID == SpanID(1))
        #expect(unexecuted().rules == ["joint.call_not_executed"])
    }

    @Test func aCallThatNeedsNoSpanIsNotUnexecuted() {
        #expect(unexecuted("transfer_to_billing").rules == [])
        #expect(unexecuted("final_answer").rules == [])
        #expect(unexecuted(delivers: [("call_b", "two")]).rules == [])
        #expect(unexecuted(parent: 99).rules == [])
    }

    // Not called.

    private func uncalled(id: String, recalls: [JointFixture.Asked] = [], isSpoken: Bool = true) -> JointFixture {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("call_a", "left", "1")], hasMessages: isSpoken)
        trace.tool("left", id: "call_a", "1", gives: "one", 11, 20)
        trace.tool("right", id: id, "2", gives: "two", 21, 25)
        trace.model(30, 40, recalls: recalls, delivers: [("call_a", "one")], answer: "done")
        return trace
    }

    @Test func anExecutionThatNobodyAskedForIsFound() {
        #expect(uncalled(id: "call_x").rules == ["joint.executed_not_called"])
    }

    @Test func anExecutionThatSomebodyMayHaveAskedForIsNone() {
        #expect(uncalled(id: "call_x", recalls: [("call_x", "right", "2")]).rules == [])
        #expect(uncalled(id: "call_x", isSpoken: false).rules == [])
        var alone = JointFixture()
        alone.model(0, 10, asks: [("call_a", "left", "1")])
        alone.tool("right", id: "run-1", "2", gives: "two", 11, 12)
        #expect(alone.rules == [])
    }

    // Arguments.

    @Test func argumentsThatChangedAreFound() throws {
        let trace = JointFixture.oneCall(#"{"order":"7731"}"#, ran: #"{"order":"7713"}"#)
        let finding = try #require(trace.finding("joint.arguments_differ"))
        #expect(finding.evidence.map(\.value).contains(#"{"order":"7713"}"#))
        #expect(trace.rules == ["joint.arguments_differ"])
    }

    @Test(arguments: [
        #"{"order": "7731", "locale": "en"}"#, #"{'order': '7731'}"#, #"{"input":"{\"order\":\"7731\"}"}"#,
    ])
    func argumentsInOtherWordsDoNotDiffer(ran: String) {
        #expect(JointFixture.oneCall(#"{"order":"7731"}"#, ran: ran).rules == [])
    }

    // Unknown tools.

    private func asking(_ name: String, offers: [String]?) -> [String] {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("call_a", name, "1")], offers: offers)
        trace.model(20, 30, answer: "done")
        return trace.rules
    }

    @Test func aToolThatWasNotOfferedIsFound() {
        #expect(asking("delete_order", offers: ["track_order"]) == ["joint.unknown_tool"])
    }

    @Test func aToolThatMayHaveBeenOfferedIsNotUnknown() {
        #expect(asking("delete_order", offers: nil) == [])
        #expect(asking("delete_order", offers: []) == [])
        #expect(asking("track_order", offers: ["functions.track_order"]) == [])
        #expect(asking("transfer_to_billing", offers: ["track_order"]) == [])
    }

    // The cap.

    @Test func manyFindingsOfOneRuleAreCapped() throws {
        var trace = JointFixture()
        for turn in 0..<80 as Range<Int64> {
            trace.tool("t\(turn)", id: "c\(turn)", "\(turn)", gives: "null", turn * 10, turn * 10 + 5)
        }
        let findings = trace.report.findings
        #expect(findings.count == FindingList.cap)
        #expect(findings.last?.message.contains("30 more") == true)
    }
}
