import FastJSON
import Testing
import TraceExport
import TraceModel

@Suite struct AsciicastTests {
    private let shown = "[reasoning]\r\nHm.\r\n[text]\r\nHi\r\n␛there\r\n[tool call lookup]\r\n{\"q\":[1]}\r\n"

    private func output(_ events: ArraySlice<JSONValue>) -> String {
        events.filter { $0[1]?.string == "o" }.compactMap { $0[2]?.string }.joined()
    }

    @Test func versionTwoCountsFromTheStart() throws {
        let lines = try Recording.lines(Recording.stream(), .asciicastV2)
        #expect(
            lines[0] == [
                "version": 2, "width": 80, "height": 24, "timestamp": 1_795_000_001, "title": "chat ␛",
            ])
        #expect(lines[1] == [.double(0.2004), "o", "[reasoning]\r\nHm."])
        #expect(output(lines[1...]) == shown)
        #expect(lines.last?[0]?.double == 1.6)
        let times = lines.dropFirst().compactMap { $0[0]?.double }
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(lines.contains { $0[1]?.string == "m" && $0[2]?.string == "stall mid_text" })
    }

    @Test func versionThreeCountsFromTheEventBeforeWithoutDrift() throws {
        let lines = try Recording.lines(Recording.stream(), .asciicast)
        #expect(lines[0]["version"] == 3 && lines[0]["term"] == ["cols": 80, "rows": 24])
        #expect(output(lines[1...]) == shown)
        let due = lines.dropFirst().reduce(into: [Int]()) { sums, line in
            sums.append((sums.last ?? 0) + Int((line[0]?.double ?? 0) * 1000 + 0.5))
        }
        // Each within half a millisecond of its own time, whatever was rounded before.
        #expect(due == [200, 221, 241, 241, 1500, 1520, 1600])
    }

    @Test func nothingThatSteersATerminalIsWritten() {
        for format in [StreamExportFormat.asciicast, .asciicastV2] {
            let text = Recording.text(Recording.stream(), format)
            #expect(!text.contains("\u{1B}") && !text.contains("\\u001b"))
        }
    }

    @Test func aMadeUpClockIsInTheTitle() {
        let text = Recording.text(Recording.stream(timing: .synthetic), .asciicast)
        #expect(text.contains("\"title\":\"chat ␛ (synthetic times)\""))
    }

    @Test func anEmptyStreamIsAFileToo() throws {
        let empty = StreamExport(
            chunks: StreamChunks(), info: StreamInfo(timing: .measured, source: "x"), title: "t", model: nil,
            responseID: "r")
        #expect(try Recording.lines(empty, .asciicast).count == 2)
    }
}
