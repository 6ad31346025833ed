import Basics
import Canvas
import TestSupport
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

@Suite struct SpanPartsTests {
    private func rows(_ text: String, width: Int, indent: Int = 0, hang: Int = 0, reserved: Int = 0) -> [String] {
        let line = DisplayLine(text, role: .text, indent: indent, hang: hang)
        let wrapper = RowWrapper(metrics: TextMetrics(), width: width, reserved: reserved)
        return wrapper.rows(of: line).map { row in
            String(repeating: " ", count: row.indent) + LongText.slice(line.text, row.start..<row.end)
        }
    }

    @Test func textWrapsAtWordsAndKeepsItsIndentation() {
        #expect(rows("one two three", width: 8) == ["one two", "three"])
        #expect(rows("  - one two three", width: 9) == ["  - one", "  two", "  three"])
        #expect(rows("abcdefghij", width: 4) == ["abcd", "efgh", "ij"])
        #expect(rows("a abcdefghij b", width: 4) == ["a", "abcd", "efgh", "ij b"])
        #expect(rows("one\ntwo three", width: 5) == ["one", "two", "three"])
        #expect(rows("", width: 5) == [""])
        #expect(rows("key: value more", width: 10, indent: 2, hang: 2) == ["  key:", "    value", "    more"])
        #expect(rows("one two three", width: 13, reserved: 6) == ["one two", "three"])
        #expect(rows("a\tb", width: 9) == ["a   b"])
    }

    @Test func linesEndAtBreaksAndAreCutWhenLong() {
        let text = "a\r\n\nb\n" + String(repeating: "word ", count: 2_000) + "\nend\n"
        let lines = TextLines(text)
        #expect(lines.line(0) == "a")
        #expect(lines.line(1) == "")
        #expect(lines.line(2) == "b")
        #expect(lines.line(3).utf8.count == 4095)
        #expect(lines.line(lines.count - 1) == "end")
        #expect((3..<lines.count - 1).map { lines.line($0) }.joined() == String(repeating: "word ", count: 2_000))
        for line in 0..<lines.count { #expect(lines.line(at: lines.range(of: line).lowerBound) == line) }
        let wide = TextLines(String(repeating: "界", count: 5_000))
        #expect((0..<wide.count).map { wide.line($0) }.joined() == String(repeating: "界", count: 5_000))
    }

    private func shown(_ json: String) -> [String]? {
        JSONOutlineBuilder.outline(of: json, decodes: true).map { outline in
            (0..<outline.count).map { line in
                let display = outline.display(line, isClosed: false, ellipsis: "…")
                return String(repeating: " ", count: display.indent) + display.text
            }
        }
    }

    @Test func jsonIsIndentedWithSmallContainersOnOneLine() {
        let long = String(repeating: "x", count: 80)
        #expect(
            shown("{\"a\" : [1,2.50], \"b\":{}, \"\(long)\": [\"\\u4f60\\n\", NaN], \"a\": null}") == [
                "{", "  \"a\": [1, 2.50],", "  \"b\": {},", "  \"\(long)\": [", "    \"你\n\",", "    NaN", "  ],",
                "  \"a\": null", "}",
            ])
        #expect(shown("[[[]]]") == ["[", "  [[]]", "]"])
        #expect(shown(" \"lone \\ud83d\" ")?.count == 1)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "[1 2]", "nul", "1 1", "]", "[}", "\"open", "\"a\\",
        "{\"a\":1}}", "-Infinityx", "\u{FEFF}{}",
    ])
    func whatIsNoJSONIsShownAsText(text: String) {
        #expect(JSONOutlineBuilder.outline(of: text, decodes: true) == nil)
        #expect(SpanText(text, form: .json).outline == nil)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func cutJSONNeverTraps(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let whole = Array(
            #"{"a": ["x\u00e9\ud83d\ude00", {"b": -1.5e9, "c": [true, null]}], "long": "\#(String(repeating: "wörd \\n", count: 900))"}"#
                .utf8)
        for _ in 0..<40 {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            if !bytes.isEmpty, Bool.random(using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = JSONInline.line(text)
            guard let outline = JSONOutlineBuilder.outline(of: text, decodes: true) else { continue }
            for line in 0..<outline.count {
                _ = outline.display(line, isClosed: true, ellipsis: "…")
                _ = outline.value(of: line)
                _ = outline.key(of: line)
                #expect(outline.group(of: line).contains(line))
            }
        }
    }

    @Test func longStringsAreCutAtWordsAndWholeAgain() {
        let text = (0..<3_000).map { "wörd \($0)" }.joined(separator: " ")
        let outline = JSONOutlineBuilder.outline(of: "{\"k\": \"\(text)\", \"z\": 1}", decodes: true)
        #expect(outline?.group(of: 1).count ?? 0 > 5)
        #expect(outline?.value(of: 3) == text)
        #expect(outline?.key(of: 4) == "k")
        let joined = (1..<(outline?.group(of: 1).upperBound ?? 1)).map { line in
            outline?.display(line, isClosed: false, ellipsis: "…").text ?? ""
        }.joined()
        #expect(joined == "\"k\": \"\(text)\",")
    }

    @Test func searchIgnoresCaseUnlessTheTextHasSome() {
        #expect(SpanPattern("order")?.hits(in: "Order, ORDER order") == [0..<5, 7..<12, 13..<18])
        #expect(SpanPattern("Order")?.hits(in: "Order, ORDER order") == [0..<5])
        #expect(SpanPattern("größe")?.hits(in: "die GRÖßE") == [4..<11])
        #expect(SpanPattern("世界")?.hits(in: "你好世界") == [6..<12])
        #expect(SpanPattern("aa")?.hits(in: "aaaa") == [0..<2, 2..<4])
        #expect(SpanPattern("") == nil)
        #expect(SpanPattern("long")?.hits(in: "") == [])
    }

    @Test func rawSpansAreValidOTLP() {
        for detail in [SpanFixtures.failed, SpanFixtures.chat, SpanFixtures.hostile] {
            let text = RawSpanJSON.text(of: detail.span)
            #expect(JSONOutlineBuilder.outline(of: text, decodes: true) != nil)
            #expect(text.contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\""))
        }
        let text = RawSpanJSON.text(of: SpanFixtures.chat.span)
        #expect(text.contains(#"{"key":"gen_ai.usage.input_tokens","value":{"intValue":"1210"}}"#))
        #expect(text.contains(#"{"key":"nothing","value":{}}"#))
        #expect(
            text.contains(
                #"{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"2"}]}}"#))
    }

    @Test func toolDefinitionsAreFoundAtEitherLevel() {
        #expect(ToolDefinition(json: #"{"name": "a", "description": "does b"}"#).name == "a")
        let nested = ToolDefinition(json: #"{"type": "function", "function": {"name": "f", "description": "g"}}"#)
        #expect(nested.name == "f")
        #expect(nested.about == "g")
        #expect(ToolDefinition(json: "no JSON").name == nil)
    }
}
