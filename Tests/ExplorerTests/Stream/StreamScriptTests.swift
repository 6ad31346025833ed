import Canvas
import Explorer
import Testing
import TraceModel
import TraceQuery

/// Keys and time in, streams out.
@Suite struct StreamScriptTests {
    private let ms = StreamFixture.millisecond

    private func steady(_ count: Int = 100) -> StreamDetail {
        // A chunk every 100 ms: w0 at 100 ms.
        StreamFixture.detail(StreamFixture.text((0..<count).map { (Int64($0 + 1) * 100, "w\($0) ") }))
    }

    @Test func opensPlayingAndGoesBack() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p")
        #expect(explorer.state.view == .stream)
        #expect(explorer.stream?.isPlaying == true)
        #expect(explorer.text.contains("measured chunks"))
        explorer.wait(milliseconds: 350)
        #expect(explorer.streamText == "w0 w1 w2 ")
        explorer.press("q")
        #expect(explorer.state.view == .trace && explorer.stream == nil)
        #expect(Playing.nextDeadline(explorer.state) == nil)
    }

    @Test func aSpanWithoutChunksSaysSoInOneSentence() {
        var explorer = ScriptedExplorer.streaming()
        explorer.press("p")
        #expect(explorer.state.view == .trace)
        #expect(explorer.text.contains("“chat gpt-x” has no stream: no chunks of its response are stored"))
        explorer.press("Enter p")
        #expect(explorer.state.view == .span)
        #expect(explorer.text.contains("has no stream"))
    }

    @Test func pausedNothingRuns() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p")
        explorer.wait(milliseconds: 250)
        explorer.press("Space")
        #expect(Playing.nextDeadline(explorer.state) == nil)
        let stream = explorer.stream
        explorer.wait(milliseconds: 5000)
        #expect(explorer.stream == stream)
        explorer.press("Space")
        explorer.wait(milliseconds: 100)
        #expect(explorer.streamText == "w0 w1 w2 ")
    }

    @Test func nothingPlaysUnderTheHelp() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p ?")
        #expect(explorer.state.view == .help)
        #expect(explorer.text.contains("Here: stream"))
        #expect(explorer.stream?.isPlaying == false)
        explorer.press("q")
        #expect(explorer.state.view == .stream)
    }

    @Test func seeksByTimeShareAndChunk() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p Space")
        explorer.press("Right")
        #expect(explorer.stream?.time == 5000 * ms && explorer.stream?.count == 50)
        explorer.press("S-Right")
        #expect(explorer.stream?.count == 60)
        explorer.press("S-Left S-Left Left")
        #expect(explorer.stream?.count == 0 && explorer.stream?.time == 0)
        for digit in 0...9 {
            explorer.press("\(digit)")
            #expect(explorer.stream?.count == digit * 10)
        }
        explorer.press(": 'seek_4.2s' Enter")
        #expect(explorer.stream?.count == 42)
        explorer.press(": 'seek_#7' Enter")
        #expect(explorer.stream?.count == 7 && explorer.stream?.time == 700 * ms)
        explorer.press(": 'seek_25%' Enter")
        #expect(explorer.stream?.count == 25)
        explorer.press(": 'seek_soon' Enter")
        #expect(explorer.text.contains("“soon” is no time"))
        explorer.press("Right Right Right Right")
        #expect(explorer.stream?.count == 100)
        explorer.press("Space")
        #expect(explorer.stream?.time == 0 && explorer.stream?.isPlaying == true)
    }

    @Test func stepsChunkByChunkAlsoThroughEqualTimes() {
        let detail = StreamFixture.detail(StreamFixture.text([(10, "a"), (20, "b"), (20, "c"), (20, "d")]))
        var explorer = ScriptedExplorer.streaming(detail)
        explorer.press("p . .")
        #expect(explorer.streamText == "ab" && explorer.stream?.isPlaying == false)
        explorer.press(".")
        #expect(explorer.streamText == "abc")
        explorer.press(", ,")
        #expect(explorer.streamText == "a")
        explorer.press(". Space")
        explorer.wait(milliseconds: 10)
        #expect(explorer.streamText == "abcd")
    }

    @Test func speedsGoThroughTheirStepsAndAreShown() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p > >")
        #expect(explorer.screen[0].hasSuffix("4× "))
        explorer.wait(milliseconds: 100)
        #expect(explorer.stream?.count == 4)
        explorer.press("r")
        #expect(explorer.stream?.speed == .times(1))
        explorer.press("< < < < <")
        #expect(explorer.stream?.speed == .times(0.1))
        explorer.press(": 'speed_64' Enter >")
        #expect(explorer.screen[0].contains("20 words/s"))
        explorer.press(": 'speed_warp' Enter")
        #expect(explorer.text.contains("“warp” is no speed"))
    }

    /// Each frame shows a longer prefix, and the last shows all.
    @Test func noChunkIsLostAtSixtyFourTimes() {
        var explorer = ScriptedExplorer.streaming(steady(1000))
        explorer.press("p : 'speed_64' Enter")
        var before = 0
        var frames = 0
        while explorer.stream?.isPlaying == true, frames < 1000, let due = Playing.nextDeadline(explorer.state) {
            explorer.send(.frame(due))
            let count = explorer.stream?.count ?? 0
            #expect(count >= before)
            #expect(explorer.streamText.hasSuffix(count == 0 ? "" : "w\(count - 1) "))
            before = count
            frames += 1
        }
        #expect(before == 1000 && explorer.stream?.isPlaying == false)
    }

    /// A frame is asked for no later than one of 16 ms after each chunk.
    @Test func framesAreDueWhenChunksAre() {
        var explorer = ScriptedExplorer.streaming(StreamFixture.incident())
        explorer.press("p")
        var frames: [Int64] = [0]
        while let due = Playing.nextDeadline(explorer.state), frames.count < 10_000 {
            #expect(due >= frames[frames.count - 1])
            frames.append(due)
            explorer.send(.frame(due))
        }
        for time in explorer.stream?.tape?.times ?? [] {
            let drawn = frames.first { $0 >= time } ?? .max
            #expect(drawn - time <= 12 * ms)
        }
    }

    @Test func jumpsToStallsLoopsToolsAndMarkers() {
        var explorer = ScriptedExplorer.streaming(StreamFixture.incident())
        explorer.press("p Space l")
        #expect(explorer.text.contains("loop ×5 at"))
        explorer.press("S")
        #expect(explorer.text.contains("stall of 1.22s at"))
        explorer.press("s")
        #expect(explorer.text.contains("no stall after this"))
        explorer.press("t")
        #expect(explorer.text.contains("call of track_order at"))
        explorer.press("0 ]")
        #expect(explorer.text.contains("call of track_order"))
        explorer.press("]")
        #expect(explorer.text.contains("first visible text"))
        explorer.press("] ] ]")
        #expect(explorer.text.contains("end at"))
        explorer.press("[")
        #expect(explorer.text.contains("loop"))
    }

    @Test func idleTimeIsSkippedAsSuchAndTimesStayTrue() {
        let detail = StreamFixture.detail(StreamFixture.text([(100, "a"), (10_100, "b")]))
        var explorer = ScriptedExplorer.streaming(detail)
        explorer.press("p i")
        #expect(explorer.text.contains("8.00s in all are skipped"))
        #expect(explorer.screen[0].contains("idle ≤ 2.00s"))
        explorer.wait(milliseconds: 2_150)
        #expect(explorer.streamText == "ab")
        #expect(explorer.text.contains("skipped 8.00s in which nothing came"))
        #expect(explorer.stream?.time == 10_100 * ms)
        explorer.press("i")
        #expect(explorer.text.contains("played in full"))
        explorer.press(": 'idle_500ms' Enter")
        #expect(explorer.stream?.idleLimitNanos == 500 * ms)
    }

    @Test func playsRoundAndRoundBetweenTwoPoints() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p Space 2 L 3 L")
        #expect(explorer.stream?.isPlaying == true)
        #expect(explorer.screen[0].contains("looping"))
        for _ in 0..<50 {
            explorer.wait(milliseconds: 100)
            let count = explorer.stream?.count ?? 0
            #expect((20...30).contains(count))
        }
        explorer.press("L")
        #expect(explorer.stream?.loopStart == nil)
    }

    @Test func streamsWithoutAClockAreSteppedUntilTheyGetAPace() {
        var explorer = ScriptedExplorer.streaming(StreamFixture.untimed())
        explorer.press("p")
        #expect(explorer.text.contains("no clock: step only"))
        #expect(Playing.nextDeadline(explorer.state) == nil)
        explorer.press("Space")
        #expect(explorer.text.contains("no clock saw these chunks"))
        explorer.press(". .")
        #expect(explorer.streamText == "Hello there")
        #expect(explorer.text.contains("chunk 2 / 5"))
        explorer.press("Right")
        #expect(explorer.streamText == "Hello there")
        explorer.press(": 'pace_50' Enter")
        #expect(explorer.text.contains("synthetic clock 50/s"))
        #expect(explorer.streamText == "Hello there")
        explorer.press("Space")
        explorer.wait(milliseconds: 60)
        #expect(explorer.streamText == "Hello there, general reader.")
        explorer.press(": 'pace_off' Enter")
        #expect(explorer.text.contains("no clock: step only"))
        explorer.press(": 'pace_zero' Enter")
        #expect(explorer.text.contains("is no pace"))
    }

    @Test func aMeasuredStreamKeepsItsClock() {
        var explorer = ScriptedExplorer.streaming(steady())
        explorer.press("p : 'pace_50' Enter")
        #expect(explorer.text.contains("have measured times"))
        #expect(explorer.text.contains("measured chunks"))
    }

    @Test func scrollsBackAndFollowsAgainAtTheEnd() {
        let lines = StreamFixture.text((0..<60).map { (Int64($0 + 1) * 10, "line \($0)\n") })
        var explorer = ScriptedExplorer.streaming(StreamFixture.detail(lines))
        explorer.press("p Space 9 Right")
        #expect(explorer.text.contains("line 59"))
        explorer.press("PgUp")
        #expect(!explorer.text.contains("line 59") && explorer.text.contains("G follows"))
        explorer.press("g")
        #expect(explorer.screen[2].contains("line 0"))
        explorer.press("j")
        #expect(explorer.screen[2].contains("line 1"))
        explorer.press("PgDn PgDn PgDn PgDn PgDn PgDn PgDn")
        #expect(explorer.stream?.isFollowing == true && explorer.text.contains("line 59"))
        explorer.press("g G")
        #expect(explorer.stream?.isFollowing == true)
        // Rewound before the window, the text that is left is shown.
        explorer.press("k 1")
        #expect(explorer.text.contains("line 5"))
    }

    @Test func oddStreamsAreShownForWhatTheyAre() {
        var explorer = ScriptedExplorer.streaming(StreamFixture.detail([]))
        explorer.press("p . Space ] g k j G 5 i s")
        #expect(explorer.text.contains("The stream has no chunk"))
        let call = StreamToolCall(index: 0, id: "call_1", name: "look_up")
        let only = (0..<3).map {
            StreamChunk(offsetNanos: Int64($0) * 10 * ms, kind: .toolArguments, text: "{\($0)}", toolCall: call)
        }
        explorer = .streaming(StreamFixture.detail(only))
        explorer.press("p : 'seek_100%' Enter")
        #expect(explorer.text.contains("look_up  call_1"))
        #expect(explorer.text.contains("{0}{1}{2}"))
        explorer = .streaming(StreamFixture.detail([StreamChunk(offsetNanos: 5, kind: .usage, text: "")]))
        explorer.press("p .")
        #expect(explorer.text.contains("No text came"))
    }

    @Test func comparesTwoTaggedSpansOnOneClock() {
        let slow = StreamFixture.detail(StreamFixture.text((0..<100).map { (Int64($0 + 1) * 150, "w\($0) ") }))
        var explorer = ScriptedExplorer.streaming(steady(), slow, columns: 100)
        explorer.press("d")
        #expect(explorer.text.contains("comparing takes two tagged spans (now 0)"))
        explorer.press("Space j Space")
        #expect(explorer.screen[0].contains("2 tagged"))
        explorer.press("d Space")
        #expect(explorer.stream?.tapes.count == 2)
        explorer.press(": 'seek_3s' Enter")
        #expect(explorer.stream?.count(of: 0) == 30 && explorer.stream?.count(of: 1) == 20)
        // The first has come after 3.0 s to where the second comes after 4.5 s.
        #expect(explorer.text.contains("b 1.50s later"))
        explorer.press(".")
        #expect(explorer.stream?.time == 3100 * ms)
    }

    @Test func streamsWithoutAClockAreNotCompared() {
        var explorer = ScriptedExplorer.streaming(steady(), StreamFixture.untimed())
        explorer.press("Space j Space d")
        #expect(explorer.state.view == .trace)
        #expect(explorer.text.contains("has no clock: only streams with times can be compared"))
    }

    @Test func findingsAreReachedInTheTree() {
        var explorer = ScriptedExplorer()
        let span = explorer.structure.spans.first { $0.spanID == SpanID(5) }
        explorer.structure.findings = [
            Finding(
                rule: "stream.stall", severity: .warning, certainty: .proven, message: "m", spanID: span?.spanID)
        ]
        explorer.press("Enter g w")
        #expect(explorer.state.trace?.selectedSpan?.spanID == SpanID(5))
        #expect(explorer.state.trace?.selectedSpan.map { explorer.state.trace?.loaded?.hasFinding($0) } == true)
    }
}
