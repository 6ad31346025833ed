import SQLiteQuery
import Testing
import TraceModel
import TraceQuery

/// What came through the door, and what did not.
@Suite struct DoorTests {
    private func structure(_ what: String) async throws -> TraceStructure {
        let database = try HostileDatabase.imported.get()
        let trace = try #require(database.traces.first { $0.what == what }, "\(what)")
        let structure = try await database.backend.run(StructureRequest(.prefix(trace.id)))
        return structure
    }

    @Test(arguments: HostileNumber.allCases)
    func times(number: HostileNumber) async throws {
        // What is no whole number from 0 on is no time of OTLP, and costs itself.
        let isUnreadable = [.least, .belowLeastTime, .minusOne, .notANumber, .minusInfinity].contains(number)
        let structure = try await structure("\(HostileTrace.Field.modelEnd) = \(number) (bare)")
        let span = structure.spans.first { $0.spanID.rawValue == 2 }
        guard let span else {
            Issue.record("no span of \(number)")
            return
        }
        #expect(span.marks.contains(.unreadableValue) == isUnreadable)
        let isOut = !isUnreadable && (number.bits ?? .max) > UInt64(HostileNumber.mostTime.integer ?? 0)
        #expect(span.marks.contains(.outOfRange) == isOut)
        #expect(span.endUnixNano == (isOut || isUnreadable || number == .zero ? nil : number.integer))
    }

    @Test(arguments: HostileNumber.allCases)
    func counts(number: HostileNumber) async throws {
        let structure = try await structure("\(HostileTrace.Field.outputTokens) = \(number) (bare)")
        let span = structure.spans.first { $0.spanID.rawValue == 2 }
        let known = try #require(span)
        // An integer that 64 bits do not hold is no `intValue`: it costs itself.
        guard let integer = number.integer else {
            #expect(known.tokensOutput == nil && known.marks.contains(.unreadableValue))
            return
        }
        let isIn = integer >= 0 && integer <= 1 << 42
        #expect(known.tokensOutput == (isIn ? integer : nil))
        #expect(known.marks.contains(.outOfRange) == !isIn)
    }

    @Test func whatWasStatedStaysToBeRead() async throws {
        let database = try HostileDatabase.imported.get()
        for (what, key, stated) in [
            ("modelEnd = mostUnsigned (bare)", "spandrel.out_of_range.endTimeUnixNano", "18446744073709551615"),
            ("outputTokens = minusOne (bare)", "gen_ai.usage.output_tokens", "-1"),
            ("inputTokens = huge (double)", "gen_ai.usage.input_tokens", "inf"),
        ] {
            let trace = try #require(database.traces.first { $0.what == what }, "\(what)")
            let detail = try await database.backend.run(
                SpanRequest(.prefix(trace: trace.id, span: "0000000000000002")))
            let value = try #require(detail.span.attributes.value(of: key))
            #expect(value.stringValue ?? value.intValue.map { "\($0)" } ?? value.doubleValue.map { "\($0)" } == stated)
            #expect(detail.span.marks.contains(.outOfRange))
        }
    }

    @Test func marksAreFoundByFilters() async throws {
        let backend = try HostileDatabase.imported.get().backend
        let filter = try FilterExpression.parse("mark:out_of_range")
        let all = try await backend.run(StatisticsRequest())
        let marked = try await backend.run(StatisticsRequest(filter))
        #expect(marked.traces > 200 && marked.traces < all.traces)
    }
}
