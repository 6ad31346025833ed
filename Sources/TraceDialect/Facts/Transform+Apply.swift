import Basics
import FastJSON
import TraceModel

extension Transform {
    /// What the value states, nil where it states nothing.
    func apply(_ stated: inout StatedValue, span: borrowing SpanTimes) -> FactValue? {
        let value = stated.value
        switch self {
        case .text:
            return Self.plainText(value).map { .text($0) }
        case .conversation:
            return Self.plainText(value).flatMap {
                $0.hasPrefix(DialectTable.responseIDPrefix) ? nil : .text($0)
            }
        case .quotedText:
            guard let text = value.stringValue, !text.isEmpty else { return nil }
            return JSONText.unquoted(text).map { .text($0) }
        case .kindWord, .kindWordAt:
            return kindWord(&stated).flatMap { DialectTable.kindWords[$0.lowercased()] }.map { .kind($0) }
        case .kindOfClass:
            guard let name = kindWord(&stated) else { return nil }
            return DialectTable.kindEndings.first { name.hasSuffix($0.ending) }.map { .kind($0.kind) }
        case .presence(let kind):
            return .kind(kind)
        case .count:
            return Self.count(value.intValue, value.doubleValue)
        case .countAt(let paths):
            guard let json = stated.object else { return nil }
            let counts = paths.lazy.compactMap { path in
                json.value(at: path).flatMap { Self.count($0.int, $0.double) }
            }
            return counts.first { $0.count != nil } ?? counts.first
        case .textAt(let path):
            guard let text = stated.object?.value(at: path)?.string, !text.isEmpty else { return nil }
            return .text(text)
        case .words:
            return Self.words(value)
        case .finishReasonsOfMessages:
            return JSONText.strings(value, named: "finish_reason").map { .words($0) }
        case .seconds:
            guard let seconds = value.doubleValue else { return nil }
            return Self.duration(span.nanos(seconds: seconds))
        case .secondsAt(let path):
            guard let seconds = stated.object?.value(at: path)?.double else { return nil }
            return Self.duration(span.nanos(seconds: seconds))
        case .milliseconds:
            return value.doubleValue.map { Self.duration(OutsideNumber.duration($0 * 1e6)) }
        case .instant:
            return Self.delay(value.stringValue.flatMap { JSONText.unquoted($0) }.flatMap { ISOTime.nanos($0) }, span)
        case .instantAt(let path):
            return Self.delay(stated.object?.value(at: path)?.string.flatMap { ISOTime.nanos($0) }, span)
        case .epochMillisAt(let path):
            let millis = stated.object?.value(at: path)?.double
            return Self.delay(millis.flatMap { OutsideNumber.time(Int64(clamped: $0 * 1e6)) }, span)
        case .truth: return value.boolValue.map { .truth($0) }
        case .untruth: return value.boolValue.map { .truth(!$0) }
        case .outOfRange: return .outOfRange
        case .rangeOfCount:
            if case .outOfRange = Self.count(value.intValue, value.doubleValue) { return .outOfRange }
            return nil
        case .oneOf(let words): return value.stringValue.map { .truth(words.contains($0)) }
        }
    }

    /// The word for the kind that the value states, known or not; nil for transforms of other facts.
    func kindWord(_ stated: inout StatedValue) -> String? {
        switch self {
        case .kindWord, .kindOfClass: stated.value.stringValue.flatMap { JSONText.unquoted($0) }
        case .kindWordAt(let path): stated.object?.value(at: path)?.string
        default: nil
        }
    }

    /// A count, stated as a whole number or as another one.
    private static func count(_ whole: Int64?, _ number: Double?) -> FactValue? {
        if let whole { return OutsideNumber.count(whole).map { .count($0) } ?? .outOfRange }
        guard let number else { return nil }
        // A fraction of a token is no count at all.
        return Int64(whole: number).flatMap { OutsideNumber.count($0) } == nil ? .outOfRange : nil
    }

    /// How long after the start of the span a time is; nothing where it is before.
    private static func delay(_ time: Int64?, _ span: borrowing SpanTimes) -> FactValue? {
        guard let time, let start = span.start, time >= start, time <= span.end ?? .max else { return nil }
        return duration(OutsideNumber.duration(time.subtractingIfFits(start)))
    }

    private static func duration(_ nanos: Int64?) -> FactValue { nanos.map { .count($0) } ?? .outOfRange }

    /// The text of a string that is not empty, or the digits of a number.
    private static func plainText(_ value: AttributeValue) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .int(let number): String(number)
        default: nil
        }
    }

    private static func words(_ value: AttributeValue) -> FactValue? {
        switch value {
        case .array(let elements):
            let words = elements.compactMap(\.stringValue).filter { !$0.isEmpty }
            return words.isEmpty ? nil : .words(words)
        case .string(let text):
            if text.utf8.first == UInt8(ascii: "[") {
                // Exporters without arrays write lists as JSON text.
                let words = (try? JSONValue(parsing: text))?.elements?.compactMap(\.string) ?? []
                return words.isEmpty ? nil : .words(words)
            }
            return text.isEmpty ? nil : .words([text])
        default:
            return nil
        }
    }
}
