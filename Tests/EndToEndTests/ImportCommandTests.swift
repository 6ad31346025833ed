import Foundation
import TestSupport
import Testing

@Suite(.blocking) struct ImportCommandTests {
    private static let good = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"desk"}}]},\
        "scopeSpans":[{"scope":{"name":"t"},"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",\
        "spanId":"b7ad6b7169203331","name":"root","startTimeUnixNano":"1795000000000000000",\
        "endTimeUnixNano":"1795000001000000000"}]}]}]}
        """

    /// The summary without its seconds, which differ from run to run.
    private func withoutTime(_ text: String) -> String {
        text.replacing(#/ in [0-9.]+m?s\n/#, with: " in T\n")
    }

    @Test func aGoodFileIsStoredOnceAndCounted() throws {
        let program = try Program()
        try program.home.file("a.json", Self.good)
        let first = try program.run(["import", "a.json"])
        #expect(first.code == 0)
        #expect(first.errors == "")
        #expect(
            withoutTime(first.output) == "1 spans in 1 traces (new 1, known 0, rejected 0) from 1 file in T\n")
        let second = try program.run(["import", "a.json"])
        #expect(
            withoutTime(second.output) == "1 spans in 1 traces (new 0, known 1, rejected 0) from 1 file in T\n")
    }

    @Test func theSummaryIsJSONOnRequest() throws {
        let program = try Program()
        let outcome = try program.run(["import", "-", "--json"], input: Self.good)
        #expect(outcome.code == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "files", "spans", "spans_new", "spans_known", "spans_revised", "traces", "streams", "streams_joined",
                "rejected",
                "redacted", "seconds",
            ])
        #expect(["spans", "files", "rejected"].map { object[$0] as? Int } == [1, 1, 0])
        #expect(object["redacted"] as? [String: Int] == [:])
    }

    @Test func theDatabaseIsItsOwnersAlone() throws {
        let program = try Program()
        #expect(try program.run(["import", "-"], input: Self.good).code == 0)
        let database = program.home.path + "/.local/share/spandrel/traces.db"
        let mode = try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    /// Inputs that cannot be decoded, by name.
    private static let bad = [
        "cut.json": String(good.prefix(300)), "empty.json": "", "page.json": "<html><body>502</body></html>",
        "other.json": "{\"a\":1}", "deep.json": String(repeating: "[", count: 10_000),
        "ids.json": good.replacing("b7ad6b7169203331", with: "b7ad"), "cut.json.gz": "\u{1F}", "noise.pb": "\n\u{3}abc",
    ]

    @Test(arguments: bad.keys.sorted()) func undecodableInputIsToldWithItsPlace(name: String) throws {
        let text = try #require(Self.bad[name])
        let program = try Program()
        try program.home.file(name, text)
        try program.home.file("good.json", Self.good)
        let outcome = try program.run(["import", name, "good.json", "--json"])
        #expect(outcome.code == 65)
        #expect(outcome.output.contains("\"spans_new\":1"))
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("spandrel: \(name):"))
        let listed = try program.run(["rejects"])
        #expect(listed.code == 0)
        #expect(listed.output.split(separator: "\n").count == 1)
        #expect(listed.output.contains("\"file\":\"\(name)\""))
    }

    @Test func aFolderWithoutTracesIsUndecodable() throws {
        let program = try Program()
        try program.home.file("docs/readme.txt", "words")
        let outcome = try program.run(["import", "docs"])
        #expect(outcome.code == 65)
        #expect(outcome.errors.hasPrefix("spandrel: docs: "))
    }

    @Test func missingInputHasItsOwnCode() throws {
        let program = try Program()
        try program.home.file("good.json", Self.good)
        let outcome = try program.run(["import", "none.json", "good.json"])
        #expect(outcome.code == 66)
        #expect(outcome.errors == "spandrel: none.json: no such file or folder\n")
        #expect(outcome.output.contains("new 1"))
    }

    @Test func oddSpansAreNoFault() throws {
        let program = try Program()
        let odd = Self.good.replacing("1795000001000000000", with: "1794999999000000000")
        let outcome = try program.run(["import", "-"], input: odd)
        #expect(outcome.code == 0)
        #expect(outcome.output.hasSuffix("odd but stored: end_before_start 1\n"))
    }

    @Test(arguments: [["import"], ["import", "--format", "xml", "a"], ["import", "--nothing"]])
    func wrongUsageIsOneLine(arguments: [String]) throws {
        let outcome = try Program().run(arguments)
        #expect(outcome.code == 64)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("spandrel: "))
    }

    @Test func aForeignDatabaseIsLeftAlone() throws {
        let program = try Program()
        let file = try program.home.file("notes.db", "not a database, but some text that is long enough")
        let outcome = try program.run(["import", "-", "--db", file], input: Self.good)
        #expect(outcome.code == 65)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("not a database"))
    }
}
