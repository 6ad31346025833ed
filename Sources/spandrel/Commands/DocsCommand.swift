import ArgumentParser
import Foundation

/// Writes the generated sections of a Markdown file, or checks that they are current.
struct DocsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Write or check the generated sections of a document.", shouldDisplay: false)

    @Flag(help: "Only compare; the exit code tells.")
    var check = false
    @Argument(help: "The document.")
    var path: String

    func run() throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure.other(.noInput, "\(path): cannot read it")
        }
        let current = try GeneratedSections(try ToolDescription.ofProgram()).fill(text)
        if check {
            guard current == text else {
                throw Failure.other(.data, "\(path): generated sections are stale; run: spandrel docs \(path)")
            }
        } else {
            do {
                try current.write(toFile: path, atomically: true, encoding: .utf8)
            } catch {
                throw Failure.other(.inputOutput, "\(path): cannot write it")
            }
        }
    }
}
