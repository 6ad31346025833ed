import Testing
import TraceModel

@testable import TraceExport

@Suite struct ReportLimitTests {
    private func span(_ id: Int, parent: Int?, isError: Bool = false) -> ReportSpan {
        let trace = TraceID(high: 1, low: 1)
        var row = SpanRow(
            arrival: Int32(id), spanID: SpanID(UInt64(id)), parentSpanID: parent.map { SpanID(UInt64($0)) }, name: 0)
        row.startUnixNano = Int64(id)
        row.endUnixNano = Int64(id + 1)
        row.isError = isError
        let span = Span(traceID: trace, spanID: row.spanID, name: "s\(id)", startUnixNano: nil, endUnixNano: nil)
        return ReportSpan(
            ExportSpan(row: row, span: span, logs: [], stream: nil, facts: SpanFacts(), content: SpanContent()))
    }

    @Test func aLargeWaterfallKeepsWhatWentWrongAndCountsTheRest() {
        var spans = [span(1, parent: nil)]
        spans += (2...11).map { span($0, parent: 1) }
        spans += (12...3000).map { span($0, parent: 2 + $0 % 10, isError: $0 == 2500) }
        let rows = ReportWaterfall(spans, important: [SpanID(1999)], limit: 100)
        #expect(rows.rows.count == 100)
        #expect(rows.hiddenCount == 2900)
        #expect(rows.rows.reduce(0) { $0 + $1.hiddenBeneath } == 2900)
        let drawn = Set(rows.rows.compactMap(\.span).map { spans[$0].row.spanID })
        #expect(drawn.isSuperset(of: [SpanID(1), SpanID(1999), SpanID(2500)]))
        #expect((2...11).allSatisfy { drawn.contains(SpanID(UInt64($0))) })
        // All ten parents show about as many of their 299 children.
        let shown = (2...11).map { parent in
            rows.rows.filter { $0.span.map { spans[$0].row.parentSpanID } == SpanID(UInt64(parent)) }.count
        }
        #expect(shown.allSatisfy { $0 > 0 && $0 < 20 }, "\(shown)")
    }

    @Test func aChainDeeperThanTheLimitIsDrawnFromItsRoot() {
        let spans = (1...50_000).map { span($0, parent: $0 == 1 ? nil : $0 - 1, isError: $0 == 50_000) }
        let rows = ReportWaterfall(spans, important: [], limit: 100)
        #expect(rows.rows.map(\.depth) == Array(0..<100))
        #expect(rows.rows.last?.hiddenBeneath == 49_900)
    }

    @Test func ticksAreRoundAndFew() {
        for nanos: Int64 in [1, 7, 999, 12_345, 2_990_000_000, 66_000_000_000, 86_400_000_000_000, .max] {
            let ticks = ReportExtent.ticks(nanos, most: 7)
            #expect((1...8).contains(ticks.count) && ticks.first == 0, "\(nanos)")
        }
        #expect(
            ReportExtent.ticks(2_990_000_000, most: 7).map(ReportExtent.tickLabel) == [
                "0", "500ms", "1s", "1.5s", "2s", "2.5s",
            ])
    }

    @Test func longTextsAreCutBetweenCharactersAndCounted() {
        var limits = ReportLimits()
        limits.textBytes = 10
        let piece = ReportPiece(.prose, "ääääääää", limits: limits)
        #expect(piece.text == "äääää" && piece.cutRemark == "… 6 B more of 16 B, not shown")
        #expect(ReportPiece(.prose, "kurz", limits: limits).isCut == false)
        #expect(ReportPiece.cut("aä", to: 2) == "a")
    }

    @Test func jsonIsLaidOutWithoutTouchingItsValues() {
        #expect(JSONLayout.pretty("{\"a\":1,\"a\":1e400,\"b\":[ ]}") == "{\"a\": 1, \"a\": 1e400, \"b\": []}")
        let long =
            "{\"k\":[12345678901234567890123,{\"s\":\"a,b:{}[]\\\"x\\\\\"}],\"e\":{},\"t\":\"\(String(repeating: "x", count: 60))\"}"
        #expect(
            JSONLayout.pretty(long) == """
                {
                  "k": [
                    12345678901234567890123,
                    {
                      "s": "a,b:{}[]\\"x\\\\"
                    }
                  ],
                  "e": {},
                  "t": "\(String(repeating: "x", count: 60))"
                }
                """)
        #expect(JSONLayout.pretty("{broken") == nil && JSONLayout.pretty("plain") == nil)
    }

    @Test func aHistoryIsToldOnce() {
        var history = MessageHistory()
        let user = Message(role: "user", parts: [.text("hello")])
        let answer = Message(role: "assistant", parts: [.reasoning("hm"), .text("hi ")])
        // Histories leave out what the model wrote for itself, and trim.
        let echo = Message(role: "assistant", parts: [.text("hi")], finishReason: "stop")
        let other = Message(role: "tool", parts: [.text("hello")])
        let isNew = [user, answer, echo, user, other].map { history.insert($0) }
        #expect(isNew == [true, true, false, false, true])
    }

    @Test func figuresSayWhatIsMissing() {
        #expect(ReportFigures.duration(nil) == "unknown" && ReportFigures.duration(0) == "0")
        #expect(ReportFigures.duration(.min).hasPrefix("-106751d") && ReportFigures.duration(59_960_000_000) == "1m00s")
        #expect(ReportFigures.count(1_234_567) == "1,234,567" && ReportFigures.count(Int64?.none) == "unknown")
        #expect(ReportTime.utc(1_795_000_000_120_000_000) == "2026-11-18 11:06:40.120 UTC")
        #expect(ReportTime.utc(-1) == "1969-12-31 23:59:59.999 UTC" && ReportTime.utc(nil) == "not recorded")
        #expect(ReportTime.utc(.min).hasPrefix("1677-09-21"))
        #expect(ReportFigures.bytes(999) == "999 B" && ReportFigures.bytes(12_345) == "12.3 KB")
        #expect(TextColumns.cut("数据库 ok", to: 5) == "数据…")
    }
}
