import Testing
import TraceModel

@testable import TraceDialect

@Suite("Digests of payloads")
struct PayloadReaderTests {
    private func matches(_ a: String, _ b: String) -> Bool {
        PayloadReader.digest(a).matches(PayloadReader.digest(b))
    }

    @Test(
        "one value in the forms of several layers is one",
        arguments: [
            (#"{"a": 1, "b": [true, null]}"#, #"{"b":[true,null],"a":1.0}"#),
            (#"{"a": 1}"#, #""{\"a\":1}""#),
            ("9 C", #"{"result": "9 C"}"#),
            (#"{"eta":"Tuesday"}"#, #"[{"type":"text","text":"{\"eta\": \"Tuesday\"}"}]"#),
            ("9 C", #"{"content":[{"type":"text","text":"9 C"}],"isError":false}"#),
            (#"{"ok": true, "eta": null, "who": "Ann's"}"#, #"{'ok': True, 'eta': None, 'who': "Ann's"}"#),
            ("9 C", "content='9 C' name='get' tool_call_id='c1'"),
            (" 9 C\n", "9 C"),
        ])
    func same(_ a: String, _ b: String) {
        #expect(matches(a, b))
        #expect(matches(b, a))
    }

    @Test(
        "other values are others",
        arguments: [
            (#"{"a": 1}"#, #"{"a": 2}"#), (#"{"a": 1}"#, #"{"b": 1}"#), ("[1,2]", "[2,1]"), ("[1,2]", "[12]"),
            (#"{"a":{"b":1},"c":2}"#, #"{"a":{"b":2},"c":1}"#), ("true", "false"), ("null", "0"), ("9 C", "9 c"),
            ("[[],[]]", "[[]]"),
        ])
    func different(_ a: String, _ b: String) {
        #expect(!matches(a, b))
    }

    @Test(
        "known to be empty",
        arguments: [
            "null", "", "  ", "{}", "[]", "None", #""""#, #"{"result":null}"#, #"{"output": {}}"#,
            #"{"content":[{"type":"text","text":""}]}"#, #"{"result": {"data": []}}"#,
        ])
    func empty(_ text: String) {
        #expect(PayloadReader.digest(text).content == .empty)
    }

    @Test(
        "says something, be it little",
        arguments: [
            "0", "false", #"{"hits":[]}"#, #"{"hits":[],"total":0}"#, #"{"result":0}"#, "no hits", "[null]",
            #"{"error":null,"rows":1}"#, "Errors are rare.", "nullable",
        ])
    func value(_ text: String) {
        #expect(PayloadReader.digest(text).content == .value)
    }

    @Test(
        "tells of a failure",
        arguments: [
            #"{"error":"no such order"}"#, #"{"content":[{"type":"text","text":"x"}],"isError":true}"#,
            #"{"success":false}"#, #"{"status":"error","rows":0}"#, "Error: no such order",
            "Traceback (most recent call last):\n  File", #""Error: timed out""#,
        ])
    func failure(_ text: String) {
        #expect(PayloadReader.digest(text).content == .error)
    }

    @Test("withheld is not empty")
    func redacted() {
        #expect(PayloadReader.digest("__REDACTED__").content == .redacted)
        #expect(PayloadReader.digest("[REDACTED]").content == .redacted)
    }

    @Test("a cut text shares its prefixes, and says so itself where it does")
    func prefixes() {
        let whole = String(repeating: "0123456789abcdef", count: 300)
        let digest = PayloadReader.digest(whole)
        let cut = PayloadReader.digest(String(whole.prefix(2048)))
        #expect(digest.byteCount == 4800)
        #expect(digest.prefixes.count == 3)
        #expect(cut.prefixes == Array(digest.prefixes.prefix(2)))
        #expect(!digest.saysTruncated)
        #expect(PayloadReader.digest(whole + "… [truncated]").saysTruncated)
        #expect(PayloadReader.digest(whole + "…").saysTruncated)
        #expect(!PayloadReader.digest("And so on…").saysTruncated)
    }

    @Test("a preview ends with a whole character")
    func preview() {
        let preview = PayloadReader.digest(String(repeating: "日", count: 200)).preview
        #expect(preview == String(repeating: "日", count: 80))
    }

    @Test("hostile depth and broken forms give a digest still")
    func hostile() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        for text in [
            deep, "{'a': ", "{'a': '\\x", "content='", "content='x' name=", #"{"result":{"result":"#, "\u{0}",
            "{'a': True", #"{"a":1e999}"#, "-",
        ] {
            let digest = PayloadReader.digest(text)
            #expect(!digest.forms.isEmpty)
            #expect(digest.forms.count <= 6)
            #expect(digest.byteCount == text.utf8.count)
        }
    }
}
