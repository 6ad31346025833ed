import Foundation
import TestSupport
import Testing
import TraceIngest
import TraceModel

@Suite("Documents and lines", .blocking)
struct DocumentTests {
    private func span(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        let id = String(repeating: "0", count: 16 - digits.count) + digits
        return #"{"traceId":"\#(JSONRecordTests.traceID)","spanId":"\#(id)","name":"n"}"#
    }

    private func document(_ numbers: Int...) -> String {
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(numbers.map(span).joined(separator: ","))]}]}]}"#
    }

    private func numbers(_ decoded: Decoded) -> [UInt64] { decoded.spans.map(\.spanID.rawValue) }

    @Test("reads one document, arrays of documents, and sequences of documents")
    func forms() throws {
        #expect(numbers(try Decoded(document(1, 2))) == [1, 2])
        #expect(numbers(try Decoded("[\(document(1)),\(document(2))]")) == [1, 2])
        #expect(numbers(try Decoded("[\n  \(document(1)),\n  \(document(2))\n]\n")) == [1, 2])
        #expect(numbers(try Decoded(document(1) + "\n" + document(2) + "\n\n")) == [1, 2])
        #expect(numbers(try Decoded(document(1) + document(2))) == [1, 2])
        #expect(numbers(try Decoded("\u{FEFF}" + document(1))) == [1])
        #expect(numbers(try Decoded("\n\n" + document(1))) == [1])
        let spread = document(1).map { "{}[],:".contains($0) ? "\n\($0)\n" : "\($0)" }.joined()
        #expect(numbers(try Decoded(spread + spread)) == [1, 1])
    }

    @Test("reads traces mixed with logs and metrics")
    func mixed() throws {
        let text = [
            document(1), #"{"resourceLogs":[]}"#, #"{"resourceMetrics":[{}]}"#, document(2),
        ].joined(separator: "\n")
        let decoded = try Decoded(text)
        #expect(numbers(decoded) == [1, 2] && decoded.rejects.isEmpty)
        #expect(decoded.summary.skippedMetricGroups == 1)
    }

    @Test("goes on with the next line after a fault")
    func recovery() throws {
        let cut = String(document(9).dropLast(60))
        let cutInList = #"{"resourceSpans":[{"scopeSpans":[{"spans":["#
        let lines = [
            document(1), cut, document(2), "no json", document(3), cutInList, document(4), "{\"foo\":1}", document(5),
            #"{"resourceSpans":[}"#, document(6),
        ]
        let text = lines.joined(separator: "\n")
        let decoded = try Decoded(text)
        #expect(numbers(decoded) == [1, 2, 3, 4, 5, 6])
        #expect(decoded.rejects.map(\.line) == [2, 4, 6, 8, 10])
        for rejection in decoded.rejects {
            #expect(try #require(rejection.byteOffset) <= Int64(text.utf8.count))
        }
    }

    @Test(
        "loses nothing good around bytes that are no JSON",
        arguments: [
            String(repeating: "\u{0}", count: 512), "\u{0}\n\u{0}\n", "\u{FEFF}", "\u{0}\u{FEFF}\u{0}", "no json\n",
            "2024-05-01 INFO ", "}{", "\"open", #"{"resourceSpans":[{"reso"#,
        ])
    func junk(junk: String) throws {
        let (a, b, c) = (document(1), document(2), document(3))
        let pretty = "{\n  \"resourceSpans\": [\n" + a.dropFirst(18).replacing(",", with: ",\n  ")
        for text in [
            junk + a + "\n" + b + "\n" + c + "\n", a + "\n" + junk + b + "\n" + c, a + "\n" + b + junk + c + "\n",
            a + "\n" + b + "\n" + junk + "\n" + c, junk + pretty + "\n" + b + "\n" + c,
        ] {
            let decoded = try Decoded(text)
            #expect(numbers(decoded) == [1, 2, 3], "\(text.prefix(60))")
            #expect(decoded.rejects.count <= 4)
        }
    }

    @Test("begins with the first record of a recording behind zero bytes and a mark")
    func junkBeforeRecordings() throws {
        let line = #"{"t_unix_ns":1,"bytes":"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"}"# + "\n"
        for junk in ["", "\u{0}\u{0}\u{0}", "\u{FEFF}"] {
            let decoded = try Decoded(junk + line + line)
            #expect(decoded.streams.map(\.chunks.count) == [2] && decoded.rejects.isEmpty, "\(junk.utf8.count)")
        }
    }

    @Test("keeps the good lines around a cut first or last line")
    func cutEnds() throws {
        let cut = String(document(9).dropLast(5))
        let first = try Decoded(cut + "\n" + document(1) + "\n")
        #expect(numbers(first) == [9, 1] && first.rejects.count == 1)
        let last = try Decoded(document(1) + "\n" + cut)
        #expect(numbers(last) == [1, 9] && last.rejects.count == 1)
        #expect(last.rejects.first?.reason == "the JSON is cut off: the input ends inside a value")
        #expect(last.rejects.first?.byteOffset == Int64((document(1) + "\n" + cut).utf8.count))
    }

    @Test("keeps the good records before a fault in one document")
    func partOfDocument() throws {
        let text = document(1, 2, 3)
        let cut = try Decoded(String(text.dropLast(60)))
        #expect(numbers(cut) == [1, 2])
        #expect(cut.rejects.count == 1)
        let broken = try Decoded(text.replacingOccurrence(of: #""0000000000000003""#, with: "oops"))
        #expect(numbers(broken) == [1, 2])
        #expect(broken.rejects.first?.reason == "invalid JSON: 'o' where a value belongs")
    }

    @Test("keeps a span with invalid UTF-8, marked")
    func invalidUTF8() throws {
        var bytes = Array(document(1, 2, 3).utf8)
        let names = bytes.indices.filter { bytes[$0...].starts(with: Array(#""n""#.utf8)) }
        let index = try #require(names.dropFirst().first { bytes[$0 - 1] == UInt8(ascii: ":") })
        bytes[index + 1] = 0xFF
        let decoded = try Decoded(bytes)
        #expect(decoded.spans.count == 3 && decoded.rejects.isEmpty)
        let odd = decoded.spans.filter { $0.marks.contains(.unreadableValue) }
        #expect(odd.count == 1 && odd.first?.name.contains("\u{FFFD}") == true)
    }

    @Test(
        "gives one clear line for input that is no OTLP",
        arguments: [
            ("", "x.json", "not OTLP: empty file"),
            (" \n\t ", "x.json", "not OTLP: empty: nothing but white space"),
            ("<!DOCTYPE html><html></html>", "x.json", "not OTLP: an HTML page"),
            ("hello", "x.json", "not OTLP: text that is no JSON"),
            ("\u{0}\u{1}\u{2}", "x.json", "not OTLP: binary data that is no OTLP protobuf body"),
            ("SQLite format 3\0....", "x", "not OTLP: an SQLite database"),
            ("\u{7f}ELF\u{2}", "x", "not OTLP: a program (ELF)"),
            (
                #"{"foo":1}"#, "x.json",
                "JSON without traces: no resourceSpans, resourceLogs or resourceMetrics in it"
            ),
            ("[]", "x.json", "JSON without traces: no resourceSpans, resourceLogs or resourceMetrics in it"),
            ("[1,{\"a\":2}]", "x", "JSON without traces: no resourceSpans, resourceLogs or resourceMetrics in it"),
            ("{\"resourceSpans\":3}", "x", "document: resourceSpans is not an array"),
            (String(repeating: "[", count: 10_000), "x.json", "nested deeper than 512 levels"),
            (#"{"resourceSpans":["#, "x.json", "the JSON is cut off: the input ends inside a value"),
            (#"{"resourceSpans":[{"#, "x.json", "the JSON is cut off: the input ends inside a value"),
        ])
    func foreign(text: String, name: String, reason: String) throws {
        let decoded = try Decoded(text, name: name)
        #expect(decoded.spans.isEmpty)
        #expect(decoded.rejects.map(\.reason) == [reason])
    }

    @Test("reports a run of foreign lines once")
    func foreignRun() throws {
        let foreign = (0..<50).map { #"{"level":"info","n":\#($0)}"# }
        let decoded = try Decoded(([document(1)] + foreign + [document(2)] + foreign).joined(separator: "\n"))
        #expect(numbers(decoded) == [1, 2])
        #expect(decoded.rejects.map(\.line) == [2, 53])
        #expect(decoded.rejects.allSatisfy { $0.reason.hasPrefix("50 JSON values without traces from here on: ") })
    }

    @Test("reads a pipe, which cannot be read twice")
    func pipe() throws {
        let folder = try TemporaryFile([], name: "unused")
        let path = folder.folder + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        let filler = String(repeating: "x", count: 20_000)
        let spans = (1...450).map { number in
            span(number).dropLast() + #","attributes":[{"key":"f","value":{"stringValue":"\#(filler)"}}]}"#
        }
        let text =
            #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"early"}}]},"#
            + #""scopeSpans":[{"spans":["# + spans.joined(separator: ",") + #"],"scope":{"name":"late"}}]}]}"#
        let writer = Thread {
            guard let handle = FileHandle(forWritingAtPath: path) else { return }
            try? handle.write(contentsOf: Data(text.utf8))
            try? handle.close()
        }
        writer.start()
        let decoded = try Decoded(InputFile(path: path))
        #expect(decoded.spans.count == 450 && decoded.rejects.isEmpty)
        #expect(decoded.spans.allSatisfy { $0.resource.serviceName == "early" })
        #expect(decoded.spans.last?.scope.name == "")
        #expect(decoded.summary.spansWithLateEnvelope == 450)
    }

    @Test("accepts an empty list of spans")
    func emptyRequest() throws {
        #expect(try Decoded(#"{"resourceSpans":[]}"#).rejects.isEmpty)
    }

    @Test("hands batches on in order and of the size asked for")
    func batches() throws {
        let text = (1...25).map { document($0) }.joined(separator: "\n")
        let decoded = try Decoded(Array(text.utf8), batchSize: 10)
        #expect(numbers(decoded) == Array(1...25))
        #expect(decoded.batchSizes == [10, 10, 5])
        #expect(decoded.summary.spans == 25 && decoded.summary.bytesDecoded == Int64(text.utf8.count))
    }

    @Test("stops when the receiver throws")
    func stop() throws {
        struct Enough: Error {}
        let file = try TemporaryFile(
            Array((1...100).map { document($0) }.joined(separator: "\n").utf8), name: "a.jsonl")
        var batches = 0
        #expect(throws: Enough.self) {
            try FileDecoder.decode(file.input, batchSize: 10) { _ in
                batches += 1
                if batches == 3 { throw Enough() }
            }
        }
        #expect(batches == 3)
    }

    @Test("completes the records of a group that is too large to wait for")
    func largeGroup() throws {
        let filler = String(repeating: "x", count: 20_000)
        let spans = (1...600).map { number in
            span(number).dropLast() + #","attributes":[{"key":"f","value":{"stringValue":"\#(filler)"}}]}"#
        }
        let text =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":["#
            + spans[..<300].joined(separator: ",") + #"],"scope":{"name":"one"},"schemaUrl":"s1"},{"spans":["#
            + spans[300...].joined(separator: ",") + #"],"scope":{"name":"two"}}],"schemaUrl":"r1","#
            + #""resource":{"attributes":[{"key":"service.name","value":{"stringValue":"late"}}]}}]}"#
        #expect(text.utf8.count > 9 << 20)
        let decoded = try Decoded(text)
        #expect(decoded.spans.count == 600 && decoded.rejects.isEmpty)
        #expect(decoded.spans.allSatisfy { $0.resource.serviceName == "late" && $0.resource.schemaURL == "r1" })
        #expect(decoded.spans[..<300].allSatisfy { $0.scope == InstrumentationScope(name: "one", schemaURL: "s1") })
        #expect(decoded.spans[300...].allSatisfy { $0.scope == InstrumentationScope(name: "two") })
        #expect(decoded.summary.spansWithLateEnvelope == 0)
        #expect(decoded.batchSizes.allSatisfy { $0 <= 512 })
    }

    @Test("throws where the machine fails")
    func machineFault() {
        #expect(throws: IngestError.self) { try Decoded(InputFile(path: "/nonexistent/x.json")) }
        #expect(throws: IngestError.self) { try Decoded(InputFile(path: "/")) }
    }
}

extension String {
    /// The text with the first occurrence of a part replaced.
    func replacingOccurrence(of part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return replacingCharacters(in: range, with: other)
    }

    private func firstRange(of part: String) -> Range<String.Index>? {
        indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
    }

    private func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
