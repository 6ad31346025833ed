import Foundation
import TestSupport
import Testing

/// The page that tells what recorded traffic of real programs holds, and how much of it is read.
@Suite(.blocking) struct CoverageTests {
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/COVERAGE.md")
    private static let marker = "<!-- measured -->\n"

    private struct Source: Decodable {
        var source: String
        var version: String?
        var spans: Int
        var kinds: [String: Int]
        var same_call: Int
        var model: String?
        var input: String?
        var output: String?
        var tokens: String?
        var first_token: String?
        var tool_arguments: String?
        var tool_result: String?
        var agents: [String]
        var sessions: Int
    }

    @Test(.enabled(if: Recordings.has("clients2"), "the whole collection of recordings is not beside the package"))
    func thePageTellsWhatIsRead() throws {
        var rows: [String] = []
        for name in Recordings.names("clients2") {
            let files = Recordings.entries("clients2/" + name).filter {
                $0.hasSuffix("_traces.pb") || $0.hasSuffix("_logs.pb")
            }
            guard !files.isEmpty else { continue }
            let outcome = try Program().run(["doctor", "--format", "json"] + files.map { Recordings.path($0) })
            #expect(outcome.code == 0, "\(name): \(outcome.errors)")
            for row in try JSONDecoder().decode([Source].self, from: Data(outcome.output.utf8)) {
                guard ["llm", "tool", "agent"].contains(where: { row.kinds[$0] != nil }) else { continue }
                let kinds = ["llm", "tool", "agent"].map { String(row.kinds[$0] ?? 0) }
                let told = [
                    row.model, row.input, row.output, row.tokens, row.first_token, row.tool_arguments, row.tool_result,
                ]
                rows.append(
                    "| "
                        + ([name, row.source + (row.version.map { " " + $0 } ?? ""), String(row.spans)] + kinds
                        + [String(row.same_call)] + told.map { $0 ?? "–" } + [
                            String(row.agents.count), String(row.sessions),
                        ])
                        .joined(separator: " | ") + " |")
            }
        }
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let start = try #require(text.range(of: Self.marker))
        let heading =
            "| capture | source | spans | model calls | tool runs | agents | told twice | model | input | output | tokens "
            + "| first token | arguments | result | agent names | sessions |\n"
        let rule = "|" + String(repeating: "---|", count: 16) + "\n"
        let table = heading + rule + rows.joined(separator: "\n") + "\n"
        if ScreenSnapshot.isRecording {
            try (String(text[..<start.upperBound]) + table).write(to: Self.page, atomically: true, encoding: .utf8)
        } else {
            #expect(String(text[start.upperBound...]) == table)
        }
    }
}
