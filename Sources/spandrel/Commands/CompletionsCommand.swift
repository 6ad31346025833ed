import ArgumentParser
import Foundation
import Headless

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
