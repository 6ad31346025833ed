import Foundation
import TestSupport
import Testing

/// Numbers on the command line: each is taken, or refused with a word; none ends the program.
@Suite(.blocking) struct HostileArgumentTests {
    private static let numbers = [
        "-9223372036854775808", "-1", "0", "9007199254740992", "9223372036854775807", "18446744073709551616", "1e400",
        "nan", "inf", "9999999999",
    ]

    /// Commands with `#` where the number stands; `@` is a trace and `$` a span of it.
    @Test(arguments: [
        "traces --limit #", "traces --after #", "traces -f since:#", "traces -f until:#s", "traces -f tokens>#",
        "trace @ --limit #", "search word --limit #", "findings --limit #", "facets model --limit #",
        "attributes --limit #", "rejects --limit #", "stream @/$ --pace #", "play @/$ --speed # --pace 1000",
        "play @/$ --speed 1000 --from # --pace 1000", "play @/$ --speed 1000 --idle-limit # --pace 1000",
        "export --to csv --rows steps --trace @ --steps #", "record http://127.0.0.1:1 --timeout #",
        "record http://127.0.0.1:1 --listen 127.0.0.1:#x", "record http://127.0.0.1:1 --grace #",
        "demo --at # --db x.db",
    ])
    func numbersAreTakenOrRefused(command: String) throws {
        let program = try Program()
        let line =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"000000000000000000000000000000a1","#
            + #""spanId":"00000000000000b1","name":"chat","startTimeUnixNano":"1795000000000000000","#
            + #""endTimeUnixNano":"1795000001000000000","attributes":[{"key":"gen_ai.operation.name","#
            + #""value":{"stringValue":"chat"}}],"events":[{"timeUnixNano":"1795000000500000000","#
            + #""name":"gen_ai.response.chunk","attributes":[{"key":"gen_ai.response.chunk.text","#
            + #""value":{"stringValue":"word"}}]}]}]}]}]}"#
        try Data(line.utf8).write(to: URL(fileURLWithPath: program.home.path + "/a.json"))
        #expect(try program.run(["import", "a.json", "--db", "t.db"]).code == 0)
        for number in Self.numbers {
            // A proxy that nothing is wrong with would run on.
            if command.hasPrefix("record"), let value = Double(number), value > 0, value <= 1e6 { continue }
            if command.hasPrefix("record"), command.contains("grace"), number == "0" { continue }
            var arguments = command.split(separator: " ").map { word -> String in
                String(word).replacing("#", with: number).replacing("@", with: "000000000000000000000000000000a1")
                    .replacing("$", with: "00000000000000b1")
            }
            if !command.hasPrefix("demo") { arguments += ["--db", "t.db"] }
            let outcome = try program.run(arguments)
            #expect(outcome.code >= 0, "\(arguments) \(outcome.errors)")
            #expect(outcome.code == 0 || !outcome.errors.isEmpty, "\(arguments)")
        }
    }
}
