import Canvas
import Foundation
import TestSupport
import Testing

/// What the screen shows, the command that it hands out prints: the same rows in the same order.
@Suite(.serialized, .blocking, .enabled(if: TmuxSession.isAvailable)) struct CopiedCommandTests {
    private let program: Program
    private let terminal: TmuxSession

    init() throws {
        program = try Program()
        let database = program.home.path + "/demo.db"
        #expect(try program.run(["demo", "--db", database, "--at", "1795399900000000000"]).code == 0)
        terminal = try TmuxSession(
            "env -u TMUX \(Program.path) \(database)", size: Size(columns: 160, rows: 40),
            environment: program.environment)
        _ = try terminal.wait(for: "? help")
    }

    /// Presses `y c` and returns the command that lands in the terminal's clipboard.
    private func copiedCommand() throws -> String {
        try terminal.send("y", "c")
        return try terminal.waitForClipboard()
    }

    /// The values of a column that the command prints.
    private func rows(_ command: String, _ column: String) throws -> [String] {
        // Behind the name of the subcommand, since what follows `--` is no option.
        let words = command.split(separator: " ", maxSplits: 2)
        let line = (words.prefix(2) + ["--format", "ndjson"] + words.dropFirst(2)).joined(separator: " ")
        let outcome = try program.shell("export SPANDREL_DB=$HOME/demo.db; " + line)
        #expect(outcome.code == 0, "\(line): \(outcome.errors)")
        return try outcome.output.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?[column] as? String)
        }
    }

    /// The name that stands first on a line, the longest of those that begin there.
    private func first(of names: Set<String>, on line: Substring) -> String? {
        names.compactMap { name in
            line.range(of: " " + name + " ").map { (place: $0.lowerBound, name: name) }
        }.min { ($0.place, -$0.name.count) < ($1.place, -$1.name.count) }?.name
    }

    private func row(_ screen: String, _ index: Int) -> Substring? {
        screen.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(index).first
    }

    @Test func theListOfTraces() throws {
        try terminal.send("\\")
        try terminal.type("kind:tool spans>3")
        try terminal.send("Enter")
        let count = try rows("spandrel traces --filter 'kind:tool spans>3'", "name").count
        let byStart = try terminal.wait(for: "\(count) of ")
        // By duration, which puts the roots into an order that no other list has; the old rows stand until then.
        try terminal.send(">")
        _ = try terminal.wait("the list by duration") {
            $0.contains("by duration, largest first") && row($0, 4) != row(byStart, 4)
        }
        let names = try rows(try copiedCommand(), "name")
        // What was on its way when the list changed has arrived before the copied command.
        let lines = try terminal.capture().split(separator: "\n", omittingEmptySubsequences: false).dropFirst(4).prefix(
            30)
        #expect(names.count > lines.count)
        for (line, name) in zip(lines, names) { #expect(line.contains(" \(name.prefix(16))")) }
    }

    @Test func theSpansOfATrace() throws {
        try terminal.send("Enter")
        _ = try terminal.wait(for: "total")
        let names = try rows(try copiedCommand(), "name")
        let screen = try terminal.capture()
        // Rows stand under the axis; everything is open at first, and equal siblings are one row.
        var left = names[...]
        for line in screen.split(separator: "\n").dropFirst(3) {
            guard let index = left.firstIndex(where: { line.contains(" \($0.prefix(12))") }) else { continue }
            left = left[(index + 1)...]
        }
        #expect(names.count > 1)
        #expect(left.isEmpty || screen.contains(" ×"), "not on the screen: \(left)")
    }

    @Test func theFindingsOfAllTraces() throws {
        try terminal.send("f")
        _ = try terminal.wait(for: "newest")
        let rules = try rows(try copiedCommand(), "rule")
        // What was on its way when the list changed has arrived before the copied command.
        let lines = try terminal.capture().split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).prefix(
            20)
        #expect(rules.count > 5)
        for (line, rule) in zip(lines, rules) { #expect(line.contains(" \(rule) ")) }
        try terminal.send("Enter")
        let filter = "finding:\(try #require(rules.first))"
        _ = try terminal.wait(for: "\\ " + filter)
        let traces = try rows("spandrel traces --filter " + filter, "trace_id")
        _ = try terminal.wait(for: "\(traces.count) of ")
    }

    @Test func theHitsOfASearch() throws {
        try terminal.send(":")
        try terminal.type("find refund")
        try terminal.send("Enter")
        _ = try terminal.wait(for: "find “refund”")
        _ = try terminal.wait(for: "1/50+")
        let command = try copiedCommand()
        #expect(command.hasPrefix("spandrel search"))
        let names = try rows(command, "name")
        let lines = try terminal.capture().split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).prefix(
            30)
        #expect(names.count > lines.count)
        for (line, name) in zip(lines, names) { #expect(line.contains(" \(name.prefix(16))")) }
    }
}
