import FastJSON
import TraceDialect
import TraceModel

extension Redactor {
    /// What becomes of all that was said where only structure stays.
    static let purge = FieldPolicies.Verdict(action: .hash, label: "PURGED")

    /// Takes the content out of a span, and leaves what tells its structure.
    func purge(_ span: inout Span, isTool: Bool, _ counts: inout RedactionCounts) {
        apply(Self.purge, to: &span.status.message, &counts)
        purge(&span.attributes, isTool: isTool, &counts)
        for index in span.events.indices { purge(&span.events[index], isTool: isTool, &counts) }
        for index in span.links.indices { purge(&span.links[index].attributes, &counts) }
        purge(&span.resource.attributes, &counts)
        purge(&span.scope.attributes, &counts)
    }

    func purge(_ log: inout SpanLogRecord, _ counts: inout RedactionCounts) {
        purge(&log.event, isTool: false, &counts)
        purge(&log.resource.attributes, &counts)
        purge(&log.scope.attributes, &counts)
    }

    private func purge(_ event: inout SpanEvent, isTool: Bool, _ counts: inout RedactionCounts) {
        let isChunk = StreamExtractor.isChunk(event)
        let isMessage =
            isChunk || DialectFields.promptEvents.contains(event.name)
            || DialectFields.outputEvents.contains(event.name)
        for index in event.attributes.indices {
            let key = event.attributes[index].key
            // The texts of our own chunks are purged already, but for reasons of the end.
            let isDone = event.name == StreamConvention.chunkEvent && key == StreamConvention.chunkEvent + ".text"
            let isFact = isDone || DialectStructure.isFact(key) || (isMessage && PartKey.isStructural(key))
            let isPayload = !isMessage && !Self.isConversation(key, isTool: isTool)
            purge(&event.attributes[index].value, isFact: isFact, isPayload: isPayload, &counts)
        }
        if var body = event.body {
            purge(&body, isFact: false, isPayload: !isMessage, &counts)
            event.body = body
        }
    }

    private func purge(_ attributes: inout [Attribute], isTool: Bool = false, _ counts: inout RedactionCounts) {
        let texts = StreamExtractor.columns(of: attributes)?.key
        for index in attributes.indices {
            let key = attributes[index].key
            purge(
                &attributes[index].value, isFact: key == texts || DialectStructure.isFact(key),
                isPayload: !Self.isConversation(key, isTool: isTool), &counts)
        }
    }

    /// Whether the strings behind some keys within an attribute are structure.
    private static func isConversation(_ key: String, isTool: Bool) -> Bool {
        if DialectFields.toolDefinitions.contains(key) || DialectFields.conversations.contains(key) {
            return !isTool
                || !DialectFields.arguments.valueNames.contains(key) && !DialectFields.results.valueNames.contains(key)
        }
        return false
    }

    private func purge(
        _ value: inout AttributeValue, isFact: Bool, isPayload: Bool, _ counts: inout RedactionCounts
    ) {
        switch value {
        case .empty, .bool, .int, .double: return
        case .string(var text):
            if let purged = purgedJSON(&text, StructureClassifier(isPayload: isPayload, isFact: isFact), &counts) {
                value = .string(purged)
                return
            }
            if isFact && text.utf8.count <= StructureClassifier.longestFact { return }
        case .bytes: break
        case .array, .map:
            var classifier = StructureClassifier(isPayload: isPayload && !isFact, isFact: isFact)
            if let purged = purged(value, &classifier, &counts) { value = purged }
            return
        }
        if let purged = replacement(of: value, Self.purge, &counts) { value = purged }
    }

    /// JSON text without its content; nil where the text is no sound JSON list or object.
    private func purgedJSON(
        _ text: inout String, _ start: StructureClassifier, _ counts: inout RedactionCounts
    ) -> String? {
        guard text.utf8.opensContainer else { return nil }
        var classifier = start
        let purged = text.withUTF8 { bytes -> [UInt8]? in
            var edits: [TextEdit] = []
            var tokenizer = JSONTokenizer(borrowing: UnsafeRawBufferPointer(bytes))
            do throws(JSONError) {
                reading: while true {
                    let isKept: Bool
                    switch try tokenizer.next() {
                    case .beginObject, .beginArray:
                        classifier.open(isObject: bytes[Int(tokenizer.tokenOffset)] == UInt8(ascii: "{"))
                        continue
                    case .endObject, .endArray:
                        classifier.close()
                        continue
                    case .number, .true, .false, .null:
                        classifier.passOther()
                        continue
                    case .key: isKept = classifier.keepsKey(tokenizer.tokenBytes)
                    case .string: isKept = classifier.keepsString(tokenizer.tokenBytes)
                    case .endOfInput: break reading
                    }
                    guard !isKept else { continue }
                    let start = Int(tokenizer.tokenOffset) + 1
                    let range = start..<start + tokenizer.tokenBytes.count
                    let placeholder = hasher.placeholder(
                        Self.purge.label, for: UnsafeBufferPointer(rebasing: bytes[range]))
                    edits.append(TextEdit(range: range, label: Self.purge.label, replacement: Array(placeholder.utf8)))
                }
            } catch {
                return nil
            }
            counts.add(edits)
            return edits.applied(to: bytes)
        }
        return purged.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A list or map without its content; nil where it has none.
    private func purged(
        _ value: AttributeValue, _ classifier: inout StructureClassifier, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        var changes: [Int: [UInt8]] = [:]
        var ordinal = 0
        func note(_ bytes: UnsafeRawBufferPointer, _ isKept: (UnsafeRawBufferPointer) -> Bool) {
            if !isKept(bytes) {
                let placeholder = hasher.placeholder(Self.purge.label, for: bytes.bindMemory(to: UInt8.self))
                changes[ordinal] = Array(placeholder.utf8)
                counts.add(Self.purge.label)
            }
            ordinal += 1
        }
        for step in AttributeWalk(value) {
            switch step {
            case .key(var text): text.withUTF8 { note(UnsafeRawBufferPointer($0)) { classifier.keepsKey($0) } }
            case .string(var text): text.withUTF8 { note(UnsafeRawBufferPointer($0)) { classifier.keepsString($0) } }
            case .bytes(let bytes): bytes.withUnsafeBytes { note($0) { classifier.keepsString($0) } }
            case .beginArray: classifier.open(isObject: false)
            case .beginMap: classifier.open(isObject: true)
            case .end: classifier.close()
            case .other: classifier.passOther()
            }
        }
        return changes.isEmpty ? nil : value.replacingTexts(changes)
    }
}
