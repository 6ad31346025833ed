import ArgumentParser
import Foundation
import Headless
import SQLiteQuery
import TraceAnalysis
import TraceQuery
import TraceStore
import TraceTables

struct SQLCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Run a read-only SQL statement; 'spandrel schema' tells the tables.")

    @Argument(help: "One statement.")
    var query: String
    @OptionGroup var rows: RowOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit = 100_000
    @Option(help: ArgumentHelp("End a statement that takes longer.", valueName: "seconds"))
    var timeout = 30.0

    func validate() throws {
        guard timeout > 0, timeout <= 1e6 else {
            throw ValidationError("--timeout needs a number of seconds above 0")
        }
    }

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        StatementLimits.limitProcess()
        if try await reader.sql(query, limit: limit, timeout: timeout) {
            Console.complain("more rows: --limit cut them at \(limit)")
        }
    }
}

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Describe the tables of the database, a sentence for each column.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tables = SchemaDocumentation.all
        let rows: [[SQLTable.Value]] = tables.flatMap { table in
            [[.text(table.name), .text(table.isView ? "view" : "table"), .null, .text(table.help)]]
                + table.columns.map { [.text(table.name), .text("column"), .text($0.name), .text($0.help)] }
        }
        try output.write(rows, SQLColumns.columns(["table", "kind", "column", "help"]))
    }
}

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules of findings: what each proves, and what it cannot tell.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.write(FindingRules.all, RuleColumns.all)
    }
}

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Write the manual page, for 'man -l -'.")

    func run() throws {
        try Console.write(ManualPage(try ToolDescription.ofProgram()).text)
    }
}

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Write a completion script for a shell.")

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let script = Spandrel.completionScript(for: CompletionShell(rawValue: shell.rawValue) ?? .bash)
        try Console.write(script + "\n")
    }
}

/// Writes the generated sections of a Markdown file, or checks that they are current.
struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Write or check the generated sections of a document.", shouldDisplay: false)

    @Flag(help: "Only compare; the exit code tells.")
    var check = false
    @Argument(help: "The documents.")
    var paths: [String]

    func run() async throws {
        let sections = GeneratedSections(try ToolDescription.ofProgram(), screens: try await DocumentScreens.all())
        for path in paths { try bringUpToDate(path, sections) }
    }

    private func bringUpToDate(_ path: String, _ sections: GeneratedSections) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure.other(.noInput, "\(path): cannot read it")
        }
        let current = try sections.fill(text)
        if check {
            guard current == text else {
                throw Failure.other(.data, "\(path): generated sections are stale; run: spandrel docs \(path)")
            }
        } else {
            do {
                try current.write(toFile: path, atomically: true, encoding: .utf8)
            } catch {
                throw Failure.other(.inputOutput, "\(path): cannot write it")
            }
        }
    }
}
