import ArgumentParser
import Foundation
import Headless
import TraceAnalysis

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules of findings: what each proves, and what it cannot tell.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        let report = RuleReport(
            presentation: output.presentation, output: ByteOutput(descriptor: STDOUT_FILENO))
        do { try report.write(FindingRules.all) } catch { throw Failure.output(error) }
    }
}
