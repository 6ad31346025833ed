import Basics
import TestSupport
import Testing
import TraceModel

@Suite("Stored forms of agents, steps, ledger and clocks")
struct AnalysisFormTests {
    private func read<Value>(_ bytes: [UInt8], _ read: (inout ByteReader) -> Value?) -> Value? {
        bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            guard reader.number() == AnalysisForm.version else { return nil }
            return read(&reader)
        }
    }

    private func text(_ random: inout SplitMix64) -> String? {
        [nil, "", "worker", "客服 👩‍💻", "\0\0"].randomElement(using: &random) ?? nil
    }

    private func time(_ random: inout SplitMix64) -> Int64? {
        [nil, 0, 5, OutsideNumber.times.lowerBound, OutsideNumber.times.upperBound].randomElement(using: &random) ?? nil
    }

    private func evidence(_ random: inout SplitMix64) -> [FindingEvidence] {
        (0..<Int.random(in: 0...2, using: &random)).map { _ in
            FindingEvidence(
                spanID: Bool.random(using: &random) ? SpanID(random.next()) : nil, label: text(&random) ?? "",
                value: text(&random) ?? "")
        }
    }

    private func runs(_ random: inout SplitMix64) -> [AgentRun] {
        (0..<Int.random(in: 0...9, using: &random)).map { place in
            var run = AgentRun(
                number: Int32(place + 1), name: text(&random),
                source: IdentitySource.allCases.randomElement(using: &random) ?? .missing)
            run.role = text(&random)
            run.declaredInstance = text(&random)
            run.instance = Int.random(in: 1...9, using: &random)
            run.attempt = Int.random(in: 1...3, using: &random)
            run.attemptReason = run.attempt > 1 ? AttemptReason.allCases.randomElement(using: &random) : nil
            run.attemptCertainty = run.attempt > 1 ? FindingCertainty.allCases.randomElement(using: &random) : nil
            run.attemptEvidence = evidence(&random)
            run.parent = Int32.random(in: 0...9, using: &random)
            run.relation = AgentRelation.allCases.randomElement(using: &random) ?? .root
            run.firstAttempt = Int32.random(in: 0...9, using: &random)
            run.spanID = Bool.random(using: &random) ? SpanID(random.next()) : nil
            run.spanOrdinal = Int32.random(in: 0...1, using: &random)
            run.triggeringSpanID = Bool.random(using: &random) ? SpanID(random.next()) : nil
            run.promptName = text(&random)
            run.promptDigest = Bool.random(using: &random) ? random.next() : nil
            run.modelsRequested = [text(&random), text(&random)].compactMap { $0 }
            run.state = AgentState.allCases.randomElement(using: &random) ?? .ok
            (run.startUnixNano, run.endUnixNano) = (time(&random), time(&random))
            run.spanCount = Int.random(in: 0...1 << 30, using: &random)
            run.tokensInput = [nil, 0, 99].randomElement(using: &random) ?? nil
            return run
        }
    }

    private func steps(_ random: inout SplitMix64) -> [StepFigures] {
        (0..<Int.random(in: 0...9, using: &random)).map { place in
            var step = StepFigures(
                number: Int32(place + 1), run: Int32.random(in: 0...3, using: &random), spanID: SpanID(random.next()),
                startUnixNano: Int64.random(in: -9...1 << 50, using: &random),
                durationNanos: Int64.random(in: 0...1 << 50, using: &random))
            step.spanOrdinal = Int32.random(in: 0...1, using: &random)
            step.declaredNumber = [nil, 0, 3].randomElement(using: &random) ?? nil
            (step.isDeclared, step.isError) = (Bool.random(using: &random), Bool.random(using: &random))
            for phase in Phase.allCases.indices {
                step.quality[phase] = FigureQuality.allCases.randomElement(using: &random) ?? .unknown
                step.wall[phase] = Int64.random(in: 0...1 << 40, using: &random)
                step.work[phase] = Int64.random(in: 0...1 << 40, using: &random)
            }
            return step
        }
    }

    private func items(_ random: inout SplitMix64) -> [LedgerItem] {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
            var item = LedgerItem(
                kind: LedgerItem.Kind.allCases.randomElement(using: &random) ?? .stepGap, missing: 4,
                message: text(&random) ?? "", spanID: Bool.random(using: &random) ? SpanID(random.next()) : nil,
                certainty: FindingCertainty.allCases.randomElement(using: &random) ?? .proven,
                evidence: evidence(&random))
            item.expected = [nil, 0, 8].randomElement(using: &random) ?? nil
            item.isLowerBound = Bool.random(using: &random)
            return item
        }
    }

    private func clocks(_ random: inout SplitMix64) -> [ClockEstimate] {
        (0..<Int.random(in: 0...4, using: &random)).map { place in
            var clock = ClockEstimate(
                number: Int32(place), name: text(&random) ?? "", spanCount: place,
                basis: ClockEstimate.Basis.allCases.randomElement(using: &random) ?? .reference)
            clock.offsetNanos = time(&random) ?? 0
            (clock.lowerNanos, clock.upperNanos) = (time(&random), time(&random))
            return clock
        }
    }

    @Test("come back as they were")
    func roundTrip() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let (runs, steps) = (runs(&random), steps(&random))
            let (items, clocks) = (items(&random), clocks(&random))
            #expect(read(AnalysisForm.bytes(runs), AnalysisForm.runs) == runs)
            #expect(read(AnalysisForm.bytes(steps), AnalysisForm.steps) == steps)
            #expect(read(AnalysisForm.bytes(items), AnalysisForm.ledgerItems) == items)
            #expect(read(AnalysisForm.bytes(clocks), AnalysisForm.clocks) == clocks)
        }
    }

    @Test("an unknown column is skipped, and what a missing one holds is absent")
    func otherColumns() throws {
        var run = AgentRun(number: 1, name: "worker", source: .declared)
        run.spanID = SpanID(9)
        let bytes = AnalysisForm.bytes([run, run])
        #expect(read(bytes + [0x60, 3, 1, 2, 3], AnalysisForm.runs)?.map(\.name) == ["worker", "worker"])
        // Without the names, which are the third column.
        let kept = try leavingOut(bytes) { $0 == 3 }
        let found = read(kept, AnalysisForm.runs)
        let read = try #require(found)
        #expect(read.map(\.name) == [nil, nil] && read.map(\.spanID) == [SpanID(9), SpanID(9)])
    }

    /// A form without the columns that are chosen by their numbers.
    private func leavingOut(_ form: [UInt8], _ isOut: (UInt64) -> Bool) throws -> [UInt8] {
        try form.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            var kept = ByteWriter()
            let version = reader.number()
            kept.number(try #require(version))
            while !reader.isAtEnd {
                let (found, count) = (reader.number(), reader.count())
                let (column, size) = (try #require(found), try #require(count))
                let part = reader.part(size)
                if isOut(column) { continue }
                kept.number(column)
                kept.number(UInt64(size))
                kept.append(try #require(part).rest)
            }
            return kept.bytes
        }
    }

    @Test("steps of builds that knew nine phases read as they were, and the tenth as unknown")
    func ninePhases() throws {
        var random = SplitMix64(seed: 13)
        var steps: [StepFigures] = []
        while steps.count < 3 { steps = self.steps(&random) }
        // The columns of the later phases are the last three.
        let bytes = try leavingOut(AnalysisForm.bytes(steps)) { $0 >= 15 }
        for index in steps.indices {
            steps[index].quality[.humanWait] = .unknown
            steps[index].wall[.humanWait] = 0
            steps[index].work[.humanWait] = 0
        }
        #expect(read(bytes, AnalysisForm.steps) == steps)
    }

    @Test("a wild number of rows asks for no memory")
    func wildCount() {
        var writer = ByteWriter()
        for number: UInt64 in [AnalysisForm.version, 1, 5, 0x7FFF_FFFF] { writer.number(number) }
        #expect(read(writer.bytes, AnalysisForm.steps) == nil)
        #expect(read([2], AnalysisForm.steps) == [])
    }

    @Test("damage gives nil or other values and never more")
    func damage() {
        var random = SplitMix64(seed: 12)
        for _ in 0..<300 {
            for form in [AnalysisForm.bytes(runs(&random)), AnalysisForm.bytes(steps(&random))] {
                var bytes = form
                guard bytes.count > 1 else { continue }
                for _ in 0..<9 {
                    bytes[Int.random(in: 1..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                    _ = read(bytes, AnalysisForm.runs)
                    _ = read(bytes, AnalysisForm.steps)
                    _ = read(bytes, AnalysisForm.ledgerItems)
                    _ = read(bytes, AnalysisForm.clocks)
                }
            }
        }
    }
}
