import Basics
import FastJSON
import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import Redaction

/// Plants secrets in random places of random spans and looks for what is left of them.
@Suite struct PlantedSecretTests {
    private static let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789")

    /// A planter of one span.
    private struct Planter {
        var random: SplitMix64
        var secrets: [String] = []

        mutating func secret() -> String {
            let forms = [("sk_" + "live_", 28), ("gh" + "p_", 36), ("hf" + "_", 34), ("AI" + "za", 35)]
            let (prefix, count) = forms[Int.random(in: 0..<forms.count, using: &random)]
            let secret = prefix + String((0..<count).map { _ in letter() })
            secrets.append(secret)
            return secret
        }

        mutating func letter() -> Character {
            PlantedSecretTests.letters[Int.random(in: 0..<PlantedSecretTests.letters.count, using: &random)]
        }

        mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

        /// Text with a secret in it, or without.
        mutating func text() -> String {
            let words = ["the", "key", "is", "\n", "\"quoted\"", "Straße", "日本", "\\", "https://x.y/z?a=b", "{", "😀"]
            var text = ""
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                text += words[Int.random(in: 0..<words.count, using: &random)] + " "
            }
            if chance(3) { text += secret() + " " }
            return text
        }

        /// Text in pieces, with a secret across some of them.
        mutating func pieces() -> [String] {
            var rest = text() + secret() + " " + text()
            var pieces: [String] = []
            while !rest.isEmpty {
                let count = Int.random(in: 1...11, using: &random)
                pieces.append(String(rest.prefix(count)))
                rest = String(rest.dropFirst(count))
            }
            return pieces
        }

        /// A JSON string, some characters of it written as escapes.
        mutating func quoted(_ text: String) -> String {
            var result = "\""
            for unit in text.utf16 {
                let scalar = Unicode.Scalar(unit)
                if chance(9) || scalar == nil || unit < 0x20 || unit == 0x22 || unit == 0x5C {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else if let scalar {
                    result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }

        mutating func conversation() -> String {
            let messages = (0..<Int.random(in: 1...3, using: &random)).map { _ -> String in
                let parts =
                    chance(2)
                    ? pieces().map { #"{"type":"text","content":\#(quoted($0))}"# }
                    : [
                        #"{"type":"text","content":\#(quoted(text()))}"#,
                        #"{"arguments":{"q":\#(quoted(text()))},"type":"tool_call"}"#,
                    ]
                return #"{"role":"user","parts":[\#(parts.joined(separator: ", "))]}"#
            }
            return "[" + messages.joined(separator: ",") + "]"
        }

        mutating func value() -> AttributeValue {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: return .string(conversation())
            case 1: return .array([.string(text()), .int(1), .map([Attribute(text(), .string(text()))])])
            case 2: return .bytes(Array(text().utf8))
            case 3:
                // JSON in JSON.
                let inner = conversation()
                return .string(#"{"body":\#(quoted(inner))}"#)
            default: return .string(text())
            }
        }

        mutating func attributes() -> [Attribute] {
            (0..<Int.random(in: 0...5, using: &random)).map { Attribute("k\($0)", value()) }
        }

        mutating func span() -> Span {
            var span = RedactionFixture.span(
                attributes() + [Attribute("gen_ai.input.messages", .string(conversation()))])
            span.name = text()
            span.status.message = text()
            span.resource.attributes = attributes()
            span.scope.attributes = attributes()
            span.events = (0..<2).map {
                SpanEvent(timeUnixNano: $0, name: text(), attributes: attributes(), body: value())
            }
            span.links = [SpanLink(traceID: span.traceID, spanID: span.spanID, attributes: attributes())]
            if chance(2) {
                for (place, piece) in pieces().enumerated() {
                    span.events.append(
                        StreamAttributes.event(
                            of: StreamChunk(sequence: place, offsetNanos: Int64(place), kind: .text, text: piece),
                            startUnixNano: 1_000))
                }
            }
            return span
        }
    }

    /// All texts, with the strings inside JSON in them, and what readers assemble.
    private func texts(of span: Span) -> [String] {
        var texts = RedactionFixture.texts(of: span)
        var next = 0
        while next < texts.count {
            let text = texts[next]
            next += 1
            if let inner = InnerTexts(json: text) {
                texts += inner.leaves.indices.map { String(decoding: inner.text($0), as: UTF8.self) }
                let parts = inner.lanes().map { $0.map { String(decoding: inner.text($0), as: UTF8.self) }.joined() }
                texts += parts
            }
        }
        texts.append(Dialect.searchText(of: span).text)
        for message in Dialect.content(of: span).inputMessages {
            var said = ""
            for case .text(let text) in message.parts { said += text }
            texts.append(said)
        }
        if let stream = StreamExtractor.stream(of: span) { texts.append(stream.chunks.text(0..<stream.chunks.count)) }
        return texts
    }

    /// Every run of eight bytes of a text, as a number.
    private static func forEachPiece(of text: String, _ body: (UInt64) -> Void) {
        var word: UInt64 = 0
        for (count, byte) in text.utf8.enumerated() {
            word = word << 8 | UInt64(byte)
            if count >= 7 { body(word) }
        }
    }

    @Test func noPieceOfAPlantedSecretSurvives() {
        for seed in 0..<60 as Range<UInt64> {
            var planter = Planter(random: SplitMix64(seed: seed))
            let span = planter.span()
            var redacted = span
            var counts = RedactionCounts()
            RedactionFixture.redactor.redact(&redacted, &counts)
            let all = texts(of: redacted)
            var pieces: Set<UInt64> = []
            for secret in planter.secrets { Self.forEachPiece(of: secret) { pieces.insert($0) } }
            for text in all {
                var isClean = true
                Self.forEachPiece(of: text) { isClean = isClean && !pieces.contains($0) }
                #expect(isClean, "seed \(seed): \(text)")
            }
            #expect(counts.total >= planter.secrets.count, "seed \(seed)")
            #expect(redacted.events.count == span.events.count)
            // JSON stays JSON.
            for (before, after) in zip(span.attributes, redacted.attributes) {
                guard let text = before.value.stringValue, (try? JSONValue(parsing: text)) != nil else { continue }
                #expect((try? JSONValue(parsing: after.value.stringValue ?? "")) != nil, "seed \(seed)")
            }
            let before = StreamExtractor.stream(of: span)
            let after = StreamExtractor.stream(of: redacted)
            #expect(before?.chunks.count == after?.chunks.count)
            #expect(before?.chunks.offsets == after?.chunks.offsets)
            var again = redacted
            var none = RedactionCounts()
            RedactionFixture.redactor.redact(&again, &none)
            #expect(again == redacted && none.isEmpty, "seed \(seed): \(none)")
        }
    }
}
