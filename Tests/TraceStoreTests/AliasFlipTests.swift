import Testing
import TraceModel

@testable import TraceStore

/// Names that other models answer to from one trace to the next.
@Suite struct AliasFlipTests {
    private static let hour: Int64 = 3_600_000_000_000
    /// Monday 2026-11-23, 00:00 UTC.
    private static let monday: Int64 = 1_795_392_000_000_000_000

    /// A trace with one call at an hour after that midnight.
    private func call(
        _ trace: UInt64, hour: Int64, _ model: String?, span: UInt64 = 1, alias: String = "support-large"
    ) -> PreparedSpan {
        var attributes = [
            Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.request.model", .string(alias)),
        ]
        if let model { attributes.append(Attribute("gen_ai.response.model", .string(model))) }
        return PreparedSpan(
            Fixture.span(
                span, trace: trace, name: "chat", start: Self.monday + hour * Self.hour, attributes: attributes))
    }

    private let old = "gpt-4.1-2025-04-14"
    private let new = "gpt-4.1-mini-2025-04-14"

    /// Trace and severity of each finding.
    private func findings(_ store: TemporaryStore) throws -> [String?] {
        try store.texts(
            """
            SELECT finding.trace || ' ' || severity FROM finding JOIN name ON name.id = rule
            WHERE text = 'identity.alias_flip' ORDER BY finding.trace, span
            """)
    }

    private func flipped() throws -> TemporaryStore {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [
            call(1, hour: 18, old), call(2, hour: 20, old), call(3, hour: 21, new), call(4, hour: 30, new),
            call(5, hour: 46, new), call(6, hour: 30, nil), call(7, hour: 22, "other-1", alias: "other"),
        ])
        try store.writer.finish()
        return store
    }

    @Test func tracesOfTheFirstDayAreTold() throws {
        let store = try flipped()
        #expect(try findings(store) == ["3 1", "4 0"])
        #expect(
            try store.texts("SELECT DISTINCT message FROM finding") == [
                """
                support-large was answered by gpt-4.1-mini-2025-04-14 from Mon 2026-11-23 21:00 UTC on; \
                until then by gpt-4.1-2025-04-14 (last Mon 2026-11-23 20:00 UTC).
                """
            ])
        let rules = try store.texts("SELECT findings FROM trace WHERE key IN (2, 3)")
        #expect(rules == ["[]", "[\"identity.alias_flip\"]"])
        let facets = """
            SELECT facet.trace FROM facet JOIN name ON name.id = value
            WHERE field = 16 AND text = 'identity.alias_flip' ORDER BY facet.trace
            """
        #expect(try store.texts(facets) == ["3", "4"])
        #expect(try store.integer("SELECT count(*) FROM facet WHERE field = 18") == 2)
    }

    @Test func againIsTheSame() throws {
        let store = try flipped()
        let before = try store.texts("SELECT id || message || evidence FROM finding ORDER BY id")
        _ = try store.writer.write(spans: [call(8, hour: 60, new)])
        try store.writer.finish()
        #expect(try store.texts("SELECT id || message || evidence FROM finding ORDER BY id") == before)
        _ = try store.writer.reanalyze(onlyOutdated: false) { _, _ in }
        #expect(try findings(store) == ["3 1", "4 0"])
        #expect(try store.texts("SELECT findings FROM trace WHERE key = 3") == ["[\"identity.alias_flip\"]"])
    }

    @Test func whatArrivesLateChangesWhatIsSaid() throws {
        let store = try flipped()
        // The new model answered before the old one ever did.
        _ = try store.writer.write(spans: [call(8, hour: 17, new)])
        try store.writer.finish()
        #expect(try findings(store) == ["1 1", "2 0"])
        #expect(try store.texts("SELECT findings FROM trace WHERE key = 3") == ["[]"])
        let messages = try store.texts("SELECT message FROM finding")
        #expect(messages.allSatisfy { $0?.contains("answers to it still") == true })
    }

    @Test func aSnapshotOfTheNameIsNoOtherModel() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [
            call(1, hour: 1, "support-large"), call(2, hour: 2, "gpt-4.1"),
            call(3, hour: 3, "openai/GPT-4.1-2025-04-14"),
        ])
        try store.writer.finish()
        #expect(try findings(store) == [])
    }

    @Test func aTraceThatFlipsItselfIsToldOnce() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [
            call(1, hour: 1, old), call(2, hour: 2, old), call(2, hour: 3, new, span: 2), call(3, hour: 4, new),
        ])
        try store.writer.finish()
        #expect(try findings(store) == ["2 1", "3 0"])
    }
}
