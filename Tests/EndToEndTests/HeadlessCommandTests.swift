import Foundation
import TestSupport
import Testing

@Suite(.blocking) struct HeadlessCommandTests {
    /// A program with the demo of a fixed day in its standard database.
    private func demo() throws -> Program {
        let program = try Program()
        let database = program.home.path + "/.local/share/spandrel/traces.db"
        try FileManager.default.createDirectory(
            atPath: program.home.path + "/.local/share/spandrel", withIntermediateDirectories: true)
        let outcome = try program.run(["demo", "--at", "1795000000000000000", "--db", database])
        #expect(outcome.code == 0)
        return program
    }

    @Test func withoutATerminalTheListIsWritten() throws {
        let program = try demo()
        let opened = try program.run([])
        #expect(opened.code == 0)
        #expect(opened.output == (try program.run(["traces"])).output)
        #expect(opened.output.split(separator: "\n").count > 60)
    }

    @Test func aStatementThatFillsTheMemoryIsEnded() throws {
        let sorted =
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 40) "
            + "SELECT x, zeroblob(60000000) AS b FROM n ORDER BY b, x"
        let ended = try demo().run(["sql", sorted])
        #expect(ended.code == 75 && ended.errors.contains("MiB"), "\(ended.errors)")
    }

    @Test func theDemoIsTheSameEachTime() throws {
        let first = try Program().run(["demo", "--at", "1795000000000000000"])
        let second = try Program().run(["demo", "--at", "1795000000000000000"])
        #expect(first.code == 0)
        #expect(first.output == second.output && !first.output.isEmpty)
    }

    @Test func idsMayBeShortened() throws {
        let program = try demo()
        let id = try largest(program)
        let whole = try program.run(["trace", id])
        #expect(whole.output.split(separator: "\n").count == 340)
        #expect(try program.run(["trace", String(id.prefix(10))]).output == whole.output)
        #expect(try program.run(["trace", id.uppercased()]).output == whole.output)
    }

    @Test func aSpanIsNamedByTraceAndSpan() throws {
        let program = try demo()
        let id = try largest(program)
        let outcome = try program.shell(
            "spandrel span \(id)/$(spandrel trace \(id) | sed -n 3p | grep -o '\"span_id\":\"[0-9a-f]*' | cut -d'\"' -f4)"
        )
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("\"tool\":{\"name\":\"read_ticket\""))
    }

    @Test func pagesOfAListJoin() throws {
        let program = try demo()
        let all = try program.run(["traces", "--format", "csv"]).output.split(separator: "\n").dropFirst()
        var joined: [Substring] = []
        var arguments = ["traces", "--format", "csv", "--limit", "20"]
        for _ in 0..<20 {
            let page = try program.run(arguments)
            joined += page.output.split(separator: "\n").dropFirst().map { Substring($0) }
            guard let cursor = page.errors.split(separator: " ").last, page.errors.contains("--after") else { break }
            arguments = [
                "traces", "--format", "csv", "--limit", "20", "--after", cursor.trimmingCharacters(in: .newlines),
            ]
        }
        #expect(Array(all) == joined)
    }

    @Test func errorsHaveTheirCodes() throws {
        let program = try demo()
        let junk = try program.home.file("junk.db", String(repeating: "no database ", count: 400))
        let cases: [(arguments: [String], code: Int32)] = [
            (["traces", "--db", "none.db"], 66), (["none.db"], 66), (["traces", "--db", junk], 65),
            (["trace", "ffffffffffffffff"], 66), (["trace", "xyz"], 66), (["span", "abc"], 64), (["trcaes"], 64),
            (["traces", "--sort", "colour"], 64), (["traces", "--limit", "-1"], 64),
            (["steps", "ab", "--filter", "kind:llm"], 64), (["findings", "--fail-on", "colour"], 64), (["agents"], 64),
            (["traces", "--filter", "kind:"], 64), (["sql", "DELETE FROM span"], 64), (["sql", "SELEC 1"], 64),
        ]
        for (arguments, code) in cases {
            let outcome = try program.run(arguments)
            #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.hasPrefix("spandrel: "), "\(arguments)")
            #expect(outcome.output == "", "\(arguments)")
        }
    }

    /// An audit ends with 0 only where all was looked at and nothing found.
    @Test func anAuditTellsWhatItDidNotLookAt() throws {
        let program = try Program()
        func database(_ name: String, _ key: String, _ value: String) throws -> String {
            let span = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0123456789abcdef0123456789abcdef",\
                "spanId":"0123456789abcdef","name":"x","startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[\
                {"key":"\(key)","value":{"stringValue":"\(value)"}}]}]}]}]}
                """
            let path = program.home.path + "/" + name + ".db"
            let file = try program.home.file(name + ".json", span)
            #expect(try program.run(["import", file, "--no-redact", "--db", path]).code == 0)
            return path
        }
        let clean = try program.run(["audit", "--db", database("clean", "note", "nothing")])
        #expect(clean.code == 0 && clean.output == "" && clean.errors.contains("nothing found in 1 span and"))
        let found = try program.run(["audit", "--db", database("found", "db.password", "hunter2x")])
        #expect(found.code == 3 && found.output.contains("PASSWORD") && !found.output.contains("hunter"))
        #expect(!found.errors.contains("nothing found"))
        let closed = try program.run([
            "audit", "--db", database("closed", "body", "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="),
        ])
        #expect(closed.code == 65 && closed.output.contains("\"rule\":null"))
        #expect(closed.errors.contains("not looked at: 1 time in span_payload, compressed"))
        #expect(closed.errors.contains("nothing found in what could be looked at of"))
        let mended = try program.run(["audit", "--fix", "--db", database("found", "db.password", "hunter2x")])
        #expect(mended.code == 0 && mended.errors.contains("mended: "))
        let junk = try program.home.file("junk.db", String(repeating: "no database ", count: 400))
        for (path, code) in [(junk, Int32(65)), ("none.db", 66)] {
            let outcome = try program.run(["audit", "--db", path])
            #expect(outcome.code == code && !outcome.errors.contains("nothing found"), "\(outcome.errors)")
        }
    }

    @Test func aFaultOfAFilterIsPointedAt() throws {
        let outcome = try demo().run(["traces", "--filter", "kind:tool colour:red"])
        #expect(outcome.code == 64)
        let lines = outcome.errorLines
        #expect(lines.count == 3)
        #expect(lines[1] == "  kind:tool colour:red")
        #expect(lines[2] == "            ^")
    }

    @Test func aClosedPipeIsNoFault() throws {
        let outcome = try demo().shell("spandrel traces --format json | head -c 10; echo \"${PIPESTATUS[0]}\"")
        #expect(outcome.output.hasSuffix("\n0\n") || outcome.output.hasSuffix("0\n"))
        #expect(outcome.errors == "")
    }

    @Test func aFullDiskIsAFault() throws {
        let outcome = try demo().shell("spandrel traces > /dev/full; echo $?")
        #expect(outcome.output == "74\n")
        #expect(outcome.errors == "spandrel: cannot write: No space left on device\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsNameEverySubcommand(shell: String) throws {
        let outcome = try Program().run(["completions", shell])
        #expect(outcome.code == 0)
        for name in ["import", "traces", "facets", "rejects", "joints", "ledger", "findings"] {
            #expect(outcome.output.contains(name))
        }
    }

    @Test func theManualNamesEveryOption() throws {
        let outcome = try Program().run(["manual"])
        #expect(outcome.code == 0)
        for word in [".Sh SYNOPSIS", "filter", "no\\-mouse", ".Sh EXIT STATUS", "SPANDREL_DB"] {
            #expect(outcome.output.contains(word))
        }
    }

    @Test func rulesNeedNoDatabase() throws {
        let outcome = try Program().run(["rules", "--format", "csv"])
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("\njoint.empty_result,"))
    }

    @Test func anAnalysisIsMadeAnewOnDemand() throws {
        let program = try demo()
        let findings = try program.run(["findings", "--format", "csv"]).output
        let outdated = try program.run(["analyze"])
        #expect(outdated.code == 0)
        #expect(outdated.output == "analysed 0 traces\n")
        let all = try program.run(["analyze", "--all"])
        #expect(all.code == 0)
        #expect(all.output.wholeMatch(of: /analysed [1-9][0-9]+ traces\n/) != nil)
        #expect(try program.run(["findings", "--format", "csv"]).output == findings)
        #expect(try program.run(["analyze", "--db", "none.db"]).code == 66)
    }

    private func largest(_ program: Program) throws -> String {
        let outcome = try program.run(["traces", "--sort", "spans", "--limit", "1", "--format", "csv"])
        return String(outcome.output.split(separator: "\n").last?.prefix(32) ?? "")
    }
}
