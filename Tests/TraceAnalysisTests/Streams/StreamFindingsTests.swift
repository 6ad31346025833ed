import Testing
import TraceAnalysis
import TraceModel

@Suite struct StreamFindingsTests {
    private let second: Int64 = 1_000_000_000

    private func findings(
        _ chunks: StreamChunks, _ info: StreamInfo, status: SpanStatus.Code = .ok, reasons: [String] = ["stop"],
        isError: Bool = false
    ) -> [Finding] {
        var span = StreamFixture.span
        span.status = SpanStatus(status)
        var facts = SpanFacts(kind: .llm)
        facts.finishReasons = reasons
        facts.isError = isError
        return StreamAnalysis.findings(
            figures: StreamAnalysis.figures(of: chunks, info: info), chunks: chunks, info: info, span: span,
            facts: facts)
    }

    private func info(_ cause: StreamEndCause = .finished, _ reason: String? = "stop") -> StreamInfo {
        var info = StreamFixture.info()
        info.endCause = cause
        info.finishReason = reason
        return info
    }

    @Test func aGoodStreamHasNone() {
        #expect(findings(StreamFixture.text((1...50).map { $0 * 20_000_000 }), info()).isEmpty)
        #expect(findings(StreamChunks(), info()).isEmpty)
    }

