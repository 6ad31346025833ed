import Foundation
import Redaction
import Testing
import TraceModel

@testable import TraceStore

/// The audit and the rewrite with the redactor that imports have.
@Suite struct RealRedactorTests {
    // Put together here, so that no scanner takes the source for a leak.
    private static let stripe = "sk_live" + "_9Qm2Zx7Lw4Tn8Rb5Kd3Vh6Jc"
    private static let aws = "AKIA" + "Q7ZX3LW4TN5RB2KD"
    private static let github = "ghp" + "_a8Kd93LmQz7Xw2Rt5Vb1Nc6Yh4Jf0Gs3Pe9U"

    private static let treatment = TextTreatment(
        Redactor(policy: .standard, key: RedactionKey(bytes: Array(0..<32))))

    private static func planted() throws -> TemporaryStore {
        let store = try TemporaryStore()
        var span = Fixture.span(
            1, name: "deploy",
            attributes: [
                Attribute("gen_ai.operation.name", .string("chat")),
                Attribute("prompt", .string("use \(stripe) for the payment")),
                Attribute("arguments", .string("{\"key\":\"\(aws)\",\"password\": \"correct-horse-7\"}")),
                Attribute("token", .string("a plain word and a number 12345")),
            ])
        span.status = SpanStatus(.error, message: "401 for \(github)")
        let long = String(repeating: "the quick brown fox \"token\" jumps. ", count: 900)
        let other = Fixture.span(2, parent: 1, attributes: [Attribute("long", .string(long + stripe))])
        let cut = Array(stripe.utf8)
        let words = [
            "it is ", String(decoding: cut[..<11], as: UTF8.self), String(decoding: cut[11...], as: UTF8.self),
        ]
        _ = try store.writer.write(
            spans: [span, other].map { PreparedSpan($0) },
            streams: [StreamFixture.recording(1, response: nil, owner: .span(span.traceID, SpanID(2)), words: words)])
        try store.writer.finish()
        return store
    }

    @Test func theWholeWay() throws {
        let store = try Self.planted()
        let audit = StoreAudit(path: store.path, treatment: Self.treatment)
        let before = try audit.run()
        #expect(Set(before.findings.map(\.rule)).isSuperset(of: ["STRIPE_KEY", "AWS_KEY_ID", "GITHUB_TOKEN"]))
        #expect(before.findings.contains { $0.place == "stream_block.data" })
        let report = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: RewriteTests.audit, common: Self.treatment, treatment: { _ in .redacted(Self.treatment) })
        #expect(report.counts.total >= 5)
        #expect(try audit.run().findings == [])
        for name in try FileManager.default.contentsOfDirectory(atPath: store.folder) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: store.folder + "/" + name))
            for secret in [Self.stripe, Self.aws, Self.github, "correct-horse-7"] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
                #expect(bytes.range(of: Data(secret.suffix(12).utf8)) == nil, "\(name)")
                #expect(bytes.range(of: Data(secret.lowercased().suffix(12).utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func structureStays() throws {
        let store = try Self.planted()
        let structure = TextTreatment(
            Redactor(policy: .structureOnly, key: RedactionKey(bytes: Array(0..<32))))
        let questions = [
            "SELECT id || ifnull(parent, '-') || kind || marks || start_ns || end_ns FROM span ORDER BY key",
            "SELECT text FROM name JOIN span ON span.name = name.id ORDER BY span.key",
            "SELECT chunks FROM stream",
        ]
        let before = try questions.map { try store.texts($0) }
        _ = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: RewriteTests.audit, common: Self.treatment, treatment: { _ in .redacted(structure) })
        #expect(try questions.map { try store.texts($0) } == before)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
        for text in [Self.stripe, "quick brown fox", "payment"] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
        #expect(try store.texts("SELECT policies FROM trace_redaction") == ["[\"structure\"]"])
    }
}
