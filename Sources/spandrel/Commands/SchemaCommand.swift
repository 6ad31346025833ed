import ArgumentParser
import Foundation
import Headless
import TraceQuery
import TraceStore
import TraceTables

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Describe the tables of the database, a sentence for each column.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tables = SchemaDocumentation.all
        let rows: [[SQLTable.Value]] = tables.flatMap { table in
            [[.text(table.name), .text(table.isView ? "view" : "table"), .null, .text(table.help)]]
                + table.columns.map { [.text(table.name), .text("column"), .text($0.name), .text($0.help)] }
        }
        let writer = RowWriter(
            SQLColumns.columns(["table", "kind", "column", "help"]), presentation: output.presentation,
            output: ByteOutput(descriptor: STDOUT_FILENO))
        do { try writer.writeAll(rows) } catch { throw Failure.output(error) }
    }
}
