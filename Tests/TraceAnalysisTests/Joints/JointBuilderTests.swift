import Basics
import TestSupport
import Testing
import TraceModel

@testable import TraceAnalysis

@Suite struct JointBuilderTests {
    private func stages(_ joint: ToolJoint) -> [JointStage] { joint.hops.map(\.stage) }

    @Test func followsOneCallThroughAllLayers() throws {
        let report = JointFixture.oneCall().report
        #expect(report.findings == [])
        let joint = try #require(report.joints.first)
        #expect(report.joints.count == 1)
        #expect(stages(joint) == JointStage.allCases)
        #expect(joint.callID == "call_9")
        #expect(joint.toolName == "track_order")
        #expect(joint.isJoinedByID)
        #expect(joint.hops.map { ($0.timeUnixNano ?? 0) / 1_000_000 } == [950, 960, 960, 1_270, 1_290, 2_890])
        #expect(joint.hops.map(\.comparison) == [.first, .equal, .equal, .first, .equal, .first])
        #expect(joint.hops.map(\.spanID.rawValue) == [2, 3, 3, 3, 4, 4])
    }

    @Test func joinsByNameArgumentsAndTimeWhereNoIdDoes() throws {
        var trace = JointFixture()
        trace.model(0, 10, asks: [(nil, "search", "a"), (nil, "search", "b")])
        trace.tool("search", id: nil, "b", gives: "found b", 11, 20)
        trace.tool("search", id: nil, "a", gives: "found a", 12, 19)
        trace.model(30, 40, delivers: [(nil, "found a"), (nil, "found b")], answer: "done")
        let report = trace.report
        #expect(report.findings == [])
        #expect(report.joints.map(\.isJoinedByID) == [false, false])
        #expect(report.joints.map { $0.hop(.asked)?.payload?.preview } == ["b", "a"])
        #expect(report.joints.map { $0.hop(.delivered)?.payload?.preview } == ["found b", "found a"])
    }

