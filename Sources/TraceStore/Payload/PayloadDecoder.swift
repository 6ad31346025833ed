import Basics
package import FastJSON
package import TraceModel

/// Reads what `PayloadEncoder` wrote.
///
/// Text that it did not write and cannot read fails with `JSONError`.
package enum PayloadDecoder {
    /// Reads attributes from one object.
    package static func attributes(_ json: UnsafeRawBufferPointer) throws(JSONError) -> [Attribute] {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        guard case .map(let attributes) = try container(try tokenizer.next(), &tokenizer, unwrapped: true) else {
            return []
        }
        return attributes
    }

    /// Reads an array of events.
    package static func events(_ json: UnsafeRawBufferPointer) throws(JSONError) -> [SpanEvent] {
        try records(json).map { event($0) }
    }

    /// Reads one event.
    package static func event(_ json: UnsafeRawBufferPointer) throws(JSONError) -> SpanEvent {
        event(try attributes(json))
    }

    /// Reads an array of links.
    package static func links(_ json: UnsafeRawBufferPointer) throws(JSONError) -> [SpanLink] {
        try records(json).compactMap { link($0) }
    }

    private static func records(_ json: UnsafeRawBufferPointer) throws(JSONError) -> [[Attribute]] {
        var tokenizer = JSONTokenizer(borrowing: json)
        tokenizer.depthLimit = .max
        guard case .array(let values) = try container(try tokenizer.next(), &tokenizer, unwrapped: true) else {
            return []
        }
        return values.compactMap { if case .map(let members) = $0 { members } else { nil } }
    }

    private static func event(_ members: [Attribute]) -> SpanEvent {
        var event = SpanEvent(timeUnixNano: nil, name: "")
        for member in members {
            switch member.key {
            case "name": event.name = member.value.stringValue ?? ""
            case "time_unix_nano": event.timeUnixNano = member.value.intValue
            case "attributes": if case .map(let attributes) = member.value { event.attributes = attributes }
            case "dropped_attributes": event.droppedAttributesCount = Int(member.value.intValue ?? 0)
            case "origin": event.origin = member.value.stringValue == "log" ? .log : .span
            case "severity": event.severityNumber = member.value.intValue.map { Int($0) }
            case "body": event.body = member.value
            default: break
            }
        }
        return event
    }

    private static func link(_ members: [Attribute]) -> SpanLink? {
        guard let trace = members.value(of: "trace_id")?.stringValue.flatMap(TraceID.init(hex:)),
            let span = members.value(of: "span_id")?.stringValue.flatMap(SpanID.init(hex:))
        else { return nil }
        var link = SpanLink(traceID: trace, spanID: span)
        for member in members {
            switch member.key {
            case "trace_state": link.traceState = member.value.stringValue ?? ""
            case "flags": link.flags = member.value.intValue.map { UInt32(truncatingIfNeeded: $0) }
            case "attributes": if case .map(let attributes) = member.value { link.attributes = attributes }
            case "dropped_attributes": link.droppedAttributesCount = Int(member.value.intValue ?? 0)
            default: break
            }
        }
        return link
    }

    // MARK: Values

    /// A container that is being read, with the key whose value comes next.
    private struct Frame {
        var isMap: Bool
        var values: [AttributeValue] = []
        var members: [Attribute] = []
        var key = ""
        /// The object stands for itself, whatever its one member is called.
        var isUnwrapped = false

        /// What comes next stands inside of `{"$map": …}`.
        var isWrapper: Bool { isMap && !isUnwrapped && members.isEmpty && key == "$map" }
    }

    /// Reads the value that the token begins; open containers are on a stack of our own.
    private static func container(
        _ first: JSONToken, _ tokenizer: inout JSONTokenizer, unwrapped: Bool
    ) throws(JSONError) -> AttributeValue {
        var stack: [Frame] = []
        var token = first
        while true {
            var value: AttributeValue
            switch token {
            case .beginObject, .beginArray:
                // The object inside of `$map`, and the outermost one, are never a sign for something else.
                let isInner = stack.last.map { $0.isWrapper } ?? unwrapped
                stack.append(Frame(isMap: token == .beginObject, isUnwrapped: isInner))
                token = try tokenizer.next()
                continue
            case .key:
                stack[stack.count - 1].key = try tokenizer.text()
                token = try tokenizer.next()
                continue
            case .endObject, .endArray:
                value = close(stack.removeLast())
            case .string: value = .string(try tokenizer.text())
            case .number: value = tokenizer.int64.map { .int($0) } ?? .double(tokenizer.double)
            case .true: value = .bool(true)
            case .false: value = .bool(false)
            case .null, .endOfInput: value = .empty
            }
            guard !stack.isEmpty else { return value }
            let top = stack.count - 1
            if stack[top].isMap {
                stack[top].members.append(Attribute(stack[top].key, value))
            } else {
                stack[top].values.append(value)
            }
            token = try tokenizer.next()
        }
    }

    /// The value of a complete container.
    private static func close(_ frame: Frame) -> AttributeValue {
        guard frame.isMap else { return .array(frame.values) }
        guard !frame.isUnwrapped, frame.members.count == 1, let member = frame.members.first else {
            return .map(frame.members)
        }
        switch (member.key, member.value) {
        case ("$bytes", .string(let text)):
            return Base64.decode(text.utf8, .anyPadding).map { .bytes($0) } ?? .map(frame.members)
        case ("$double", .string("NaN")): return .double(.nan)
        case ("$double", .string("Infinity")): return .double(.infinity)
        case ("$double", .string("-Infinity")): return .double(-.infinity)
        case ("$map", let map): return map
        default: return .map(frame.members)
        }
    }
}
