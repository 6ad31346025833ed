import TraceDialect
package import TraceModel

extension Redactor {
    /// Redacts log records of one or several spans, those of a span that are chunks of a stream as one text.
    ///
    /// Only records that come together are seen together: a secret that is cut between the last chunk of one batch and
    /// the first of the next stays out of reach.
    package func redact(_ logs: inout [SpanLogRecord], _ counts: inout RedactionCounts) {
        var bySpan: [SpanPlace: [Int]] = [:]
        for (index, log) in logs.enumerated() where StreamExtractor.isChunk(log.event) {
            bySpan[SpanPlace(trace: log.traceID, span: log.spanID), default: []].append(index)
        }
        for places in bySpan.values {
            var events = places.map { logs[$0].event }
            var none: [Attribute] = []
            redactStreams(&events, &none, &counts)
            for (index, place) in places.enumerated() { logs[place].event = events[index] }
        }
        for index in logs.indices { redact(&logs[index], &counts) }
    }

    private struct SpanPlace: Hashable {
        var trace: TraceID
        var span: SpanID
    }

    /// Redacts what one event holds of a stream: a chunk, or all of it in its attributes.
    func redactStreams(_ event: inout SpanEvent, _ counts: inout RedactionCounts) {
        var (events, attributes): ([SpanEvent], [Attribute]) = ([event], [])
        redactStreams(&events, &attributes, &counts)
        attributes = events[0].attributes
        event = events[0]
        events = []
        redactStreams(&events, &attributes, &counts)
        event.attributes = attributes
    }

    /// Redacts the streams that events and attributes of a span hold, each as the texts that readers assemble.
    func redactStreams(
        _ events: inout [SpanEvent], _ attributes: inout [Attribute], _ counts: inout RedactionCounts
    ) {
        for pieces in StreamExtractor.pieces(of: events) { redact(pieces, of: &events, &counts) }
        for index in attributes.indices where attributes[index].key == StreamExtractor.tokenTexts {
            redactTokens(&attributes[index].value, &counts)
        }
        guard let (key, chunks) = StreamExtractor.columns(of: attributes),
            let texts = redactedTexts(of: chunks, &counts)
        else { return }
        for index in attributes.indices where attributes[index].key == key {
            let inner = InnerTexts(attributes[index].value)
            var changes: [Int: [UInt8]] = [:]
            for (number, leaf) in inner.leaves.enumerated() where leaf.depth == 1 && texts.indices ~= leaf.position {
                let text = Array(texts[leaf.position])
                if text != inner.text(number) { changes[number] = text }
            }
            if !changes.isEmpty { attributes[index].value = inner.replacing(changes) }
        }
    }

    /// Redacts the tokens of a stream, one text or one list of candidates for each place.
    private func redactTokens(_ value: inout AttributeValue, _ counts: inout RedactionCounts) {
        let inner = InnerTexts(value)
        let tokens = inner.leaves.indices.filter { inner.leaves[$0].position >= 0 }
        let chunks = StreamChunks(
            tokens.map { number in
                let leaf = inner.leaves[number]
                return StreamChunk(
                    offsetNanos: nil, kind: .text, text: String(decoding: inner.text(number), as: UTF8.self),
                    choiceIndex: leaf.depth == 1 ? 0 : leaf.position)
            })
        guard let texts = redactedTexts(of: chunks, &counts) else { return }
        let changes = zip(tokens, texts).filter { inner.text($0) != Array($1) }.map { ($0, Array($1)) }
        value = inner.replacing(Dictionary(uniqueKeysWithValues: changes))
    }

    /// Redacts the chunks that events hold: in each event, every text that is that of its chunk is replaced.
    private func redact(_ pieces: [StreamPiece], of events: inout [SpanEvent], _ counts: inout RedactionCounts) {
        guard pieces.count > 1 || !fields.isEmpty || policy.keepsStructureOnly else { return }
        let chunks = StreamChunks(pieces.map(\.chunk))
        guard let texts = redactedTexts(of: chunks, &counts) else { return }
        for (place, piece) in pieces.enumerated() {
            let before = Array(chunks.text[chunks.textRange(place)])
            let after = Array(texts[place])
            if before != after { events[piece.event].replace(before, with: after) }
        }
    }
}

extension SpanEvent {
    /// Replaces each text of the event, or inside JSON in it, that equals another.
    fileprivate mutating func replace(_ before: [UInt8], with after: [UInt8]) {
        for index in attributes.indices where !PartKey.isStructural(attributes[index].key) {
            if let value = attributes[index].value.replacing(before, with: after) { attributes[index].value = value }
        }
        if let value = body?.replacing(before, with: after) { body = value }
    }
}

extension AttributeValue {
    fileprivate func replacing(_ before: [UInt8], with after: [UInt8]) -> AttributeValue? {
        switch self {
        case .string, .array, .map: break
        case .empty, .bool, .int, .double, .bytes: return nil
        }
        let inner = InnerTexts(self)
        var changes: [Int: [UInt8]] = [:]
        for (number, leaf) in inner.leaves.enumerated() where leaf.key != .structural && leaf.key != .role {
            if inner.text(number) == before { changes[number] = after }
        }
        return changes.isEmpty ? nil : inner.replacing(changes)
    }
}

extension PartKey {
    /// Whether a key with a path before it names no text, such as `gen_ai.response.chunk.kind`.
    static func isStructural(_ key: String) -> Bool {
        var last = Substring(key)
        if let dot = key.utf8.lastIndex(of: UInt8(ascii: ".")) { last = key[key.utf8.index(after: dot)...] }
        let verdict = last.withUTF8 { PartKey(UnsafeRawBufferPointer($0)) }
        return verdict == .structural || verdict == .role
    }
}
