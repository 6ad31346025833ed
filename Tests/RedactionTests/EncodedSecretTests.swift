import Testing
import TraceModel

@testable import Redaction
@testable import TestSupport

/// One layer of an encoding hides no secret.
@Suite struct EncodedSecretTests {
    private let redactor = RedactionFixture.redactor

    private func placeholders(_ text: String) -> [RedactionPlaceholder] {
        var counts = RedactionCounts()
        let once = redactor.redacted(text, &counts) ?? text
        #expect((redactor.redacted(once, &counts) ?? once) == once)
        return RedactionPlaceholder.all(in: once).map(\.placeholder)
    }

    private static func each(_ text: String, _ write: (UInt8) -> String) -> String { text.utf8.map(write).joined() }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    @Test(arguments: [
        "password=hunter2x", "api_key: a8f5f167f44f4964e6c998dee827110c", "glpat-abcDEF123456ghiJKL78",
        "postgres://bob:s3cr3t!x@db.io/x", #"{"token":"a8f5f167f44f4964e6c998dee827110c"}"#,
    ]) func aLayerIsUndone(_ text: String) {
        let plain = placeholders(text)
        #expect(plain.count == 1)
        for encoded in [
            Self.each(text) { "%" + Self.hex($0).uppercased() }, Self.each(text) { "&#\($0);" },
            Self.each(text) { "&#x\(Self.hex($0));" }, Self.each(text) { "\\x" + Self.hex($0) },
            Self.each(text) { "\\u00" + Self.hex($0) }, "see " + TextWriter.base64(of: text) + " there",
            #"{"data":""# + TextWriter.base64(of: text, urlSafe: true) + #""}"#,
            text.replacing("\"", with: "&quot;").replacing("=", with: "&equals;"),
            text.replacing("\"", with: "\"\""), text.replacing("\"", with: "%22").replacing(":", with: "%3A"),
        ] {
            #expect(placeholders(encoded) == plain, "\(encoded)")
        }
    }

    @Test func blobsStayAsTheyAre() {
        var writer = TextWriter(seed: 5)
        for _ in 0..<200 {
            for text in [
                "data:image/png;base64,iVBORw0KGgo" + writer.base64(writer.number(100...900)), writer.hex(64),
                "sha512-" + writer.base64(86) + "==", writer.uuid(), "100%25 of &amp; and &lt;b&gt; at 50%",
                TextWriter.base64(of: writer.sentence()),
            ] {
                #expect(placeholders(text).isEmpty, "\(text)")
            }
        }
    }

    /// A key in the forms in which tools print it.
    @Test func aKeyIsFoundHoweverItIsPrinted() {
        var writer = TextWriter(seed: 9)
        let body = (0..<6).map { _ in writer.base64(64) } + [writer.base64(30) + "=="]
        let title = "PRIVATE " + "KEY-----"
        let lines = ["-----BEGIN " + title] + body + ["-----END " + title]
        let numbered = lines.enumerated().map { ($0.offset + 1, $0.element) }
        var texts: [String] = []
        texts.append(numbered.map { "    \($0.0)\t\($0.1)" }.joined(separator: "\n"))
        texts.append(numbered.map { "\($0.0)→\($0.1)" }.joined(separator: "\n"))
        texts.append(numbered.map { "certs/key.pem:\($0.0):\($0.1)" }.joined(separator: "\n"))
        texts.append(numbered.map { "key.pem-\($0.0)-\($0.1)" }.joined(separator: "\n"))
        texts.append(lines.map { "+" + $0 }.joined(separator: "\n"))
        texts.append(lines.map { "-" + $0 }.joined(separator: "\n"))
        texts.append(lines.map { "> " + $0 }.joined(separator: "\n"))
        texts.append(lines.joined(separator: " "))
        texts.append(lines.joined())
        texts.append(lines.joined(separator: "\\n"))
        texts.append(lines.joined(separator: "\\\\n"))
        texts.append(lines.map { "\"\($0)\\n\" +" }.joined(separator: "\n"))
        texts.append(lines.dropLast().joined(separator: "\n"))
        texts.append(lines.dropFirst(3).joined(separator: "\n"))
        texts.append(lines.dropLast(2).joined(separator: "\n  "))
        texts.append("Private-Lines: 7\n" + body.joined(separator: "\n") + "\nPrivate-MAC: " + writer.hex(64))
        texts.append(
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"x\"\n" + body.joined(separator: "\n")
                + "\n---- END SSH2 ENCRYPTED PRIVATE KEY ----")
        for text in texts {
            var counts = RedactionCounts()
            let redacted = redactor.redacted(text, &counts) ?? text
            for line in body.prefix(6) where text.contains(line) {
                #expect(!redacted.contains(line.suffix(24)), "\(text.prefix(200)) -> \(redacted.prefix(300))")
            }
        }
    }

    @Test func hostileTextsStayBounded() {
        var counts = RedactionCounts()
        for unit in [
            "password", "token=", "key:", "\"name\":\"password\",", "password,", "| token |\n", "cookie: a=b; ",
            "authorization: ", "-----BEGIN PRIVATE KEY-----", "-----END", "%41", "&#65;", "QUJD", "\\x41", "a=b&key=",
            "密码", "{\"value\":", "curl -u a:", "mysql -p", "sk-", "0Q~", "<password>", "token = \"", "@", "://a:",
        ] {
            _ = redactor.redacted(String(repeating: unit, count: 1_500), &counts)
            _ = redactor.redacted(String(repeating: unit + "\n", count: 1_000), &counts)
        }
    }
}
