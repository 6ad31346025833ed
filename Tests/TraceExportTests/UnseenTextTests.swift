import Basics
import Canvas
import Testing
import TraceExport

@Suite("Unseen characters in exports")
struct UnseenTextTests {
    private static var writers: [(name: String, writer: any TraceExporter)] {
        let safe = { (text: String) in SafeText.block(text) }
        return [
            ("otlp", OTLPExporter()), ("atif", AtifExporter()), ("chrome", ChromeTraceExporter()),
            ("csv", TableExporter(.spans, as: .csv)), ("ndjson", TableExporter(.spans, as: .ndjson)),
            ("streams csv", TableExporter(.streams, as: .csv)),
            ("streams ndjson", TableExporter(.streams, as: .ndjson)),
            ("steps csv", TableExporter(.steps, as: .csv)), ("html", Report.html),
            ("markdown", Report.markdown), ("cast", TraceCastExporter(.v3, makeSafe: safe)),
        ]
    }

    /// Every text of the hostile traces in every field of every format that is text.
    @Test("No format writes any as it is", arguments: writers.map(\.name))
    func formats(name: String) throws {
        var writer = try #require(Self.writers.first { $0.name == name }?.writer)
        let text = writer.hostileText(isHostile: true)
        #expect(!text.isEmpty)
        var raw: Set<String> = []
        for scalar in text.unicodeScalars where UnseenCharacters.contain(scalar.value) {
            if !"\n\r\t".unicodeScalars.contains(scalar) { raw.insert("U+" + String(scalar.value, radix: 16)) }
        }
        #expect(raw.isEmpty)
    }
}
