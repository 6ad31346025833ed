import Basics
import FastJSON
import Tables
import Testing

@Suite("CSV writer")
struct CSVWriterTests {
    /// The field that a text becomes, in both forms.
    private static func field(_ text: String) -> String {
        let column = Column<String>("text") { $0 }
        var written: Set<String> = []
        for form in [CSVForm(), CSVForm(lineEnd: "\r\n", quotesNested: true)] {
            var csv = CSVWriter([column], form: form)
            var out: [UInt8] = []
            csv.line(text, into: &out)
            written.insert(String(decoding: out.dropLast(form.lineEnd.utf8.count), as: UTF8.self))
        }
        #expect(written.count == 1)
        return written.first ?? ""
    }

    @Test(
        "What a spreadsheet could run begins with an apostrophe",
        arguments: [
            ("=1+1", #""'=1+1""#), ("+cmd|' /C calc'!A0", #""'+cmd|' /C calc'!A0""#), ("@SUM(1)", #""'@SUM(1)""#),
            ("-1+2", #""'-1+2""#), ("\t=1", "\"'\t=1\""), ("\n=1", "\"'\n=1\""), ("\r\n=1", "\"'\n=1\""),
            ("'=1", #""''=1""#),
            ("＝1", #""'＝1""#), ("＠x", #""'＠x""#), ("-inf", #""'-inf""#), ("--1", #""'--1""#), ("+", #""'+""#),
            ("'-3", #""''-3""#),
        ])
    func formulas(text: String, expected: String) {
        #expect(Self.field(text) == expected)
    }

    @Test("Numbers stay numbers", arguments: ["-3", "+4.25", "-1e-9", "-.5", "+49301234567", "0", "a-b", "1=1"])
    func numbers(text: String) {
        #expect(Self.field(text) == text)
    }

    @Test(
        "What steers or hides is visible",
        arguments: [
            ("\u{1B}]0;x\u{7}", "\"⟨U+001B⟩]0;x⟨U+0007⟩\""), ("a\rb", "a⟨U+000D⟩b"), ("\r=1", "⟨U+000D⟩=1"),
            ("\u{200B}=1", "⟨U+200B⟩=1"), ("a\u{202E}b", "a⟨U+202E⟩b"), ("❤\u{FE0F}", "❤\u{FE0F}"),
        ])
    func controls(text: String, expected: String) {
        #expect(Self.field(text) == expected)
    }

    @Test("Separators of other countries are quoted", arguments: ["a;b", "a\tb", "a,b", "a\"b", ""])
    func separators(text: String) {
        #expect(Self.field(text) == "\"" + text.replacing("\"", with: "\"\"") + "\"")
    }

    @Test("Names of columns and nested values are written as carefully")
    func others() {
        let columns = [
            Column<Int>("=1\u{1B}") { Int64($0) }, Column<Int>("b") { _ in ["=1\u{1B}\u{E0041}"] },
            Column<Int>("c") { -Double($0) },
        ]
        var csv = CSVWriter(columns)
        var out: [UInt8] = []
        csv.names(into: &out)
        csv.line(-3, into: &out)
        csv.line(3, into: &out)
        #expect(
            String(decoding: out, as: UTF8.self)
                == "\"'=1⟨U+001B⟩\",b,c\n"
                + #"-3,"[""=1\u001b\udb40\udc41""]",3.0"# + "\n" + #"3,"[""=1\u001b\udb40\udc41""]",-3.0"# + "\n")
    }

    @Test("Objects of JSON say the same in escapes")
    func json() throws {
        let text = "\u{202E}\u{E0041}\u{34F}❤\u{FE0F}\u{1B}"
        var json = JSONRowWriter([Column<String>("text") { $0 }])
        var out: [UInt8] = []
        json.line(text, into: &out)
        let line = String(decoding: out.dropLast(), as: UTF8.self)
        #expect(line.unicodeScalars.allSatisfy { !UnseenCharacters.contain($0.value) })
        #expect(try JSONValue(parsing: line)["text"]?.string == text)
    }
}
