import FastJSON
import TraceModel

extension StreamConvention {
    /// The chunks of the arrays among a span's attributes; nil where there are none.
    ///
    /// The longest array tells how many chunks there are; a shorter one says nothing about the rest.
    static func chunks(in attributes: [Attribute]) -> StreamChunks? {
        var columns: [String: [AttributeValue]] = [:]
        for attribute in attributes where attribute.key.hasPrefix(ArrayKey.prefix) {
            columns[attribute.key] = elements(attribute.value)
        }
        let count = columns.values.map(\.count).max() ?? 0
        guard count > 0,
            columns[ArrayKey.offset] != nil || columns[ArrayKey.text] != nil || columns[ArrayKey.kind] != nil
        else { return nil }
        func value(_ key: String, _ index: Int) -> AttributeValue? {
            guard let column = columns[key], index < column.count, column[index] != .empty else { return nil }
            return column[index]
        }
        var chunks = StreamChunks()
        chunks.reserveCapacity(count)
        for index in 0..<count {
            let call = value(ArrayKey.callIndex, index)?.intValue.map {
                StreamToolCall(
                    index: Int(truncatingIfNeeded: $0), id: value(ArrayKey.callID, index)?.stringValue,
                    name: value(ArrayKey.callName, index)?.stringValue)
            }
            chunks.append(
                offsetNanos: value(ArrayKey.offset, index)?.intValue,
                kind: kind(value(ArrayKey.kind, index), hasCall: call != nil),
                text: (value(ArrayKey.text, index)?.stringValue ?? "").utf8,
                tokenCount: value(ArrayKey.tokenCount, index)?.intValue.map { Int(truncatingIfNeeded: $0) },
                choiceIndex: Int(truncatingIfNeeded: value(ArrayKey.choiceIndex, index)?.intValue ?? 0),
                toolCall: call)
        }
        return chunks
    }

    private static let prefix = chunkEvent + "."

    /// The chunk of an event, and its place where it states one.
    static func chunk(of event: SpanEvent) -> ExtractedChunk {
        // One pass: a stream has thousands of these.
        var values: [String: AttributeValue] = [:]
        func read(_ attributes: [Attribute], isPrefixed: Bool) {
            for attribute in attributes {
                let isLong = attribute.key.utf8.starts(with: prefix.utf8)
                guard isLong == isPrefixed else { continue }
                let key = isLong ? attribute.key : prefix + attribute.key
                if values[key] == nil { values[key] = attribute.value }
            }
        }
        read(event.attributes, isPrefixed: true)
        // A log record may say the same in its body, within which the prefix goes without saying.
        if case .map(let body) = event.body {
            read(body, isPrefixed: true)
            read(event.attributes, isPrefixed: false)
            read(body, isPrefixed: false)
        } else {
            read(event.attributes, isPrefixed: false)
        }
        func value(_ key: String) -> AttributeValue? { values[key] }
        let call = value(EventKey.callIndex)?.intValue.map {
            StreamToolCall(
                index: Int(truncatingIfNeeded: $0), id: value(EventKey.callID)?.stringValue,
                name: value(EventKey.callName)?.stringValue)
        }
        var text = value(EventKey.text)?.stringValue
        if text == nil, case .string(let body) = event.body { text = body }
        let chunk = StreamChunk(
            offsetNanos: value(EventKey.offset)?.intValue, kind: kind(value(EventKey.kind), hasCall: call != nil),
            text: text ?? "", tokenCount: value(EventKey.tokenCount)?.intValue.map { Int(truncatingIfNeeded: $0) },
            choiceIndex: Int(truncatingIfNeeded: value(EventKey.choiceIndex)?.intValue ?? 0), toolCall: call)
        return ExtractedChunk(chunk: chunk, place: value(EventKey.sequence)?.intValue)
    }

    /// A kind by its name or its number; unstated it is that of a tool call's arguments or text.
    private static func kind(_ value: AttributeValue?, hasCall: Bool) -> ChunkKind {
        guard let value else { return hasCall ? .toolArguments : .text }
        if let name = value.stringValue, let kind = ChunkKind(name: name) { return kind }
        return value.intValue.flatMap { UInt8(exactly: $0) }.flatMap { ChunkKind(rawValue: $0) } ?? .other
    }

    /// The entries of an array; some exporters write arrays as JSON text.
    private static func elements(_ value: AttributeValue) -> [AttributeValue]? {
        switch value {
        case .array(let values): return values
        case .string(let text):
            guard let elements = try? JSONValue(parsing: text).elements else { return nil }
            return elements.map { element in
                switch element {
                case .string(let text): .string(text)
                case .int(let number): .int(number)
                case .double(let number): .double(number)
                case .bool(let truth): .bool(truth)
                case .null, .array, .object: .empty
                }
            }
        default: return nil
        }
    }

    /// What the attributes of a span say of its stream as a whole, over what is known otherwise.
    static func apply(_ attributes: [Attribute], to info: inout StreamInfo) {
        for attribute in attributes where attribute.key.hasPrefix(StreamKey.prefix) {
            let value = attribute.value
            switch attribute.key {
            case StreamKey.start: info.startUnixNano = value.intValue
            case StreamKey.duration: info.durationNanos = value.intValue
            case StreamKey.timing:
                if let timing = TimingQuality.allCases.first(where: { $0.name == value.stringValue }) {
                    info.timing = timing
                }
            case StreamKey.clock: info.clock = value.stringValue
            case StreamKey.endCause:
                if let cause = StreamEndCause.allCases.first(where: { $0.name == value.stringValue }) {
                    info.endCause = cause
                }
            case StreamKey.finishReason: info.finishReason = value.stringValue
            case StreamKey.tokensBilled: info.tokensBilled = value.intValue
            case StreamKey.tokensDelivered: info.tokensDelivered = value.intValue
            case StreamKey.tokensReasoning: info.tokensReasoning = value.intValue
            case StreamKey.source: if let source = value.stringValue { info.source = source }
            case StreamKey.wireProtocol: info.wireProtocol = value.stringValue
            case StreamKey.droppedChunks: info.droppedChunks = Int(clamping: value.intValue ?? 0)
            case StreamKey.errorMessage: info.errorMessage = value.stringValue
            case StreamKey.remarks:
                if case .array(let remarks) = value { info.remarks += remarks.compactMap(\.stringValue) }
            default: break
            }
        }
    }
}

/// A chunk out of an event, before its place in the stream is known.
struct ExtractedChunk {
    var chunk: StreamChunk
    /// The place that the event states.
    var place: Int64?

    /// A chunk of text of which only that it came is known.
    static let untold = ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: ""))
}
