import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill a database with incidents that look real, and open it.")

    func run() async throws {
        throw Failure.other(.inputOutput, "not yet")
    }
}
