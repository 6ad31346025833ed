import ArgumentParser

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Describe the tables of the database, a sentence for each column.")

    func run() async throws {
        throw Failure.other(.inputOutput, "not yet")
    }
}
