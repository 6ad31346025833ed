import Testing
import TraceExport
import TraceModel

@Suite struct MarkdownReportTests {
    /// What is left of a document without its code: what Markdown reads as markup and plain text.
    ///
    /// Blocks end at a fence at least as long as theirs, spans at a run of exactly as many backticks, as CommonMark says.
    private func withoutCode(_ text: String) throws -> String {
        var result = ""
        var fence = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let run = line.prefix { $0 == "`" }.count
            if fence > 0 {
                if run >= fence, run == line.count { fence = 0 }
                continue
            }
            if run >= 3, line.dropFirst(run) == "text" {
                fence = run
                continue
            }
            result += try spansRemoved(line) + "\n"
        }
        #expect(fence == 0)
        return result
    }

    private func spansRemoved(_ line: Substring) throws -> String {
        var result = ""
        var rest = line
        while let start = rest.firstIndex(of: "`") {
            result += rest[..<start]
            let run = rest[start...].prefix { $0 == "`" }.count
            rest = rest[start...].dropFirst(run)
            var end: Substring?
            var after = rest
            while end == nil, let next = after.firstIndex(of: "`") {
                let closing = after[next...].prefix { $0 == "`" }.count
                after = after[next...].dropFirst(closing)
                if closing == run { end = after }
            }
            rest = try #require(end, "an open span of code: \(line)")
            result += "`"
        }
        return result + rest
    }

    @Test func nothingOfATraceStandsOutsideOfCode() throws {
        var exporter = Report.markdown
        let hostile = try withoutCode(exporter.hostileText(isHostile: true))
        exporter = Report.markdown
        let harmless = try withoutCode(exporter.hostileText(isHostile: false))
        #expect(hostile == harmless)
        for word in ["alert", "example", "<", "@", "](", "smile", "\u{202E}", "\u{1B}", "\u{0}"] {
            #expect(!hostile.contains(word), "\(word)")
        }
    }

    @Test func rowsOfATableHaveAsManyCellsAsItsHead() throws {
        var exporter = Report.markdown
        var columns = 0
        for line in exporter.hostileText(isHostile: true).split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = 0
                continue
            }
            // No cell holds a border, escaped or not: not all readers agree on these.
            let cells = line.filter { $0 == "|" }.count
            if columns == 0 { columns = cells }
            #expect(cells == columns, "\(line)")
        }
    }

    @Test func theDemoHasAllParts() throws {
        let trace = try #require(
            ExportFixture.demo().first { $0.trace.findings.contains { $0.rule == "joint.empty_result" } })
        var exporter = Report.markdown
        let text = exporter.text([trace])
        for heading in [
            "# `POST /support/messages`", "## Findings", "## Waterfall", "## Agents", "## Steps", "## Conversation",
        ] {
            #expect(text.contains("\n\(heading)\n") || text.hasPrefix(heading), "\(heading)")
        }
        #expect(text.contains("▲ **warning**, proven, `joint.empty_result`: `track_order returned nothing"))
        #expect(text.contains("`3 messages as told above`"))
        #expect(text.contains("  ■ execute_tool track_order"))
        #expect(text.contains("Redaction: `secrets`"))
    }
}
