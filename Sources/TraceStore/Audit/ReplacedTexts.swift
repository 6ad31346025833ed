import TraceDialect
import TraceModel

/// Tells which texts a treatment replaced, whether their form or the name beside them gave them away.
enum ReplacedTexts {
    /// A text that a placeholder stands for.
    struct Found {
        var text: String
        var label: String
        /// The string that it is in.
        var whole: String
    }

    /// What is replaced in attributes; one that was dropped, or became a text as a whole, counts as one.
    static func between(_ before: [Attribute], _ after: [Attribute]) -> [Found] {
        guard before.count == after.count else {
            // Attributes were dropped: those that are left stand in their order.
            var found: [Found] = []
            var rest = after[...]
            for attribute in before {
                if let next = rest.first, next.key == attribute.key {
                    found += between([attribute], [next])
                    rest = rest.dropFirst()
                } else {
                    found += dropped(attribute)
                }
            }
            return found
        }
        var found: [Found] = []
        for (old, new) in zip(before, after) where old != new {
            found += between(old.key, new.key)
            found += between(old.value, new.value)
        }
        return found
    }

    static func between(_ before: AttributeValue, _ after: AttributeValue) -> [Found] {
        var (old, new): ([String], [String]) = ([], [])
        TextWalk.strings(of: before, into: &old)
        TextWalk.strings(of: after, into: &new)
        guard old.count == new.count else {
            let label = RedactionPlaceholder.label(in: after.stringValue) ?? Self.field
            return old.map { Found(text: $0, label: label, whole: $0) }
        }
        return zip(old, new).flatMap { between($0, $1) }
    }

    /// What is replaced in a text, found by what stands between the placeholders.
    static func between(_ before: String, _ after: String) -> [Found] {
        guard before != after else { return [] }
        let (old, new) = (Array(before.utf8), Array(after.utf8))
        let placeholders = RedactionPlaceholder.all(in: after)
        func whole(_ label: String) -> [Found] { [Found(text: before, label: label, whole: before)] }
        guard let first = placeholders.first else { return whole(field) }
        var found: [Found] = []
        var position = 0
        var end = 0
        for (number, next) in placeholders.enumerated() {
            position += next.range.lowerBound - end
            end = next.range.upperBound
            guard position <= old.count else { return whole(first.placeholder.label) }
            let mark = new[next.range]
            if old[position...].starts(with: mark) {
                // It stood there before.
                position += mark.count
                continue
            }
            let follows = number + 1 < placeholders.count ? placeholders[number + 1].range.lowerBound : new.count
            let literal = new[end..<follows]
            var stop = old.count - literal.count
            if follows < new.count, !literal.isEmpty {
                stop = position + 1
                while stop + literal.count <= old.count, !old[stop...].starts(with: literal) { stop += 1 }
            }
            guard stop > position, stop <= old.count else { return whole(next.placeholder.label) }
            found.append(
                Found(
                    text: String(decoding: old[position..<stop], as: UTF8.self), label: next.placeholder.label,
                    whole: before))
            position = stop
        }
        return found
    }

    /// What is replaced in events, bodies included.
    static func between(_ before: [SpanEvent], _ after: [SpanEvent]) -> [Found] {
        zip(before, after).flatMap { old, new in
            var found = between(old.name, new.name) + between(old.attributes, new.attributes)
            if let body = old.body { found += between(body, new.body ?? .empty) }
            return found
        }
    }

    /// What is replaced in a span, but for what it shares with others.
    static func between(_ before: Span, _ after: Span) -> [Found] {
        between(before.status.message, after.status.message) + between(before.traceState, after.traceState)
            + between(before.attributes, after.attributes) + between(before.events, after.events)
            + zip(before.links, after.links).flatMap {
                between($0.traceState, $1.traceState) + between($0.attributes, $1.attributes)
            }
    }

    private static let field = "FIELD"

    private static func dropped(_ attribute: Attribute) -> [Found] {
        var texts: [String] = []
        TextWalk.strings(of: attribute.value, into: &texts)
        return texts.map { Found(text: $0, label: field, whole: $0) }
    }
}

/// Gathers the texts of nested values.
enum TextWalk {
    static func strings(of attributes: [Attribute], into strings: inout [String]) {
        for attribute in attributes {
            strings.append(attribute.key)
            self.strings(of: attribute.value, into: &strings)
        }
    }

    static func strings(of value: AttributeValue, into strings: inout [String]) {
        for step in AttributeWalk(value) {
            switch step {
            case .key(let text), .string(let text): strings.append(text)
            case .bytes(let bytes): strings.append(String(decoding: bytes, as: UTF8.self))
            case .other, .beginArray, .beginMap, .end: break
            }
        }
    }
}

extension RedactionPlaceholder {
    /// The label of the first placeholder of a text.
    static func label(in text: String?) -> String? {
        text.flatMap { all(in: $0).first?.placeholder.label }
    }
}
