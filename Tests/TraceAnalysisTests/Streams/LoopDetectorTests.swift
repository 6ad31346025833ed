import Basics
import TestSupport
import Testing
import TraceAnalysis
import TraceModel

@Suite struct LoopDetectorTests {
    private let detector = LoopDetector()
    private let fragment = "We are sorry for the delay. The parcel is on its way. Please check the tracking page. "

    @Test func threePeriodsOfThreeSentencesAreFound() throws {
        let before = "Thank you for writing to us about your order, which left the warehouse on Monday. "
        let text = before + String(repeating: fragment, count: 3)
        let loop = try #require(detector.loops(in: text).first)
        #expect(loop.period == fragment.count && loop.repeats == 3 && !loop.isNear)
        // The end of what is before may agree with the end of the fragment.
        #expect(abs(loop.onset - before.count - fragment.count) <= 2)
        #expect(loop.end == text.count)
        #expect(detector.loops(in: before + fragment + fragment).isEmpty)
    }

    @Test func aCharacterEightyThousandTimes() throws {
        let loops = detector.loops(in: "Sure! " + String(repeating: "a", count: 80_000))
        #expect(
            loops == [
                LoopDetector.Loop(start: 6, onset: 7, end: 80_006, period: 1, repeats: 80_000, isNear: false)
            ])
    }

    @Test func aChangingCounterIsNear() throws {
        let before = "I will look at the log. "
        let text = before + (8...13).map { "Attempt \($0) failed. The server did not answer. I try again. " }.joined()
        let loop = try #require(detector.loops(in: text).first)
        #expect(loop.isNear && loop.repeats >= 5)
        #expect(abs(loop.onset - before.count - 58) <= 58)
        // Numbers that say something are no counter.
        let facts = (0..<9).map {
            "In \($0 + 1990) the team sold \($0 * $0 * 37 % 100) units of the product to others. "
        }
        #expect(detector.loops(in: facts.joined()).isEmpty)
    }

    @Test func aLoopInTheMiddleEndsWhereTheTextGoesOn() throws {
        let text = "First things first. " + String(repeating: fragment, count: 5) + "Now for something else entirely."
        let loop = try #require(detector.loops(in: text).first)
        #expect(abs(loop.end - 20 - 5 * fragment.count) <= 2)
        #expect(loop.repeats == 5)
    }

    @Test func aLoopThatCameBeforeIsFoundAgain() {
        let loop = String(repeating: fragment, count: 4)
        let loops = detector.loops(in: loop + "Let me think about it once more, in peace. " + loop)
        #expect(loops.count == 2)
    }

    @Test func theLabelledTextsAreToldApart() {
        var (found, missed, invented) = (0, 0, 0)
        for sample in LabelledTexts.samples(seed: 42, perFamily: 6) {
            let loops = detector.loops(in: sample.text)
            switch (sample.loops, loops.first) {
            case (true, let loop?):
                found += 1
                guard let onset = sample.onset, let period = sample.period else { continue }
                // Within a period, or within what agrees by chance where periods are short.
                #expect(abs(loop.onset - onset) <= max(period, 40), "\(sample.family)")
            case (true, nil):
                missed += 1
                print("missed: \(sample.family)")
            case (false, _?):
                invented += 1
                print("invented: \(sample.family)")
            case (false, nil): break
            }
        }
        #expect(found + missed >= 100)
        #expect(Double(found) / Double(found + invented) >= 0.97, "precision")
        #expect(Double(found) / Double(found + missed) >= 0.95, "recall")
    }

    @Test func realStreamsDoNotLoop() {
        let texts = RecordedTexts.all()
        #expect(texts.count > (Recordings.isWhole ? 100 : 40))
        for (name, text) in texts {
            let loops = detector.loops(in: text)
            #expect(loops.isEmpty, "\(name): \(loops.prefix(2))")
        }
    }

    @Test func loopsOfAStreamKnowTheirChunksAndTimes() throws {
        let before = String("One moment please, I am looking that up for you right now. ".prefix(56))
        var chunks = StreamFixture.chunks(of: before + String(repeating: fragment, count: 4))
        // Another text of the same stream, in between, does not disturb it.
        let call = StreamToolCall(index: 0)
        chunks.append(StreamChunk(offsetNanos: 9_000_000_000, kind: .toolArguments, text: "{}", toolCall: call))
        var info = StreamFixture.info()
        info.tokensBilled = 1000
        let figures = StreamAnalysis.figures(of: chunks, info: info)
        let loop = try #require(figures.loops.first)
        #expect(figures.loops.count == 1)
        #expect(loop.kind == .text && loop.repeats == 4)
        #expect(loop.onsetSequence == loop.onsetCharacter / 7)
        #expect(loop.onsetNanos == Int64(loop.onsetSequence + 1) * 20_000_000)
        #expect(try #require(loop.wastedNanos) > 0)
        let share = Double(loop.endCharacter - loop.onsetCharacter) / Double(figures.writtenCharacters)
        #expect(loop.wastedTokens == Int64(clamped: (1000 * share).rounded()))
        #expect(loop.loopedShare > 0.8 && loop.loopedShare < 1)
        let untimed = StreamAnalysis.figures(of: chunks, info: StreamFixture.info(.none))
        #expect(untimed.loops.first?.onsetNanos == nil && untimed.loops.first?.wastedTokens == nil)
    }

    @Test func eachTextOfAStreamIsSearchedByItself() {
        var chunks = StreamChunks()
        for index in 0..<400 {
            let piece = String(Array(String(repeating: fragment, count: 6))[index])
            chunks.append(StreamChunk(offsetNanos: nil, kind: .reasoning, text: piece))
            chunks.append(
                StreamChunk(offsetNanos: nil, kind: .text, text: piece, choiceIndex: index % 3))
        }
        let figures = StreamAnalysis.figures(of: chunks, info: StreamFixture.info(.none))
        #expect(figures.loops.contains { $0.kind == .reasoning })
    }

    @Test func anyTextIsTaken() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<300 {
            let letters = UInt32.random(in: 1...4, using: &random)
            let text = (0..<Int.random(in: 0...900, using: &random)).map { _ in
                UInt32.random(in: 0x30...(0x30 + letters), using: &random)
            }
            for loop in detector.loops(in: text) where !loop.isNear {
                #expect(loop.end <= text.count && loop.onset - loop.start == loop.period)
                #expect((loop.onset..<loop.end).allSatisfy { text[$0] == text[$0 - loop.period] })
            }
        }
        #expect(detector.loops(in: "").isEmpty)
    }
}
