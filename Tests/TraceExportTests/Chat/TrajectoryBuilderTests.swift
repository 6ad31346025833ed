import Testing
import TraceExport
import TraceModel

/// How the model calls of a trace become conversations.
@Suite struct TrajectoryBuilderTests {
    @Test func callsThatRepeatTheHistoryAreOneConversation() {
        var trace = ChatTrace()
        let run = trace.run("helper")
        let start: [Message] = [.system("Be terse."), .user("Weather?")]
        trace.call(start, [.asks("c1")], run: run)
        trace.tool("c1", gives: "9 C")
        let middle = start + [.asks("c1", #"{ "city": "Oslo" }"#), .result("c1", "9 C")]
        trace.call(middle, [.says("Nine degrees.")], run: run)
        trace.call(middle + [.says("Nine degrees."), .user("And Bergen?")], [.says("Rain.")], run: run)
        let trajectories = trace.trajectories
        #expect(
            trajectories.map(\.outline) == [
                [
                    "S:Be terse.", "U:Weather?", "A:weather#c1", "T#c1:9 C", "A:Nine degrees.", "U:And Bergen?",
                    "A:Rain.",
                ]
            ])
        #expect(trajectories[0].id == "00000000000000010000000000000002/helper#1")
        #expect(trajectories[0].spanIDs == [SpanID(1), SpanID(3), SpanID(4)])
        #expect(trajectories[0].agent == "helper#1" && trajectories[0].model == "m-1")
    }

    @Test func compactedHistoryStartsAConversationOfItsOwn() {
        var trace = ChatTrace()
        let run = trace.run("helper")
        trace.call([.user("one")], [.says("1")], run: run)
        trace.call([.user("Summary: one was answered."), .user("two")], [.says("2")], run: run)
        #expect(
            trace.trajectories.map(\.outline) == [["U:one", "A:1"], ["U:Summary: one was answered.", "U:two", "A:2"]])
        #expect(trace.trajectories.map { $0.id.hasSuffix("/2") } == [false, true])
    }

