import ArgumentParser
import Headless

struct LedgerCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Write what a trace must hold by its own word, and what of it is missing.")

    @OptionGroup var trace: TraceArgument
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.ledger(trace.reference)
    }
}
