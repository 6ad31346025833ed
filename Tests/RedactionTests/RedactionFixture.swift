import TraceModel

@testable import Redaction

/// A redactor, made-up secrets, and the search for what is left of one.
enum RedactionFixture {
    static let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: [UInt8](repeating: 7, count: 32)))

    /// In the form of a Stripe key; every run of eight bytes in it is its own.
    static func secret(_ number: Int = 0) -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789")
        var random = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        var text = "sk_" + "live_"
        for _ in 0..<32 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text.append(letters[Int(random >> 33) % letters.count])
        }
        return text
    }

    /// A piece of eight bytes of a secret that a text holds; nil where it holds none.
    static func piece(of secret: String, in text: String) -> String? {
        let bytes = Array(secret.utf8)
        for start in 0...(bytes.count - 8) {
            let piece = String(decoding: bytes[start..<start + 8], as: UTF8.self)
            if text.contains(piece) { return piece }
        }
        return nil
    }

    /// All texts of a span, each alone.
    static func texts(of span: Span) -> [String] {
        var texts = [
            span.name, span.traceState, span.status.message, span.resource.schemaURL, span.scope.name,
            span.scope.version, span.scope.schemaURL,
        ]
        var attributes = span.attributes + span.resource.attributes + span.scope.attributes
        for event in span.events {
            texts.append(event.name)
            attributes += event.attributes
            if let body = event.body { attributes.append(Attribute("", body)) }
        }
        for link in span.links {
            texts.append(link.traceState)
            attributes += link.attributes
        }
        for attribute in attributes {
            texts.append(attribute.key)
            _ = attribute.value.replacingTexts { inner in
                switch inner {
                case .key(let text), .string(let text): texts.append(text)
                case .bytes(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
                }
                return nil
            }
        }
        return texts
    }

    static func span(_ attributes: [Attribute] = [], events: [SpanEvent] = []) -> Span {
        Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "chat", startUnixNano: 1_000,
            endUnixNano: 2_000, attributes: attributes, events: events)
    }
}
