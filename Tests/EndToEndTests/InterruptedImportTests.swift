import Foundation
import TestSupport
import Testing

/// Imports that are ended from outside.
@Suite(.blocking) struct InterruptedImportTests {
    /// Lines of documents with one span each, 24 in a trace.
    private func lines(_ count: Int) -> String {
        (1...count).map { number in
            let trace = String(number / 24 + 1, radix: 16)
            let span = String(number, radix: 16)
            return #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":""#
                + String(repeating: "0", count: 32 - trace.count) + trace + #"","spanId":""#
                + String(repeating: "0", count: 16 - span.count) + span
                + #"","name":"work","startTimeUnixNano":"1795000000000000000","endTimeUnixNano":"1795000001000000000","#
                + #""attributes":[{"key":"input.value","value":{"stringValue":"some words to be found"}}]}]}]}]}"#
        }.joined(separator: "\n") + "\n"
    }

    private func spans(_ program: Program) throws -> Int {
        let outcome = try program.run(["stats", "--format", "json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require(object?["spans"] as? Int)
    }

    @Test func anInterruptEndsEvenAnImportThatWaitsForItsPipe() throws {
        let program = try Program()
        try program.home.file("some.jsonl", lines(5_000))
        let outcome = try program.shell(
            """
            mkfifo pipe
            "$SPANDREL" import - <pipe & import=$!
            exec 3>pipe
            cat some.jsonl >&3
            database=.local/share/spandrel/traces.db-wal
            until [ -s $database ] && [ "$(spandrel stats --format csv 2>/dev/null | tail -1 | cut -d, -f2)" -ge 2048 ] ||
                [ $((tries += 1)) -gt 2000 ]; do :; done
            kill -INT $import
            wait $import
            echo "code $?"
            """)
        #expect(outcome.output.hasSuffix("code 130\n"), "\(outcome.output)")
        #expect(outcome.errors == "spandrel: interrupted; what was read so far is stored\n")
        #expect(try spans(program) >= 2_048)
    }

    @Test func aKilledImportLeavesADatabaseThatTheNextOneCompletes() throws {
        let program = try Program()
        try program.home.file("all.jsonl", lines(6_000))
        let outcome = try program.shell(
            """
            "$SPANDREL" import all.jsonl & import=$!
            until [ -s .local/share/spandrel/traces.db-wal ] || [ $((tries += 1)) -gt 1000000 ]; do :; done
            kill -KILL $import
            wait $import
            echo "code $?"
            """)
        #expect(outcome.output.hasSuffix("code 137\n"), "\(outcome.output)")
        let second = try program.run(["import", "all.jsonl", "--json"])
        #expect(second.code == 0, "\(second.errors)")
        #expect(try spans(program) == 6_000)
    }
}
