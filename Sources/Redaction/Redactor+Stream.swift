package import TraceModel

extension Redactor {
    /// Redacts a stream: its span, what is known of it, and the assembled text of its chunks.
    ///
    /// The count, times, kinds and order of chunks stay; a placeholder stands in the chunk where the match began.
    package func redact(_ stream: inout RecordedStream, _ counts: inout RedactionCounts) {
        redact(&stream.span, &counts)
        redact(&stream.chunks, &stream.info, &counts)
        if case .responseID(var id) = stream.owner {
            redact(&id, &counts)
            stream.owner = .responseID(id)
        }
    }

    /// The same for chunks and what is known of them, without their span.
    package func redact(
        _ chunks: inout StreamChunks, _ info: inout StreamInfo, _ counts: inout RedactionCounts
    ) {
        redact(&info.clock, &counts)
        redact(&info.finishReason, &counts)
        redact(&info.source, &counts)
        redact(&info.wireProtocol, &counts)
        if let verdict = policy.keepsStructureOnly ? Self.purge : fields.verdict(.error) {
            apply(verdict, to: &info.errorMessage, &counts)
        }
        if fields.verdict(.error)?.action != .keep { redact(&info.errorMessage, &counts) }
        for index in info.remarks.indices { redact(&info.remarks[index], &counts) }
        if let texts = redactedTexts(of: chunks, &counts) { chunks = chunks.replacing(texts) }
        var calls = chunks.toolCalls
        for index in calls.indices {
            redact(&calls[index].id, &counts)
            redact(&calls[index].name, &counts)
        }
        if calls != chunks.toolCalls { chunks = chunks.replacing(calls) }
    }

    /// The texts of chunks, those that belong together redacted as one; nil where nothing is replaced.
    func redactedTexts(of chunks: StreamChunks, _ counts: inout RedactionCounts) -> [ArraySlice<UInt8>]? {
        var texts: [ArraySlice<UInt8>]?
        for places in Self.lanes(of: chunks) {
            var lane = TextLane()
            for place in places { lane.append(chunks.text[chunks.textRange(place)]) }
            let verdict = verdict(ofChunks: chunks.kinds[places[0]])
            guard verdict.map({ apply($0, to: &lane, &counts) }) ?? redact(&lane, &counts) else { continue }
            var changed = texts ?? chunks.indices.map { chunks.text[chunks.textRange($0)] }
            for (index, place) in places.enumerated() { changed[place] = lane.bytes[lane.range(index)] }
            texts = changed
        }
        // What no reader takes for one text with the chunk before it may match by itself.
        for place in chunks.indices {
            let text = texts?[place] ?? chunks.text[chunks.textRange(place)]
            guard text.count >= RedactorLimits.shortestRest, verdict(ofChunks: chunks.kinds[place]) == nil,
                let redacted = text.withUnsafeBufferPointer({ redacted($0, &counts) })
            else { continue }
            var changed = texts ?? chunks.indices.map { chunks.text[chunks.textRange($0)] }
            changed[place] = redacted[...]
            texts = changed
        }
        return texts
    }

    private func verdict(ofChunks kind: ChunkKind) -> FieldPolicies.Verdict? {
        guard policy.keepsStructureOnly else { return fields.verdict(ofChunks: kind) }
        // Usage is numbers, and the end states its reason.
        return kind == .usage || kind == .terminal ? nil : Self.purge
    }

    /// Does to texts that belong together what a field rule asks; false where they stay.
    private func apply(
        _ verdict: FieldPolicies.Verdict, to lane: inout TextLane, _ counts: inout RedactionCounts
    ) -> Bool {
        let text = String(decoding: lane.bytes, as: UTF8.self)
        guard let value = replacement(of: .string(text), verdict, &counts) else { return false }
        lane.apply([
            TextEdit(
                range: 0..<lane.bytes.count, label: verdict.label, replacement: Array((value.stringValue ?? "").utf8))
        ])
        return true
    }

    /// The chunks with text, by kind, choice and call, each list in order.
    static func lanes(of chunks: StreamChunks) -> [[Int]] {
        struct Lane: Hashable {
            var kind: ChunkKind
            var choice: Int
            var call: Int?
        }
        var lanes: [[Int]] = []
        var numbers: [Lane: Int] = [:]
        var last: (lane: Lane, number: Int)?
        for place in chunks.indices where !chunks.textRange(place).isEmpty {
            let lane = Lane(
                kind: chunks.kinds[place], choice: chunks.choiceIndex(place), call: chunks.toolCall(place)?.index)
            if let last, last.lane == lane {
                lanes[last.number].append(place)
                continue
            }
            let number = numbers[lane] ?? lanes.count
            if number == lanes.count {
                lanes.append([])
                numbers[lane] = number
            }
            lanes[number].append(place)
            last = (lane, number)
        }
        return lanes
    }
}

extension StreamChunks {
    /// The same chunks with other texts, one for each.
    func replacing(_ texts: [ArraySlice<UInt8>]) -> StreamChunks {
        var text: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(texts.count)
        for piece in texts {
            text.append(contentsOf: piece)
            ends.append(text.count)
        }
        return StreamChunks(
            offsets: offsets, kinds: kinds, textEnds: ends, text: text, tokenCounts: tokenCounts, choices: choices,
            callIndexes: callIndexes, toolCalls: toolCalls)
    }

    /// The same chunks with other words for their calls.
    func replacing(_ calls: [StreamToolCall]) -> StreamChunks {
        StreamChunks(
            offsets: offsets, kinds: kinds, textEnds: textEnds, text: text, tokenCounts: tokenCounts, choices: choices,
            callIndexes: callIndexes, toolCalls: calls)
    }
}
