import FastJSON
import TestSupport
import Testing
import TraceExport
import TraceModel

/// The lines that real and made-up traces give hold to the rules of their formats.
@Suite struct ChatFileTests {
    static let formats: [(format: ExportFormat, faults: @Sendable (JSONValue) -> [String])] = [
        (.openaiMessages, { ChatValidator.openAI($0) }),
        (.hfMessages, { ChatValidator.huggingFace($0) }),
        (.sharegpt, { ChatValidator.shareGPT($0) }),
    ]

    /// The lines of a format, each held against its rules, and the remarks.
    static func lines(
        _ format: ExportFormat, _ traces: [ExportFixture], _ source: String
    ) throws -> (lines: [JSONValue], remarks: [String]) {
        var writer = try #require(ChatExporter(format))
        let text = writer.text(traces)
        var lines: [JSONValue] = []
        for line in text.split(separator: "\n") {
            let value = try JSONValue(parsing: String(line))
            let faults = formats.first { $0.format == format }?.faults(value) ?? []
            #expect(faults.isEmpty, "\(source): \(faults) in \(line.prefix(400))")
            lines.append(value)
        }
        return (lines, writer.remarks)
    }

    @Test func theDemoGivesWholeConversations() throws {
        let traces = ExportFixture.demo()
        for (format, _) in Self.formats {
            let (lines, _) = try Self.lines(format, traces, "demo")
            #expect(lines.count > 60)
        }
    }

    @Test func recordedProgramsGiveWholeConversations() throws {
        var total: [ExportFormat: Int] = [:]
        // What holds conversations, or could: real programs, files of other projects, labelled runs of many agents.
        let sources = Recordings.entries("clients") + Recordings.entries("otlp")
        for source in sources + ["trajectories/who-and-when", "trajectories/claude-code"] {
            let traces = try ExportFixture.shared(source)
            for (format, _) in Self.formats {
                let (lines, _) = try Self.lines(format, traces, source)
                total[format, default: 0] += lines.count
            }
        }
        #expect(Self.formats.allSatisfy { total[$0.format, default: 0] > (Recordings.isWhole ? 20 : 7) }, "\(total)")
    }

    @Test func sameTracesGiveTheSameBytes() throws {
        let traces = ExportFixture.demo()
        for (format, _) in Self.formats {
            var first = try #require(ChatExporter(format))
            var second = try #require(ChatExporter(format))
            #expect(first.bytes(traces) == second.bytes(traces))
        }
    }
}
