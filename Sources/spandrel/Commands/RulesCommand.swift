import ArgumentParser
import Foundation
import Headless
import TraceAnalysis
import TraceTables

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules of findings: what each proves, and what it cannot tell.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        let writer = RowWriter(
            RuleColumns.all, presentation: output.presentation, output: ByteOutput(descriptor: STDOUT_FILENO))
        do { try writer.writeAll(FindingRules.all) } catch { throw Failure.output(error) }
    }
}
