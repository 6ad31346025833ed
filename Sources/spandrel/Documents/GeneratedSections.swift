import Explorer
import Redaction
import Tables
import TraceExport
import TraceIngest
import TraceModel
import TraceQuery
import TraceTables

/// The parts of the documents that come from tables in the code.
///
/// A section stands between the lines `<!-- generated: NAME -->` and `<!-- end: NAME -->`.
struct GeneratedSections {
    private let tool: ToolDescription
    /// The screens by name.
    private let screens: [String: String]

    init(_ tool: ToolDescription, screens: [String: String]) {
        self.tool = tool
        self.screens = screens
    }

    /// The document with every section rewritten.
    func fill(_ document: String) throws(Failure) -> String {
        var result: [String] = []
        var open: String?
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            if let name = open {
                if line == "<!-- end: \(name) -->" {
                    result.append(String(line))
                    open = nil
                }
                continue
            }
            result.append(String(line))
            guard line.hasPrefix("<!-- generated: "), line.hasSuffix(" -->") else { continue }
            let name = String(line.dropFirst(16).dropLast(4))
            guard let text = section(name) else { throw .other(.data, "no generated section is named \(name)") }
            result.append(text)
            open = name
        }
        if let open { throw .other(.data, "the section \(open) has no end") }
        return result.joined(separator: "\n")
    }

    private func section(_ name: String) -> String? {
        if name.hasPrefix("screen ") {
            return screens[String(name.dropFirst(7))].map { "```text\n\($0)\n```" }
        }
        return switch name {
        case "commands": commands
        case "json": json
        case "filters": filters
        case "marks": marks
        case "keys": keys
        case "exit": exits
        case "environment": environment
        case "formats": formats
        case "input formats": inputFormats
        case "redaction rules": redactionRules
        default: nil
        }
    }

    private var commands: String {
        table(
            ["command", "what it does"],
            tool.command.shownCommands.map { ["`spandrel \(usage($0))`", $0.abstract ?? ""] })
    }

    private func usage(_ command: ToolDescription.Command) -> String {
        let arguments = command.shownArguments.filter { $0.kind == "positional" }.map { argument in
            let name = (argument.isRepeating ? "\(argument.spelling)…" : argument.spelling).uppercased()
            return argument.isOptional ? "[\(name)]" : name
        }
        // The default command needs no name.
        return ((command.path == "open" ? [] : [command.path]) + arguments).joined(separator: " ")
    }

    private var json: String {
        [
            "#### `spandrel traces`", columns(TraceColumns.all),
            "#### `spandrel trace`", columns(SpanColumns.trace),
            "#### `spandrel span`", "The fields of `trace`, and:", columns(SpanColumns.payload),
            "Parts of messages:", table(["type", "fields"], MessagePartForms.all.map { ["`\($0.type)`", $0.fields] }),
            "#### `spandrel agents`", columns(AgentColumns.all),
            "#### `spandrel steps TRACE`", columns(StepColumns.all),
            "#### `spandrel steps`, over a selection", columns(PhaseColumns.all),
            "#### `spandrel joints`", columns(JointColumns.all),
            "#### `spandrel ledger`", columns(LedgerColumns.all),
            "#### `spandrel findings`", columns(FindingColumns.all),
            "#### `spandrel findings --by rule`", columns(FindingRuleColumns.all),
            "#### `spandrel rules`", columns(RuleColumns.all),
            "#### `spandrel models`", columns(ModelColumns.all),
            "#### `spandrel attributes`", columns(AttributeColumns.all),
            "#### `spandrel stream`", columns(StreamColumns.all),
            "#### `spandrel stream --chunks`", columns(StreamChunkColumns.all),
            "#### `spandrel search`", columns(SearchColumns.all),
            "#### `spandrel facets`", columns(FacetColumns.all),
            "#### `spandrel stats`", columns(StatisticsColumns.all),
            "#### `spandrel rejects`", columns(RejectColumns.all),
            "#### `spandrel doctor`", columns(CoverageColumns.all),
            "#### `spandrel audit`", columns(AuditColumns.all),
            "#### `spandrel audit --log`", columns(AuditLogColumns.all),
        ].joined(separator: "\n\n")
    }

    private func columns<Row>(_ columns: [Column<Row>]) -> String {
        table(
            ["key", "type", "meaning"],
            columns.inFiles().map { ["`\($0.name)`", $0.type + ($0.isNullable ? " or null" : ""), $0.help] })
    }

    private var filters: String {
        table(["field", "example", "meaning"], FilterField.all.map { ["`\($0.name)`", "`\($0.example)`", $0.help] })
    }

    private var marks: String {
        table(["mark", "meaning"], SpanMarks.named.map { ["`\($0.name)`", $0.help] })
    }

    private var keys: String {
        Command.Group.allCases.map { group in
            let commands = CommandTable.all.filter { $0.group == group }
            let rows = commands.map { command in
                [
                    command.keys.map { "`\($0)`" }.joined(separator: " "), "`:\(command.name)\(argument(command))`",
                    command.help,
                ]
            }
            return "**\(group.rawValue)**\n\n" + table(["keys", "command", "what it does"], rows)
        }.joined(separator: "\n\n")
    }

    private func argument(_ command: Command) -> String {
        switch command.argument {
        case .none: ""
        case .text(let word): " \(word)"
        case .choice(let words): " " + words.joined(separator: "|")
        case .character: " KEY"
        }
    }

    private var inputFormats: String {
        table(["`--format`", "what it reads"], InputFormat.all.map { ["`\($0.name)`", $0.help] })
    }

    private var formats: String {
        table(["`--to`", "what it is"], ExportFormat.allCases.map { ["`\($0.rawValue)`", $0.title] })
    }

    private var redactionRules: String {
        table(
            ["rule", "group", "what it finds"],
            RedactionRules.all.map { ["`\($0.label)`", $0.group.rawValue, $0.title] })
    }

    private var exits: String {
        table(["code", "meaning"], ExitStatus.allCases.map { ["\($0.rawValue)", $0.help] })
    }

    private var environment: String {
        table(["variable", "meaning"], EnvironmentVariable.all.map { ["`\($0.name)`", $0.help] })
    }

    private func table(_ titles: [String], _ rows: [[String]]) -> String {
        let lines = [titles, titles.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }
}