    @Test func stallsNameTheLongestAndTheLimit() throws {
        let chunks = StreamFixture.text([1, 2, 2 * second + 2, 2 * second + 3, 5 * second + 3])
        let finding = try #require(findings(chunks, info()).first)
        #expect(finding.rule == "stream.stall" && finding.severity == .warning && finding.certainty == .proven)
        #expect(
            finding.message
                == "The stream stood still 2 times for 5.00s in all, the longest 3.00s in the text at 2.00s.")
        #expect(finding.evidence.map(\.label).contains("limit"))
        #expect(finding.spanID == StreamFixture.span.spanID)
        var paced = info()
        paced.timing = .synthetic
        #expect(findings(chunks, paced).isEmpty)
    }

    /// A stream that waits 6 s for its first chunk, pauses for 5 s and hangs for 7 s at its end.
    private func slow(missing: MissingChunks, dropped: Int = 66) -> (StreamFigures, [Finding]) {
        let chunks = StreamFixture.text([6 * second, 6 * second + 1, 11 * second + 1, 11 * second + 2])
        var info = StreamFixture.info(duration: 18 * second)
        info.droppedChunks = dropped
        info.remark(missing)
        return (StreamAnalysis.figures(of: chunks, info: info), findings(chunks, info))
    }

    @Test func missingChunksLeaveOutWhatTheyCouldChange() {
        let (whole, proven) = slow(missing: [], dropped: 0)
        #expect(whole.stalls.map(\.stallClass) == [.beforeFirst, .midText, .tailHang])
        #expect(whole.interChunk != nil && whole.timePerOutputChunkNanos != nil && whole.stalledShare != nil)
        #expect(proven.map(\.certainty) == [.proven])

        let (oldest, _) = slow(missing: .first)
        #expect(oldest.timeToFirstChunkNanos == nil && oldest.timeToFirstVisibleChunkNanos == nil)
        #expect(oldest.stalls.map(\.stallClass) == [.midText, .tailHang] && oldest.durationNanos == 18 * second)
        let (newest, _) = slow(missing: .last)
        #expect(
            newest.timeToFirstChunkNanos == 6 * second && newest.stalls.map(\.stallClass) == [.beforeFirst, .midText])
        let (between, _) = slow(missing: .between)
        #expect(between.timeToFirstChunkNanos == 6 * second)
        #expect(between.stalls.map(\.stallClass) == [.beforeFirst, .tailHang])
        // Only their number is known.
        let (unknown, nothing) = slow(missing: [])
        #expect(unknown.timeToFirstChunkNanos == nil && unknown.stalls.isEmpty && nothing.isEmpty)
        for figures in [oldest, newest, between, unknown] {
            #expect(figures.interChunk == nil && figures.timePerOutputChunkNanos == nil)
            #expect(figures.stalledNanos == nil && figures.stalledShare == nil && figures.reasoningShare == nil)
        }
    }

    @Test func nothingIsProvenWhereChunksAreMissing() throws {
        let stall = try #require(slow(missing: .first).1.first)
        #expect(stall.rule == "stream.stall" && stall.certainty == .inferred)
        #expect(stall.evidence.contains { $0.label == "missing chunks" && $0.value == "66" })
        let text = String(repeating: "We are sorry. The parcel is late. Please look at the page again. ", count: 4)
        var lossy = info()
        lossy.droppedChunks = 1
        #expect(findings(StreamFixture.chunks(of: text), lossy).map(\.certainty) == [.inferred])
        var cut = info(.connectionDropped, nil)
        cut.droppedChunks = 3
        let broken = findings(StreamFixture.text([1, 2]), cut, status: .error, isError: true)
        #expect(broken.map(\.rule) == ["stream.truncated"] && broken.map(\.certainty) == [.inferred])
    }

    @Test func loopsUnderAGreenStatusAreFound() throws {
        let text = String(repeating: "We are sorry. The parcel is late. Please look at the page again. ", count: 4)
        let finding = try #require(findings(StreamFixture.chunks(of: text), info()).first)
        #expect(finding.rule == "stream.loop" && finding.severity == .error && finding.certainty == .proven)
        #expect(finding.message.contains("repeats 65 characters 4 times from character 65 at 200ms on: 100% of it"))
    }

    @Test func truncationIsALengthLimitOrAMissingEnd() {
        let chunks = StreamFixture.text([1, 2])
        #expect(findings(chunks, info(.finished, "MAX_TOKENS")).map(\.rule) == ["stream.truncated"])
        #expect(findings(chunks, info(), reasons: ["length"]).map(\.rule) == ["stream.truncated"])
        let dropped = findings(chunks, info(.connectionDropped, nil), status: .error, isError: true)
        #expect(dropped.map(\.rule) == ["stream.truncated"])
        var unknown = info(.unknown, nil)
        #expect(findings(chunks, unknown).isEmpty)
        unknown.wireProtocol = "openai.chat"
        #expect(findings(chunks, unknown).map(\.certainty) == [.inferred])
    }

    @Test func aBrokenStreamUnderAnOkSpanIsToldWithItsCall() throws {
        let call = StreamToolCall(index: 0, id: "call_1", name: "refund")
        var chunks = StreamFixture.text([1])
        chunks.append(StreamChunk(offsetNanos: 2, kind: .toolArguments, text: "{\"a\":\"}", toolCall: call))
        let cut = findings(chunks, info(.clientAbort, nil))
        #expect(cut.map(\.rule) == ["stream.aborted_after_tool_call", "stream.partial_shown_as_complete"])
        #expect(cut.first?.message.contains("refund") == true && cut.first?.message.contains("incomplete") == true)
        #expect(cut.last?.certainty == .proven)
        chunks.append(
            StreamChunk(offsetNanos: 3, kind: .toolArguments, text: "\"}", toolCall: StreamToolCall(index: 0)))
        #expect(findings(chunks, info(.clientAbort, nil)).first?.message.contains("may have run") == true)
        let unset = findings(StreamFixture.text([1]), info(.clientAbort, nil), status: .unset, reasons: [])
        #expect(unset.map(\.rule) == ["stream.partial_shown_as_complete"])
        #expect(unset.map(\.certainty) == [.inferred])
    }

    @Test func aSlowFirstChunkIsOverTenSeconds() throws {
        #expect(findings(StreamFixture.text([10 * second, 10 * second + 1]), info()).isEmpty)
        let late = try #require(findings(StreamFixture.text([11 * second, 11 * second + 1]), info()).first)
        #expect(late.rule == "stream.slow_first_chunk")
        #expect(late.message == "The first chunk came after 11.0s, over the limit of 10.0s.")
    }

    @Test func everyRuleIsInTheTableOnce() {
        let ids = FindingRules.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.count { $0.hasPrefix("stream.") } == 6)
        #expect(ids.count { $0.hasPrefix("joint.") } == 10)
        #expect(FindingRules.all.allSatisfy { !$0.title.isEmpty && !$0.proves.isEmpty && !$0.limits.isEmpty })
        #expect(FindingRules.rule("stream.loop")?.severity == .error)
    }
}
