import ArgumentParser

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Write the manual page, for 'man -l -'.")

    func run() throws {
        try Console.write(ManualPage(try ToolDescription.ofProgram()).text)
    }
}
