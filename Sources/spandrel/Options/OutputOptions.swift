import ArgumentParser
import Canvas
import Foundation
import Headless

extension OutputFormat: ExpressibleByArgument {}

/// How a command writes its rows.
struct OutputOptions: ParsableArguments {
    @Option(help: "How rows are written: table, json, ndjson or csv (default: table on a terminal, else ndjson).")
    var format: OutputFormat?

    var presentation: Presentation { OutputOptions.standardPresentation(format: format) }

    /// The presentation on standard output: a table on a terminal, else NDJSON, where no format is asked for.
    static func standardPresentation(format: OutputFormat?) -> Presentation {
        let isTerminal = Console.isTerminal(STDOUT_FILENO)
        return Presentation(
            format: format ?? (isTerminal ? .table : .ndjson), isTerminal: isTerminal,
            width: isTerminal ? Console.columns(STDOUT_FILENO) : nil, timeZone: .current)
    }
}
