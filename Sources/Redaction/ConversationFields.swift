import FastJSON
import TraceModel

/// What a policy asks of reasoning, arguments and results within conversations in JSON.
///
/// Known are the parts of the GenAI conventions and of the APIs of OpenAI, Anthropic and Gemini. A dropped value becomes
/// null.
struct ConversationFields {
    private let reasoning: FieldPolicies.Verdict?
    private let arguments: FieldPolicies.Verdict?
    private let result: FieldPolicies.Verdict?

    /// Nil where the policy asks nothing of the sort.
    init?(_ table: FieldPolicies) {
        func verdict(_ field: RedactionPolicy.Field) -> FieldPolicies.Verdict? {
            table.verdict(field).flatMap { $0.action == .keep ? nil : $0 }
        }
        reasoning = verdict(.reasoning)
        arguments = verdict(.arguments)
        result = verdict(.result)
        if reasoning == nil && arguments == nil && result == nil { return nil }
    }

    /// The conversation without those parts; nil where it has none.
    ///
    /// Lists and maps become JSON text then. A conversation that is cut is replaced whole: nobody can tell where its
    /// parts begin.
    func edited(
        _ value: AttributeValue, _ hasher: KeyedHash, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        switch value {
        case .string, .array, .map: break
        case .empty, .bool, .int, .double, .bytes: return nil
        }
        var text = value.jsonText
        guard text.utf8.opensContainer else { return nil }
        var edits: [TextEdit] = []
        let result = text.withUTF8 { bytes -> [UInt8]? in
            guard let found = parts(in: bytes) else {
                guard let verdict = reasoning ?? arguments ?? self.result else { return nil }
                edits = edit(0..<bytes.count, verdict, bytes, hasher, isQuoted: false).map { [$0] } ?? []
                return edits.applied(to: bytes)
            }
            var end = 0
            for (range, verdict) in found.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
                // What stands within another part goes with it.
                guard range.lowerBound >= end else { continue }
                end = range.upperBound
                if let edit = edit(range, verdict, bytes, hasher, isQuoted: true) { edits.append(edit) }
            }
            return edits.isEmpty ? nil : edits.applied(to: bytes)
        }
        counts.add(edits)
        return result.map { .string(String(decoding: $0, as: UTF8.self)) }
    }

    private func edit(
        _ range: Range<Int>, _ verdict: FieldPolicies.Verdict, _ bytes: UnsafeBufferPointer<UInt8>, _ hasher: KeyedHash,
        isQuoted: Bool
    ) -> TextEdit? {
        let raw = UnsafeBufferPointer(rebasing: bytes[range])
        var inside = raw
        if isQuoted, raw.count >= 2, raw[0] == UInt8(ascii: "\"") {
            inside = UnsafeBufferPointer(rebasing: raw[1..<raw.count - 1])
        }
        let text = String(decoding: inside, as: UTF8.self)
        guard !text.isEmpty, text != "null", !RedactionPlaceholder.isWhole(text) else { return nil }
        let quote = isQuoted ? "\"" : ""
        switch verdict.action {
        case .keep: return nil
        case .hash:
            let placeholder = hasher.placeholder(verdict.label, for: inside)
            return TextEdit(
                range: range, label: verdict.label, replacement: Array("\(quote)\(placeholder)\(quote)".utf8))
        case .mask:
            let mask = RedactionPlaceholder.masked
            return TextEdit(range: range, label: mask.label, replacement: Array("\(quote)\(mask.text)\(quote)".utf8))
        case .drop:
            return TextEdit(
                range: range, label: RedactionPlaceholder.droppedLabel,
                replacement: Array((isQuoted ? "null" : "").utf8))
        }
    }

    // MARK: Reading

    private struct Frame {
        let isObject: Bool
        let start: Int
        /// The key before it.
        let key: String
        var type = ""
        var isThought = false
        /// Members that may be parts, with their keys.
        var members: [(key: String, range: Range<Int>)] = []
    }

    private static let reasoningTypes: Set<String> = ["reasoning", "thinking", "redacted_thinking"]
    private static let callTypes: Set<String> = [
        "tool_call", "tool_use", "tool-call", "function_call", "server_tool_use", "function", "custom_tool_call",
    ]
    private static let resultTypes: Set<String> = [
        "tool_call_response", "tool_result", "tool-result", "function_call_output", "tool_response", "tool",
    ]
    private static let memberKeys: Set<String> = [
        "content", "text", "thinking", "reasoning", "reasoning_content", "summary", "reasoningContent", "arguments",
        "args", "input", "response", "result", "output", "parts",
    ]

    /// The ranges of the parts; nil where the text is no sound JSON.
    private func parts(in bytes: UnsafeBufferPointer<UInt8>) -> [(Range<Int>, FieldPolicies.Verdict)]? {
        var found: [(Range<Int>, FieldPolicies.Verdict)] = []
        var frames: [Frame] = []
        var key = ""
        var tokenizer = JSONTokenizer(borrowing: UnsafeRawBufferPointer(bytes))
        do throws(JSONError) {
            while true {
                let token = try tokenizer.next()
                let start = Int(tokenizer.tokenOffset)
                switch token {
                case .key:
                    key = try tokenizer.text()
                    continue
                case .beginObject, .beginArray:
                    frames.append(Frame(isObject: token == .beginObject, start: start, key: key))
                    key = ""
                    continue
                case .endObject, .endArray:
                    guard let frame = frames.popLast() else { return nil }
                    found += parts(of: frame)
                    note(frame.key, frame.start..<Int(tokenizer.offset), in: &frames)
                case .string:
                    if key == "type" || key == "role", let top = frames.indices.last {
                        let word = try tokenizer.text()
                        if frames[top].type.isEmpty || key == "type" { frames[top].type = word }
                    }
                    note(key, start..<Int(tokenizer.offset), in: &frames)
                case .true:
                    if key == "thought", let top = frames.indices.last { frames[top].isThought = true }
                case .number, .false, .null: break
                case .endOfInput: return found
                }
                key = ""
            }
        } catch {
            return nil
        }
    }

    private func note(_ key: String, _ range: Range<Int>, in frames: inout [Frame]) {
        guard let top = frames.indices.last, frames[top].isObject, Self.memberKeys.contains(key) else { return }
        frames[top].members.append((key, range))
    }

    private func parts(of frame: Frame) -> [(Range<Int>, FieldPolicies.Verdict)] {
        frame.members.compactMap { member in verdict(member.key, in: frame).map { (member.range, $0) } }
    }

    private func verdict(_ key: String, in frame: Frame) -> FieldPolicies.Verdict? {
        switch key {
        case "reasoning_content", "reasoningContent": reasoning
        case "reasoning", "thinking": reasoning
        case "text", "summary": isReasoning(frame)
        case "content":
            isReasoning(frame) ?? (isResult(frame) ? result : nil)
        case "arguments", "args": arguments
        case "input": Self.callTypes.contains(frame.type) || frame.key == "toolUse" ? arguments : nil
        case "response", "result", "output": isResult(frame) ? result : nil
        default: nil
        }
    }

    private func isReasoning(_ frame: Frame) -> FieldPolicies.Verdict? {
        Self.reasoningTypes.contains(frame.type) || frame.isThought ? reasoning : nil
    }

    private func isResult(_ frame: Frame) -> Bool {
        Self.resultTypes.contains(frame.type)
            || ["functionResponse", "function_response", "toolResult"].contains(frame.key)
    }
}
