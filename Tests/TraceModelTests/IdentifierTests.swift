import Testing
import TraceModel

@Suite struct IdentifierTests {
    @Test func traceIDsReadAndWriteHexInAnyCase() throws {
        let id = try #require(TraceID(hex: "5B8EFFF798038103D269B633813FC60C"))
        #expect(id.hex == "5b8efff798038103d269b633813fc60c")
        #expect(TraceID(hex: "5b8e") == nil)
        #expect(TraceID(hex: String(repeating: "g", count: 32)) == nil)
        #expect(TraceID(hex: String(repeating: "0", count: 32))?.isValid == false)
    }

    @Test func spanIDsOrderByTheirBytes() throws {
        let small = try #require(SpanID(hex: "00000000000000ff"))
        let large = try #require(SpanID(hex: "eee19b7ec3c1b173"))
        #expect(small < large)
        #expect(large.hex == "eee19b7ec3c1b173")
        #expect(SpanID(hex: "eee19b7ec3c1b17") == nil)
    }

    @Test func namesAreInternedOnceAndAbsenceIsNone() {
        var table = NameTable()
        let first = table.intern("chat")
        #expect(table.intern("chat") == first)
        #expect(table.intern(String?.none) == 0)
        #expect(table[0] == nil)
        #expect(table[first] == "chat")
        #expect(table.intern("") != 0)
        #expect(table.count == 2)
    }

    @Test func durationsOfFarTimesDoNotOverflow() {
        var row = SpanRow(arrival: 1, spanID: SpanID(1), parentSpanID: nil, name: 0)
        #expect(row.durationNanos == nil)
        row.startUnixNano = .min
        row.endUnixNano = .max
        #expect(row.durationNanos == nil)
        row.startUnixNano = 7
        row.endUnixNano = 5
        #expect(row.durationNanos == -2)
    }

    @Test func marksHaveStableDistinctNames() {
        #expect(Set(SpanMarks.named.map(\.name)).count == SpanMarks.named.count)
        #expect(Set(SpanMarks.named.map(\.mark.rawValue)).count == SpanMarks.named.count)
        #expect(([SpanMarks.unfinished, .selfParent] as SpanMarks).names == ["self_parent", "unfinished"])
    }
}
