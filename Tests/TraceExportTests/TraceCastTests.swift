import FastJSON
import Testing
import TraceExport
import TraceModel

@Suite struct TraceCastTests {
    private func lines(_ version: TraceCastExporter.Version, _ fixtures: [ExportFixture]) throws -> [JSONValue] {
        var exporter = TraceCastExporter(version) { $0 }
        return try exporter.text(fixtures).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    private func output(_ lines: [JSONValue]) -> String {
        lines.dropFirst().filter { $0[1]?.string == "o" }.compactMap { $0[2]?.string }.joined()
    }

    /// The text without the looks that a recording may have; nil where anything else steers the terminal.
    private func plain(_ output: String) -> String? {
        var text = output
        for look in ["[0m", "[1m", "[2m", "[31m", "[33m", "[36m"] { text = text.replacing("\u{1B}" + look, with: "") }
        text = text.replacing("\r\n", with: "\n")
        let isClean = text.unicodeScalars.allSatisfy {
            $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        return isClean ? text : nil
    }

    private func story(_ rule: String) throws -> ExportFixture {
        try #require(ExportFixture.demo().first { $0.trace.findings.contains { $0.rule == rule } })
    }

    @Test func bothVersionsTellTheSame() throws {
        let fixture = try story("joint.empty_result")
        let (two, three) = (try lines(.v2, [fixture]), try lines(.v3, [fixture]))
        #expect(two[0]["version"] == 2 && two[0]["width"] == 100 && two[0]["height"] == 30)
        #expect(three[0]["version"] == 3 && three[0]["term"] == ["cols": 100, "rows": 30])
        #expect(two[0]["idle_time_limit"] == 2 && three[0]["title"] == "POST /support/messages")
        #expect(output(two) == output(three))
        let absolute = two.dropFirst().compactMap { $0[0]?.double }
        let relative = three.dropFirst().compactMap { $0[0]?.double }
        #expect(zip(absolute, absolute.dropFirst()).allSatisfy { $0 <= $1 } && relative.allSatisfy { $0 >= 0 })
        let sum = relative.reduce(0, +)
        let difference = sum - (absolute.last ?? 0)
        #expect(abs(difference) < 0.001)
        let markers = two.filter { $0[1]?.string == "m" }.compactMap { $0[2]?.string }
        #expect(
            markers.sorted() == [
                "finding: joint.empty_result", "finding: joint.null_then_claimed", "step 1 support#1",
                "step 2 support#1", "trace POST /support/messages",
            ])
        let text = try #require(plain(output(two)))
        #expect(text.contains("■ execute_tool track_order") && text.contains("✓ execute_tool track_order 430ms"))
        #expect(text.contains("← {\"result\": null}"))
    }

    @Test func streamsAreTypedWhenTheirChunksCame() throws {
        let fixture = try #require(ExportFixture.demo().first { $0.spans.contains { $0.stream != nil } })
        let span = try #require(fixture.spans.first { $0.stream != nil })
        let stream = try #require(span.stream)
        let lines = try lines(.v2, [fixture])
        let first = try #require(stream.chunks.first { !$0.text.isEmpty })
        let start = try #require(fixture.spans.compactMap(\.row.startUnixNano).min())
        let zero = try #require(stream.info.startUnixNano ?? span.row.startUnixNano)
        let due = Double(zero - start + (first.offsetNanos ?? 0)) / 1e9
        let typed = try #require(
            lines.dropFirst().first { $0[1]?.string == "o" && ($0[2]?.string?.hasSuffix(first.text) ?? false) })
        let difference = (typed[0]?.double ?? 0) - due
        #expect(abs(difference) < 0.000_01)
    }

    @Test func anAnswerIsTypedBeforeItsSpanEnds() throws {
        let fixture = try #require(
            ExportFixture.demo().first { fixture in
                fixture.spans.contains { span in
                    let text = String(decoding: span.stream?.chunks.text ?? [], as: UTF8.self)
                    return text.hasSuffix("for the latest information.")
                }
            })
        let lines = try lines(.v2, [fixture])
        let last = try #require(
            fixture.spans.compactMap(\.stream).first?.chunks.last { $0.kind == .text && !$0.text.isEmpty })
        let typed = try #require(lines.lastIndex { $0[2]?.string?.hasSuffix(last.text) ?? false })
        let ended = try #require(lines.firstIndex { $0[2]?.string?.contains("✓ chat") ?? false })
        #expect(typed < ended)
    }

    @Test func onlyOurOwnLooksSteerATerminal() throws {
        for version in [TraceCastExporter.Version.v2, .v3] {
            var exporter = TraceCastExporter(version) { $0 }
            let lines = try exporter.hostileText(isHostile: true).split(separator: "\n")
                .map { try JSONValue(parsing: String($0)) }
            let text = try #require(plain(output(lines)))
            #expect(text.contains("⟨U+001B⟩[31m") && text.contains("⟨U+202E⟩live"))
            for data in lines.dropFirst().filter({ $0[1]?.string == "m" }) + lines.prefix(1).compactMap({ $0["title"] })
            {
                let marker = data[2]?.string ?? data.string ?? ""
                #expect(marker.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(marker)")
            }
        }
    }

    @Test func linesFitTheTerminal() throws {
        let text = try #require(plain(output(try lines(.v3, ExportFixture.demo()))))
        // All of the demo is narrow but for its one trace of hostile names.
        let long = text.split(separator: "\n").filter { $0.count > 100 }
        #expect(long.isEmpty, "\(long.prefix(3))")
    }

    @Test func tracesFollowEachOther() throws {
        let fixtures = Array(ExportFixture.demo().prefix(3))
        let lines = try lines(.v2, fixtures)
        let starts = lines.filter { $0[1]?.string == "m" && ($0[2]?.string?.hasPrefix("trace ") ?? false) }
        #expect(starts.count == 3)
        let times = starts.compactMap { $0[0]?.double }
        #expect(times[0] == 0 && times[1] > times[0] + 2 && times[2] > times[1] + 2)
    }

    @Test func aTraceWithoutTimesIsListedWithARemark() throws {
        var fixture = try story("joint.empty_result")
        for place in fixture.spans.indices {
            fixture.spans[place].row.startUnixNano = nil
            fixture.spans[place].row.endUnixNano = nil
        }
        var exporter = TraceCastExporter(.v3) { $0 }
        let lines = try exporter.text([fixture]).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(exporter.remarks == ["1 trace without any time: the recording lists it at once."])
        let text = try #require(plain(output(lines)))
        #expect(text.contains("No span of this trace has a time") && text.contains("execute_tool track_order"))
        #expect(lines.dropFirst().dropLast().allSatisfy { $0[0]?.double == 0 })
    }

    @Test func timesAtTheEndsOfTheRangeDoNotTrap() throws {
        var fixture = try story("joint.empty_result")
        fixture.spans[0].row.startUnixNano = .min
        fixture.spans[0].row.endUnixNano = .max
        fixture.trace.summary.startUnixNano = .min
        fixture.trace.summary.durationNanos = .max
        #expect(try lines(.v2, [fixture, fixture]).count > 10)
        #expect(try lines(.v3, [fixture, fixture]).count > 10)
        var html = Report.html
        #expect(html.text([fixture]).contains("unfinished"))
        var markdown = Report.markdown
        #expect(!markdown.text([fixture]).isEmpty)
    }
}