    @Test func anotherAnswerToTheSameQuestionIsAnotherConversation() {
        var trace = ChatTrace()
        let run = trace.run("helper")
        trace.call([.user("q")], [], run: run)
        trace.call([.user("q")], [.says("a")], run: run)
        trace.call([.user("q")], [.says("b")], run: run)
        trace.call([.user("q"), .says("a"), .user("more")], [.says("c")], run: run)
        trace.call([.user("q"), .says("a"), .user("else")], [.says("d")], run: run)
        #expect(
            trace.trajectories.map(\.outline) == [
                ["U:q", "A:a", "U:more", "A:c"], ["U:q", "A:b"], ["U:q", "A:a", "U:else", "A:d"],
            ])
    }

    @Test func agentsLeadConversationsOfTheirOwn() {
        var trace = ChatTrace()
        let first = trace.run("a")
        let second = trace.run("b")
        trace.call([.user("q")], [.says("1")], run: first)
        trace.call([.user("q"), .says("1"), .user("r")], [.says("2")], run: second)
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:1"], ["U:q", "A:1", "U:r", "A:2"]])
    }

    @Test func stepsWithoutANameAreOneAgent() {
        var trace = ChatTrace()
        let first = trace.run(nil)
        let second = trace.run(nil)
        trace.call([.user("q")], [.asks("c")], run: first)
        trace.call([.user("q"), .asks("c"), .result("c", "r")], [.says("a")], run: second)
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:weather#c", "T#c:r", "A:a"]])
        #expect(trace.trajectories[0].agent == nil)
    }

    @Test func callsWithoutARunBelongToTheNearestAgent() {
        var trace = ChatTrace()
        let agent = trace.span(.agent)
        let chain = trace.span(.chain, parent: agent)
        let other = trace.span(.agent)
        trace.call([.user("q")], [.says("a")], parent: chain)
        trace.call([.user("q"), .says("a"), .user("r")], [.says("b")], parent: other)
        trace.call([.user("q"), .says("a"), .user("s")], [.says("c")], parent: agent)
        #expect(
            trace.trajectories.map(\.outline) == [
                ["U:q", "A:a", "U:s", "A:c"], ["U:q", "A:a", "U:r", "A:b"],
            ])
    }

    @Test func aWrapperAndItsCallAreOne() {
        var trace = ChatTrace()
        let outer = trace.call([.user("q")], [.says("final")])
        trace.call([.user("q")], [.asks("c")], parent: outer)
        trace.tool("c", gives: "r", parent: outer)
        trace.call([.user("q"), .asks("c"), .result("c", "r")], [.says("final")], parent: outer)
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:weather#c", "T#c:r", "A:final"]])
        #expect(trace.trajectories[0].spanIDs == [SpanID(2), SpanID(4)])
    }

    @Test func theCallOfAnAgentInsideAToolIsNoWrapper() {
        var trace = ChatTrace()
        let first = trace.run("a")
        let second = trace.run("b")
        let outer = trace.call([.user("q")], [.says("a")], run: first)
        let tool = trace.span(.tool, parent: outer)
        trace.call([.user("inner")], [.says("b")], run: second, parent: tool)
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:a"], ["U:inner", "A:b"]])
    }

    @Test func resultsComeFromSpansWhereNoCallRepeatsThem() {
        var trace = ChatTrace()
        trace.call([.user("q")], [Message(role: "assistant", parts: [.toolCall(id: "c", name: "f", arguments: nil)])])
        trace.tool("c", gives: "r")
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:f#c", "T#c:r"]])
        #expect(trace.trajectories[0].resultsFromSpans == 1)
    }

    @Test func spansThatContradictEachOtherGiveNoResult() {
        var trace = ChatTrace()
        trace.call([.user("q")], [.asks("c")])
        trace.tool("c", gives: "r")
        trace.tool("c", gives: "s")
        trace.tool("c", gives: "r")
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:weather#c"]])
    }

    @Test func aResultOfAnIdThatIsAskedTwiceIsNotTakenFromASpan() {
        var trace = ChatTrace()
        trace.call([.user("q"), .asks("c"), .result("c", "r"), .user("again")], [.asks("c")])
        trace.tool("c", gives: "r")
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:weather#c", "T#c:r", "U:again", "A:weather#c"]])
    }

    @Test func resultsThatNameFunctionsBelongToTheirCallsInOrder() {
        var trace = ChatTrace()
        let asks = Message(
            role: "assistant",
            parts: [.toolCall(id: nil, name: "f", arguments: "1"), .toolCall(id: nil, name: "f", arguments: "2")])
        trace.call([.user("q"), asks, .result("f", "1"), .result("f", "2"), .result("f", "2")], [.says("a")])
        #expect(
            trace.trajectories.map(\.outline) == [["U:q", "A:f#f+f#call_1", "T#f:1", "T#call_1:2", "A:a"]])
    }

    @Test func answersAloneContinueTheCallsThatTheyName() {
        var trace = ChatTrace()
        trace.call([.system("s"), .user("q")], [.asks("c")])
        trace.call([.system("s"), .result("c", "r")], [.says("a")])
        #expect(trace.trajectories.map(\.outline) == [["S:s", "U:q", "A:weather#c", "T#c:r", "A:a"]])
    }

    @Test func callsAndResultsWithoutIdsArePairedInOrder() {
        var trace = ChatTrace()
        let asks = Message(
            role: "assistant",
            parts: [
                .toolCall(id: nil, name: "f", arguments: "{}"), .toolCall(id: nil, name: "g", arguments: "{}"),
            ])
        trace.call([.user("q"), asks, .result(nil, "1"), .result(nil, "2")], [.says("a")])
        trace.call([.user("r"), asks, .result(nil, "1")], [.says("a")])
        #expect(
            trace.trajectories.map(\.outline) == [
                ["U:q", "A:f#call_1+g#call_2", "T#call_1:1", "T#call_2:2", "A:a"],
                ["U:r", "A:f#call_1+g#call_2", "T#?:1", "A:a"],
            ])
    }

    @Test func resultsInTheMessageOfTheUserAreMessagesOfTheirOwn() {
        var trace = ChatTrace()
        let both = Message(role: "user", parts: [.toolResult(id: "c", result: "r"), .text("Go on.")])
        trace.call([.user("q"), .asks("c"), both], [.says("a")])
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:weather#c", "T#c:r", "U:Go on.", "A:a"]])
    }

    @Test func reasoningThatNoLaterCallRepeatsIsKept() {
        var trace = ChatTrace()
        trace.call([.user("q")], [Message(role: "assistant", parts: [.reasoning("hm"), .text("a")])])
        trace.call([.user("q"), .says("a"), .user("r")], [.says("b")])
        #expect(trace.trajectories.map { $0.messages.map(\.reasoning) } == [["", "hm", "", ""]])
    }

    @Test func piecesOfOneAnswerAreOneMessageAndChoicesAreNot() {
        var trace = ChatTrace()
        trace.call([.user("q")], [.says("x"), .asks("c")])
        trace.call([.user("r")], [.says("x"), .says("y")]) { $0.facts.finishReasons = ["stop", "stop"] }
        #expect(trace.trajectories.map(\.outline) == [["U:q", "A:xweather#c"], ["U:r", "A:x"]])
        #expect(trace.trajectories.map(\.furtherChoices) == [0, 1])
    }

    @Test func spansWithoutContentGiveNothing() {
        var trace = ChatTrace()
        trace.call([], [])
        trace.call([Message(role: "user", parts: [])], [.says("a")])
        trace.span(.embedding) { $0.content.inputMessages = [.user("x")] }
        #expect(trace.trajectories.isEmpty)
    }
}
