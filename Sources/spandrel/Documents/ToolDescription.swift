import ArgumentParser
import Foundation

/// The commands and options of the program, as its argument parser describes them.
struct ToolDescription: Decodable {
    struct Command: Decodable {
        var shouldDisplay: Bool
        var commandName: String
        var superCommands: [String]?
        var abstract: String?
        var discussion: String?
        var subcommands: [Command]?
        var arguments: [Argument]?

        /// The words that call the command, without the program's name.
        var path: String { ((superCommands ?? []).dropFirst() + [commandName]).joined(separator: " ") }

        /// What a person may see.
        var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

        /// The subcommands in order, the parser's own help aside.
        var shownCommands: [Command] {
            (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        }
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var abstract: String?

        /// The short and long names, or the name of a positional value.
        var spelling: String {
            let words = (names ?? []).sorted { $0.text.count < $1.text.count }.map(\.text).joined(separator: ", ")
            return kind == "positional" ? (valueName ?? "value") : words
        }

        /// The name of the value that follows; nil for flags and positional values.
        var value: String? { kind == "option" ? valueName ?? "value" : nil }
    }

    var command: Command

    static func ofProgram() throws -> ToolDescription {
        try JSONDecoder().decode(ToolDescription.self, from: Data(Spandrel._dumpHelp().utf8))
    }
}
