import Redaction
import TraceModel

@testable import TraceStore

/// A redactor of one rule, made for tests: `SKLIVE` and what follows of letters and digits, at least ten of them.
enum StandIn {
    static let label = "STAND_IN"

    static let treatment = TextTreatment(
        policy: "stand-in", matches: { matches(in: $0) },
        text: { text, counts in redacted(text, &counts) },
        span: { span, counts in redact(&span, &counts) },
        log: { log, counts in
            redact(&log.event, &counts)
            log.resource.attributes = redacted(log.resource.attributes, &counts)
            log.scope.name = redacted(log.scope.name, &counts) ?? log.scope.name
        },
        stream: { chunks, info, counts in
            redact(&chunks, &counts)
            info.errorMessage = info.errorMessage.map { redacted($0, &counts) ?? $0 }
            info.remarks = info.remarks.map { redacted($0, &counts) ?? $0 }
        })

    static func matches(in text: String) -> [RedactionMatch] {
        let bytes = Array(text.utf8)
        let mark = Array("SKLIVE".utf8)
        var found: [RedactionMatch] = []
        var place = 0
        while place + mark.count <= bytes.count {
            guard bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) else {
                place += 1
                continue
            }
            var end = place + mark.count
            while end < bytes.count, isWord(bytes[end]) { end += 1 }
            if end - place >= 16 { found.append(RedactionMatch(range: place..<end, label: label)) }
            place = end
        }
        return found
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func placeholder(_ bytes: some Sequence<UInt8>) -> String {
        let hash = bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return "[\(label)#" + String(repeating: "0", count: 8 - digits.count) + digits + "]"
    }

    static func redacted(_ text: String, _ counts: inout RedactionCounts) -> String? {
        let matches = matches(in: text)
        if matches.isEmpty { return nil }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var last = 0
        for match in matches {
            out += bytes[last..<match.range.lowerBound]
            out += placeholder(bytes[match.range]).utf8
            last = match.range.upperBound
            counts.add(label)
        }
        return String(decoding: out + bytes[last...], as: UTF8.self)
    }

    static func redacted(_ attributes: [Attribute], _ counts: inout RedactionCounts) -> [Attribute] {
        attributes.map { Attribute(redacted($0.key, &counts) ?? $0.key, redacted($0.value, &counts)) }
    }

    private static func redacted(_ value: AttributeValue, _ counts: inout RedactionCounts) -> AttributeValue {
        switch value {
        case .string(let text): .string(redacted(text, &counts) ?? text)
        case .array(let values): .array(values.map { redacted($0, &counts) })
        case .map(let members): .map(redacted(members, &counts))
        default: value
        }
    }

    private static func redact(_ event: inout SpanEvent, _ counts: inout RedactionCounts) {
        event.name = redacted(event.name, &counts) ?? event.name
        event.attributes = redacted(event.attributes, &counts)
        if let body = event.body { event.body = redacted(body, &counts) }
    }

    private static func redact(_ span: inout Span, _ counts: inout RedactionCounts) {
        span.name = redacted(span.name, &counts) ?? span.name
        span.traceState = redacted(span.traceState, &counts) ?? span.traceState
        span.status.message = redacted(span.status.message, &counts) ?? span.status.message
        span.attributes = redacted(span.attributes, &counts)
        for index in span.events.indices { redact(&span.events[index], &counts) }
        for index in span.links.indices {
            span.links[index].attributes = redacted(span.links[index].attributes, &counts)
        }
        span.resource.attributes = redacted(span.resource.attributes, &counts)
        span.scope.name = redacted(span.scope.name, &counts) ?? span.scope.name
    }

    /// Puts a placeholder into the chunk in which a match begins.
    private static func redact(_ chunks: inout StreamChunks, _ counts: inout RedactionCounts) {
        let whole = String(decoding: chunks.text, as: UTF8.self)
        let matches = matches(in: whole)
        if matches.isEmpty { return }
        var treated = StreamChunks()
        for (index, chunk) in chunks.enumerated() {
            let range = chunks.textRange(index)
            var out: [UInt8] = []
            for place in range {
                if let match = matches.first(where: { $0.range.contains(place) }) {
                    if match.range.lowerBound == place { out += placeholder(chunks.text[match.range]).utf8 }
                } else {
                    out.append(chunks.text[place])
                }
            }
            treated.append(
                offsetNanos: chunk.offsetNanos, kind: chunk.kind, text: out, tokenCount: chunk.tokenCount,
                choiceIndex: chunk.choiceIndex, toolCall: chunk.toolCall)
        }
        counts.add(label, matches.count)
        chunks = treated
    }
}
