import Basics
import FastJSON
import TraceModel

/// A span in the making out of another product's record.
struct ForeignSpan {
    private(set) var span: Span
    private var known: Set<String> = []

    /// A span of a trace; ids that are no ids of OpenTelemetry stay as `idName`.
    init(trace: String, id: String, parent: String? = nil, name: String, scope: String, idName: String? = nil) {
        span = Span(
            untimed: ForeignID.span(id), of: ForeignID.trace(trace),
            parent: parent.flatMap { $0.isEmpty ? nil : ForeignID.span($0) }, name: name, scope: "spandrel." + scope)
        if let idName, !ForeignID.isSpanID(id) { set(idName, .string(id)) }
    }

    /// A span whose ids are known.
    init(id: SpanID, trace: TraceID, parent: SpanID?, name: String, scope: String) {
        span = Span(untimed: id, of: trace, parent: parent, name: name, scope: "spandrel." + scope)
    }

    /// Whether an attribute stands already.
    func has(_ name: String) -> Bool { known.contains(name) }

    /// Adds an attribute unless it stands already or there is no value: texts, numbers and truths as they are, lists
    /// and objects as JSON text.
    mutating func set(_ name: String, _ value: JSONValue?) {
        guard let value, !value.isNull, known.insert(name).inserted else { return }
        span.attributes.add(name, value)
    }

    mutating func set(_ name: String, _ text: String?) { set(name, text.map { .string($0) }) }

    /// Adds the members of an object as attributes, those of objects within under dotted names; lists of texts stay
    /// lists.
    mutating func setAll(_ object: JSONValue?, prefix: String = "") {
        var open = [(prefix, object ?? .null)]
        while let (prefix, value) = open.popLast() {
            for member in value.members ?? [] {
                let name = prefix + member.key
                if let inner = member.value.members, !inner.isEmpty {
                    open.append((name + ".", member.value))
                } else if let texts = member.value.elements, !texts.isEmpty, texts.allSatisfy({ $0.string != nil }) {
                    guard known.insert(name).inserted else { continue }
                    span.attributes.append(Attribute(name, .array(texts.map { .string($0.string ?? "") })))
                } else {
                    set(name, member.value)
                }
            }
        }
    }

    mutating func times(_ start: JSONValue?, _ end: JSONValue?, unit: ForeignTime.Unit = .milliseconds) {
        span.startUnixNano = ForeignTime.nanos(start, unit)
        span.endUnixNano = ForeignTime.nanos(end, unit)
    }

    mutating func fail(_ message: String?, type: String? = nil) {
        span.status = SpanStatus(.error, message: message ?? "")
        set("error.type", type)
    }

    mutating func change(_ body: (inout Span) -> Void) { body(&span) }

    /// The span with the marks that it has by itself.
    func finished() -> Span {
        var span = span
        span.marks = span.ownMarks
        return span
    }
}

/// Times as other products write them.
enum ForeignTime {
    /// What a bare number counts.
    enum Unit: Double {
        case seconds = 1
        case milliseconds = 1e3
        case microseconds = 1e6
        case nanoseconds = 1e9
    }

    /// Nanoseconds since the epoch of a text in ISO 8601, a number, or a number as text.
    static func nanos(_ value: JSONValue?, _ unit: Unit) -> Int64? {
        switch value {
        case .string(let text)?:
            if let time = ISOTime.nanos(text) { return OutsideNumber.time(time) }
            if let number = Int64(text) { return nanos(.int(number), unit) }
            return Double(text).flatMap { OutsideNumber.time(unixSeconds: $0 / unit.rawValue) }
        case .int(let number)?:
            guard let factor = Int64(whole: 1e9 / unit.rawValue) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: factor)
            return overflow ? nil : OutsideNumber.time(product)
        case .double(let number)?: return OutsideNumber.time(unixSeconds: number / unit.rawValue)
        default: return nil
        }
    }
}

extension JSONValue {
    /// The value of a member that is not null, whose name may be written in camel or in snake case.
    func field(_ camel: String) -> JSONValue? {
        // A bare nil would be the null of JSON here.
        if let value = self[camel] { return value.isNull ? JSONValue?.none : value }
        guard camel.contains(where: \.isUppercase) else { return nil }
        var snake = ""
        for letter in camel {
            if letter.isUppercase { snake += "_" }
            snake += letter.lowercased()
        }
        return self[snake].flatMap { $0.isNull ? JSONValue?.none : $0 }
    }

    /// The value that a text in JSON stands for; others are what they are.
    var unpacked: JSONValue {
        guard case .string(let text) = self, let first = text.utf8.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
        else { return self }
        return (try? JSONValue(parsing: text)) ?? self
    }

    /// Whether there is nothing in it: null, or an empty text, list or object.
    var isVoid: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        default: false
        }
    }
}