    @Test func joinsByNameWhereArgumentsAreInOtherWords() {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("c1", "search", #"{"q":"a"}"#), ("c2", "search", #"{"q":"b"}"#)])
        trace.tool("search", id: nil, "{'q': 'b'}", gives: "found b", 11, 20)
        trace.tool("search", id: nil, "{'q': 'a'}", gives: "found a", 12, 19)
        trace.tool("search", id: nil, "{'q': 'c'}", gives: "found c", 13, 19)
        let joints = trace.report.joints
        #expect(joints.map(\.callID) == ["c2", "c1", nil])
        #expect(joints.map(\.isJoinedByID) == [false, false, false])
    }

    @Test func tellsTurnsWithTheSameIdApart() {
        var trace = JointFixture()
        for turn in 0..<3 as Range<Int64> {
            let at = turn * 100
            let call: JointFixture.Asked = ("call_1", "search", "q\(turn)")
            trace.model(at, at + 10, asks: [call])
            trace.tool("search", id: "call_1", "q\(turn)", gives: "r\(turn)", at + 11, at + 20)
            trace.model(at + 30, at + 40, recalls: [call], delivers: [("call_1", "r\(turn)")], answer: "ok")
        }
        let report = trace.report
        #expect(report.findings == [])
        #expect(report.joints.count == 3)
        #expect(report.joints.map { $0.hop(.asked)?.comparison } == [.first, .first, .first])
        #expect(report.joints.map { $0.hop(.dispatched)?.comparison } == [.equal, .equal, .equal])
        #expect(report.joints.map { $0.hop(.delivered)?.payload?.preview } == ["r0", "r1", "r2"])
    }

    @Test func prefersTheCallOfTheSameRun() {
        var trace = JointFixture()
        trace.model(0, 10, run: 1, asks: [("1", "search", "left")])
        trace.model(1, 11, run: 2, asks: [("1", "search", "right")])
        trace.tool("search", id: "1", "left", gives: "l", 12, 20, run: 1)
        trace.tool("search", id: "1", "right", gives: "r", 13, 20, run: 2)
        let joints = trace.report.joints
        #expect(joints.map(\.run) == [1, 2])
        #expect(joints.map { $0.hop(.dispatched)?.comparison } == [.equal, .equal])
    }

    @Test func countsACallRecordedAtTwoLayersOnce() {
        var trace = JointFixture()
        let call: JointFixture.Asked = ("call_1", "search", "q")
        let wrapper = trace.model(0, 10, asks: [call])
        trace.model(parent: wrapper, 1, 9, asks: [call])
        let outer = trace.tool("search", id: "call_1", "q", gives: "r", 11, 30)
        trace.tool("search", parent: outer, id: nil, "q", gives: "r", 14, 28)
        trace.model(31, 40, delivers: [("call_1", "r")], answer: "done")
        let joints = trace.report.joints
        #expect(joints.count == 1)
        #expect(joints.first?.hops.map(\.spanID.rawValue) == [2, 3, 4, 4, 5, 5])
    }

    @Test func keepsTheCallsBeneathOneThatLoops() {
        var trace = JointFixture()
        let loop = trace.model(0, 100, asks: [("call_1", "search", "q")])
        trace.model(parent: loop, 1, 10, asks: [("call_1", "search", "q")])
        trace.tool("search", parent: loop, id: "call_1", "q", gives: "r", 11, 20)
        trace.model(parent: loop, 21, 90, delivers: [("call_1", "r")], answer: "done")
        let joints = trace.report.joints
        #expect(joints.count == 1)
        #expect(joints.first?.hop(.answered)?.spanID == SpanID(4))
    }

    @Test func takesNoInputOfAnotherRunForTheNextOne() {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("call_1", "search", "q")])
        trace.tool("search", id: "call_1", "q", gives: "r", 11, 20)
        trace.model(21, 30, run: 2, delivers: [("call_1", "r")], answer: "done")
        #expect(trace.report.joints.first?.hop(.delivered) == nil)
    }

    @Test func takesTheFirstInputThatHoldsAResult() {
        var trace = JointFixture()
        trace.model(0, 10, asks: [("call_1", "search", "q")])
        trace.tool("search", id: "call_1", "q", gives: "r", 11, 20)
        for at in [30, 50, 70] as [Int64] { trace.model(at, at + 10, delivers: [("call_1", "r")], answer: "on") }
        #expect(trace.report.joints.first?.hop(.delivered)?.spanID == SpanID(3))
    }

    @Test func takesInputsThatHoldAllThatWentBefore() {
        let count = 2_000
        var trace = JointFixture()
        var calls: [JointFixture.Asked] = []
        var results: [JointFixture.Delivered] = []
        for turn in 0..<count {
            let at = Int64(turn) * 100
            let call: JointFixture.Asked = ("call_\(turn)", "search", "q\(turn)")
            // Short histories keep the test small; the reading stops at what it knows in any case.
            trace.model(
                at, at + 10, asks: [call], recalls: calls.suffix(60), delivers: results.suffix(60), answer: nil)
            trace.tool("search", id: call.id, call.arguments, gives: "r\(turn)", at + 20, at + 30)
            calls.append(call)
            results.append((call.id, "r\(turn)"))
        }
        let report = trace.report
        #expect(report.joints.count == count)
        #expect(report.joints.count { $0.hop(.delivered) != nil } == count - 1)
        #expect(report.findings == [])
    }

    @Test(arguments: 0..<40)
    func survivesWhateverStandsInATrace(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var trace = JointFixture()
        trace.clockNames = ["a", "b", "c"]
        let texts = ["", "null", "x", "{\"a\": 1}", String(repeating: "long ", count: 400), "[REDACTED]", "\\", "\\u"]
        func text() -> String { texts.randomElement(using: &random) ?? "" }
        func id() -> String? { Bool.random(using: &random) ? nil : "\(Int.random(in: 0..<6, using: &random))" }
        func time() -> Int64 { Int64.random(in: -50...2_000, using: &random) }
        for _ in 0..<300 {
            let parent = Bool.random(using: &random) ? nil : UInt64.random(in: 0...320, using: &random)
            let run = Int32.random(in: 0..<4, using: &random)
            let clock = Int32.random(in: -1..<4, using: &random)
            let end = Bool.random(using: &random) ? time() : nil
            let change = { (row: inout SpanRow) in
                if row.arrival % 11 == 0 { row.startUnixNano = .min }
                if row.arrival % 13 == 0 { row.endUnixNano = .max }
                if row.arrival % 17 == 0 { row.startUnixNano = nil }
                row.isError = row.arrival % 3 == 0
                row.tokensInput = .max
            }
            if Bool.random(using: &random) {
                let calls = (0..<Int.random(in: 0..<4, using: &random)).map { _ in (id(), "search", text()) }
                let results = (0..<Int.random(in: 0..<12, using: &random)).map { _ in (id(), text()) }
                trace.model(
                    parent: parent, time(), end, run: run, clock: clock, asks: calls, recalls: calls.reversed(),
                    delivers: results, answer: text(), offers: Bool.random(using: &random) ? ["other"] : nil,
                    hasMessages: Bool.random(using: &random), requested: "m", resolved: text(), with: change)
            } else {
                trace.tool(
                    "search", parent: parent, id: id(), text(), gives: text(), time(), end, run: run, clock: clock,
                    with: change)
            }
        }
        let input = trace.input
        let forest = SpanForest(input.spans)
        let report = trace.report
        #expect(report.joints.count <= 1_200)
        #expect(report.joints.map(\.number) == (0..<report.joints.count).map { Int32($0 + 1) })
        let clocks = ClockAligner.estimates(input, forest: forest)
        #expect(clocks.count == 3)
        #expect(ClockAligner.findings(clocks, input, forest: forest).count <= 3)
        #expect(ClockShift(clocks).adjusted(input.spans).count == input.spans.count)
        for finding in report.findings {
            #expect(FindingRules.rule(finding.rule) != nil)
            #expect(!finding.evidence.isEmpty)
        }
    }
}
