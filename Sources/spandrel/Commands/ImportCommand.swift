import ArgumentParser

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Store traces from files, folders or standard input.")

    func run() async throws {
        throw Failure.other(.inputOutput, "not yet")
    }
}
