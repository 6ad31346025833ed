import Basics
import FastJSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    @Test("writes compact and indented")
    func layout() {
        let value: JSONValue = ["a": [1, 2.5, nil], "b": [:], "c": [], "d": ["e": "f"]]
        #expect(value.text() == #"{"a":[1,2.5,null],"b":{},"c":[],"d":{"e":"f"}}"#)
        let indented = """
            {
              "a": [
                1,
                2.5,
                null
              ],
              "b": {},
              "c": [],
              "d": {
                "e": "f"
              }
            }
            """
        #expect(value.text(indent: 2) == indented)
    }

    @Test("escapes what could harm a terminal")
    func escapes() {
        #expect(JSONValue.string("\"\\\n\r\t\u{1b}[31m\u{7f}").text() == #""\"\\\n\r\t\u001b[31m\u007f""#)
        #expect(JSONValue.string("\u{9b}2J\u{2028}").text() == #""\u009b2J\u2028""#)
        #expect(JSONValue.string("é中😀\u{a0}\u{061c}").text() == "\"é中😀\u{a0}\u{061c}\"")
        var writer = JSONWriter()
        writer.string("a\u{202e}b\u{200b}\u{feff}\u{061c}é中")
        #expect(writer.text == #""a\u202eb\u200b\ufeff\u061cé中""#)
    }

    /// Each with a letter on both sides, as a text and as a key.
    @Test("no unseen character gets out, and each comes back as it was")
    func unseen() throws {
        for range in UnseenCharacters.ranges {
            let text = range.compactMap { Unicode.Scalar($0) }.map { "a\(Character($0))b" }.joined()
            var writer = JSONWriter()
            writer.value([text: .string(text)])
            #expect(writer.text.unicodeScalars.allSatisfy { !UnseenCharacters.contain($0.value) }, "\(range)")
            let read = try JSONValue(parsing: writer.text)
            #expect(read[text]?.string?.unicodeScalars.elementsEqual(text.unicodeScalars) == true, "\(range)")
        }
    }

    @Test(
        "what is JSON already is escaped without a change of its value",
        arguments: [
            "{\"a\u{E0041}\": [\"\u{34F}x\u{3164}\", 1.50]}", "\"\u{FE0F}\u{1D173}\u{7F}\u{85}\"",
            #"["\\u200b\n", "é"]"#,
        ])
    func raw(json: String) throws {
        var writer = JSONWriter()
        writer.raw(json)
        #expect(writer.text.unicodeScalars.allSatisfy { !UnseenCharacters.contain($0.value) })
        #expect(try JSONValue(parsing: writer.text) == JSONValue(parsing: json))
        #expect(writer.text.count >= json.count)
    }

    @Test("what is stored stays as short as it came")
    func stored() {
        var writer = JSONWriter(escapesInvisible: false)
        writer.string("a\u{200D}b\u{E0041}\u{9B}")
        #expect(writer.text == "\"a\u{200D}b\u{E0041}\\u009b\"")
    }

    @Test("writes non-finite numbers as words, unknown values as null")
    func unusual() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("nan", Double.nan)
        writer.member("low", -Double.infinity)
        writer.member("none", Int?.none)
        writer.member("text", String?.none)
        writer.member("big", Int64.min)
        writer.member("list", ["a", "b"])
        writer.member("tree", value: ["x": [true]])
        writer.endObject()
        writer.newline()
        writer.int(1)
        #expect(
            writer.text
                == #"{"nan":"NaN","low":"-Infinity","none":null,"text":null,"big":-9223372036854775808,"#
                + #""list":["a","b"],"tree":{"x":[true]}}"# + "\n1")
    }

    @Test("writes deep trees without recursion")
    func deep() throws {
        var value: JSONValue = 1
        for _ in 0..<400 { value = ["a": [value]] }
        #expect(try JSONValue(parsing: value.text(), depthLimit: 1000) == value)
    }
}
