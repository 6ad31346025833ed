import FastJSON
import TraceModel

extension Transform {
    /// What the value states, nil where it states nothing.
    func apply(_ value: AttributeValue, span: borrowing SpanTimes) -> FactValue? {
        switch self {
        case .text:
            return Self.plainText(value).map { .text($0) }
        case .quotedText:
            guard let text = value.stringValue, !text.isEmpty else { return nil }
            return JSONText.unquoted(text).map { .text($0) }
        case .kindWord:
            guard let word = value.stringValue, let kind = DialectTable.kindWords[word.lowercased()] else { return nil }
            return .kind(kind)
        case .presence(let kind):
            return .kind(kind)
        case .count:
            return value.intValue.flatMap { $0 >= 0 ? .count($0) : nil }
        case .countAt(let paths):
            guard let json = JSONText.object(value) else { return nil }
            for path in paths {
                if let count = json.value(at: path)?.int, count >= 0 { return .count(count) }
            }
            return nil
        case .textAt(let path):
            guard let text = JSONText.object(value)?.value(at: path)?.string, !text.isEmpty else { return nil }
            return .text(text)
        case .words:
            return Self.words(value)
        case .finishReasonsOfMessages:
            return JSONText.strings(value, named: "finish_reason").map { .words($0) }
        case .seconds:
            guard let seconds = value.doubleValue, let nanos = span.nanos(seconds: seconds) else { return nil }
            return .count(nanos)
        case .milliseconds:
            guard let milliseconds = value.doubleValue else { return nil }
            return Nanos.exactly(milliseconds * 1e6).map { .count($0) }
        case .instant:
            guard let text = value.stringValue.flatMap({ JSONText.unquoted($0) }), let start = span.start,
                let time = ISOTime.nanos(text), time >= start
            else { return nil }
            return .count(time - start)
        case .truth: return value.boolValue.map { .truth($0) }
        case .untruth: return value.boolValue.map { .truth(!$0) }
        case .oneOf(let words): return value.stringValue.map { .truth(words.contains($0)) }
        }
    }

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
