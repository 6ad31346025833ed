import ArgumentParser
import Foundation
import Headless
import TraceQuery

/// A command that asks the database and writes rows on standard output.
protocol HeadlessCommand: AsyncParsableCommand {
    var database: DatabaseOptions { get }
    var output: OutputOptions { get }
    func answer(_ reader: HeadlessReader) async throws(HeadlessError)
}

extension HeadlessCommand {
    mutating func run() async throws {
        let reader = HeadlessReader(
            backend: try OpenBackend.at(database.path), presentation: output.presentation,
            output: ByteOutput(descriptor: STDOUT_FILENO))
        do { try await answer(reader) } catch { throw Failure(error) }
    }
}
