import Foundation

/// Measures the program against references in the same run and prints a table.
///
/// `spandrel-bench [ROW…] [--spans N] [--large N] [--folder PATH]`; without rows it measures all of them.
@main
struct Bench {
    static func main() async {
        do {
            let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
            var lines = ["| what | bar | measured | |", "|---|---|---|---|"]
            let workshop = try Workshop(options)
            for row in options.rows {
                FileHandle.standardError.write(Data("measuring \(row.rawValue) …\n".utf8))
                lines += try await workshop.measure(row).map(\.line)
            }
            lines.append("")
            lines.append(
                "Release build, \(ProcessInfo.processInfo.activeProcessorCount) cores, \(options.spans) spans for the import, "
                    + "\(options.large) for the queries.")
            print(lines.joined(separator: "\n"))
        } catch {
            FileHandle.standardError.write(Data("spandrel-bench: \(error)\n".utf8))
            exit(64)
        }
    }
}
