import TraceModel

extension Redactor {
    /// Redacts what is cut between the parts of a message: in lists of parts, and in lists that were flattened.
    func redactParts(_ attributes: inout [Attribute], _ counts: inout RedactionCounts) {
        for index in attributes.indices {
            if let value = redactedParts(attributes[index].value, &counts) { attributes[index].value = value }
        }
        redactFlatParts(&attributes, &counts)
    }

    /// The value with what is cut between parts replaced; nil where nothing is.
    ///
    /// JSON within strings of JSON is looked into; `level` counts how deep.
    func redactedParts(
        _ value: AttributeValue, level: Int = 0, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        var inner: InnerTexts
        switch value {
        case .string(let text):
            guard text.utf8.count >= Self.shortestParts, let json = InnerTexts(json: text) else { return nil }
            inner = json
        case .array, .map: inner = InnerTexts(value)
        case .empty, .bool, .int, .double, .bytes: return nil
        }
        var result: AttributeValue?
        if level < RedactorLimits.escapeLevels, let nested = redactedNestedParts(inner, level: level + 1, &counts) {
            result = nested
            inner = InnerTexts(nested)
        }
        return redactedLanes(inner, &counts) ?? result
    }

    /// The fewest bytes of JSON with two parts.
    private static let shortestParts = 32

    private func redactedNestedParts(
        _ inner: InnerTexts, level: Int, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        var changes: [Int: [UInt8]] = [:]
        for number in inner.leaves.indices where inner.mayHoldJSON(number, atLeast: Self.shortestParts) {
            let text = String(decoding: inner.text(number), as: UTF8.self)
            if let redacted = redactedParts(.string(text), level: level, &counts)?.stringValue {
                changes[number] = Array(redacted.utf8)
            }
        }
        return changes.isEmpty ? nil : inner.replacing(changes)
    }

    private func redactedLanes(_ inner: InnerTexts, _ counts: inout RedactionCounts) -> AttributeValue? {
        var changes: [Int: [UInt8]] = [:]
        for numbers in inner.lanes() {
            var lane = TextLane()
            for number in numbers { lane.append(inner.text(number)) }
            let before = lane
            guard redact(&lane, &counts) else { continue }
            for (place, number) in numbers.enumerated() {
                let text = lane.bytes[lane.range(place)]
                if text != before.bytes[before.range(place)] { changes[number] = Array(text) }
            }
        }
        return changes.isEmpty ? nil : inner.replacing(changes)
    }

    /// Redacts neighbours of a flattened list, such as `gen_ai.prompt.0.content`, as one text.
    private func redactFlatParts(_ attributes: inout [Attribute], _ counts: inout RedactionCounts) {
        var lists: [String: [(number: Int, index: Int)]] = [:]
        for (index, attribute) in attributes.enumerated() {
            guard case .string = attribute.value, let (name, number) = Self.flatPart(attribute.key) else { continue }
            lists[name, default: []].append((number, index))
        }
        for name in lists.keys.sorted() {
            guard var places = lists[name], places.count > 1 else { continue }
            places.sort { ($0.number, $0.index) < ($1.number, $1.index) }
            var lane = TextLane()
            for place in places { lane.append((attributes[place.index].value.stringValue ?? "").utf8) }
            let before = lane
            guard redact(&lane, &counts) else { continue }
            for (place, entry) in places.enumerated() {
                let text = lane.bytes[lane.range(place)]
                guard text != before.bytes[before.range(place)] else { continue }
                attributes[entry.index].value = .string(String(decoding: text, as: UTF8.self))
            }
        }
    }

    /// The name of a flattened list with its last number left out, and that number; nil for other keys.
    private static func flatPart(_ key: String) -> (name: String, number: Int)? {
        // Asked of every key, so the quick way out comes first.
        guard let last = key.utf8.last, last == UInt8(ascii: "t") || last == UInt8(ascii: "g"),
            key.hasSuffix(".content") || key.hasSuffix(".text") || key.hasSuffix(".reasoning")
        else { return nil }
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        guard let place = parts.lastIndex(where: { Int($0) != nil }), let number = Int(parts[place]) else { return nil }
        return (parts[..<place].joined(separator: ".") + ".#." + parts[(place + 1)...].joined(separator: "."), number)
    }
}
