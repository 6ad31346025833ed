import ArgumentParser
import Foundation

/// Writes the generated sections of a Markdown file, or checks that they are current.
struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Write or check the generated sections of a document.", shouldDisplay: false)

    @Flag(help: "Only compare; the exit code tells.")
    var check = false
    @Argument(help: "The documents.")
    var paths: [String]

    func run() async throws {
        let sections = GeneratedSections(try ToolDescription.ofProgram(), screens: try await DocumentScreens.all())
        for path in paths { try bringUpToDate(path, sections) }
    }

    private func bringUpToDate(_ path: String, _ sections: GeneratedSections) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure.other(.noInput, "\(path): cannot read it")
        }
        let current = try sections.fill(text)
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
