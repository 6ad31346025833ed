import FastJSON
import TraceAnalysis

/// Reads JSON text as the values that are compared.
///
/// A stack of open containers takes the place of recursion.
enum DiffValueReader {
    private struct Container {
        var isObject: Bool
        var key = ""
        var items: [DiffValue] = []
        var members: [(key: String, value: DiffValue)] = []

        var value: DiffValue { isObject ? .object(members) : .array(items) }

        mutating func add(_ value: DiffValue) {
            if isObject { members.append((key, value)) } else { items.append(value) }
        }
    }

    /// The value that fills the text; nil where the text is no JSON.
    static func value(_ text: String) -> DiffValue? {
        var text = text
        return text.withUTF8 { try? read(UnsafeRawBufferPointer($0)) }
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> DiffValue? {
        var tokenizer = JSONTokenizer(borrowing: bytes)
        var open: [Container] = []
        while true {
            var finished: DiffValue?
            switch try tokenizer.next() {
            case .beginObject: open.append(Container(isObject: true))
            case .beginArray: open.append(Container(isObject: false))
            case .key: open[open.count - 1].key = try tokenizer.text()
            case .endObject, .endArray: finished = open.popLast()?.value
            case .string: finished = .string(try tokenizer.text())
            case .number:
                finished = .number(tokenizer.int64.map { String($0) } ?? String(tokenizer.double))
            case .true: finished = .bool(true)
            case .false: finished = .bool(false)
            case .null: finished = .null
            case .endOfInput: return nil
            }
            guard let finished else { continue }
            if open.isEmpty { return try tokenizer.next() == .endOfInput ? finished : nil }
            open[open.count - 1].add(finished)
        }
    }
}
