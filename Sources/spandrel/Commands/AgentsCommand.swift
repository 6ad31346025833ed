import ArgumentParser
import Headless

struct AgentsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "Write the agent runs of a trace: who invoked, handed off to and retried whom.",
        discussion: """
            Fresh calls of one agent are instances, numbered in order of start; a further attempt keeps the number of \
            its instance and says why it was made, how sure that is, and what it rests on. A '~' marks an identity that \
            the agent's own span does not declare.
            """)

    @OptionGroup var trace: TraceArgument
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.agents(trace.reference)
    }
}
