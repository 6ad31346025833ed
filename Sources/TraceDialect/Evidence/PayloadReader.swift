import FastJSON
import TraceModel

/// Makes the digest of an argument, a result or an answer.
enum PayloadReader {
    /// The most forms of one payload.
    private static let formLimit = 6
    /// The most bytes of a text that is taken apart; a longer one has one form.
    private static let parseLimit = 4 << 20

    /// Members that wrap a value when they stand alone.
    private static let wrappers: Set<String> = ["result", "output", "content", "text", "data", "value", "response"]

    static func digest(_ text: String) -> PayloadDigest {
        var text = text
        return text.withUTF8 { bytes in
            let whole = String(decoding: bytes, as: UTF8.self)
            var reading = Reading()
            reading.add(PayloadHash.text(PayloadHash.trimmed(whole)))
            if bytes.count <= parseLimit { reading.read(whole) }
            return PayloadDigest(
                content: reading.content ?? content(ofText: whole), byteCount: bytes.count, forms: reading.forms,
                preview: preview(bytes), saysTruncated: saysTruncated(bytes),
                prefixes: PayloadHash.prefixes(bytes))
        }
    }

    /// The forms of a payload as it is taken apart, layer by layer.
    private struct Reading {
        var forms: [UInt64] = []
        /// What the value amounts to; nil for a text.
        var content: PayloadDigest.Content?

        mutating func add(_ form: UInt64) {
            if !forms.contains(form) && forms.count < formLimit { forms.append(form) }
        }

        mutating func read(_ text: String) {
            guard var value = PayloadReader.value(text) else {
                if let inner = LangChainPrint.content(text) {
                    add(PayloadHash.text(PayloadHash.trimmed(inner)))
                    read(inner)
                }
                return
            }
            if content == nil { content = PayloadReader.content(of: value) }
            var layers = 0
            while layers < 5 {
                add(PayloadHash.value(value))
                layers += 1
                if case .string(let inner) = value {
                    guard let embedded = PayloadReader.value(inner) else {
                        if content == .value { content = PayloadReader.content(ofText: inner) }
                        return
                    }
                    value = embedded
                } else if let inner = PayloadReader.unwrapped(value) {
                    value = inner
                } else {
                    return
                }
                if content == .value { content = PayloadReader.content(of: value) }
            }
        }
    }

    /// The JSON value that a text holds, also in Python's print; nil for prose.
    static func value(_ text: String) -> JSONValue? {
        guard let first = PayloadHash.trimmed(text).first else { return nil }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            if let value = try? JSONValue(parsing: text) { return value }
        default: break
        }
        return PythonLiteral.json(text).flatMap { try? JSONValue(parsing: $0) }
    }

    /// The value inside a wrapping that says nothing itself.
    private static func unwrapped(_ value: JSONValue) -> JSONValue? {
        if let members = value.members {
            if members.count == 1, let only = members.first, wrappers.contains(only.key) { return only.value }
            // The Model Context Protocol's result: a list of parts, and whether it is an error.
            if let parts = value["content"], parts.elements != nil,
                members.allSatisfy({ ["content", "isError", "structuredContent", "_meta", "meta"].contains($0.key) })
            {
                return parts
            }
            if let inner = value["kwargs"]?["content"] { return inner }
            if let inner = instrumented(value, members) { return inner }
            if value["type"]?.string == "text", let text = value["text"] ?? value["content"] { return text }
            return nil
        }
        guard let elements = value.elements, !elements.isEmpty else { return nil }
        var texts: [String] = []
        for element in elements {
            guard element["type"]?.string.map({ ["text", "output_text", "input_text"].contains($0) }) == true,
                let text = (element["text"] ?? element["content"])?.string
            else { return nil }
            texts.append(text)
        }
        return .string(texts.joined(separator: "\n"))
    }

    /// What instrumentations of frameworks write around the arguments or the result of a call.
    private static func instrumented(_ value: JSONValue, _ members: [JSONMember]) -> JSONValue? {
        let keys = Set(members.map(\.key))
        if keys.isSubset(of: ["args", "kwargs", "sanitize_inputs_outputs"]), let named = value["kwargs"],
            named.members?.isEmpty == false
        {
            return named
        }
        if keys.isSubset(of: ["input_str", "inputs", "kwargs", "tags", "metadata"]), let inner = value["inputs"] {
            return inner
        }
        if keys.isSubset(of: ["output", "kwargs"]), let inner = value["output"] { return inner }
        if keys.isSubset(of: ["type", "data"]), let inner = value["data"]?["content"] { return inner }
        return nil
    }

    // MARK: Content

    private static func content(of value: JSONValue) -> PayloadDigest.Content {
        if isEmpty(value) { return .empty }
        if isError(value) { return .error }
        if case .string(let text) = value { return content(ofText: text) }
        return .value
    }

    /// Null, an empty text, list or object, and an object that wraps nothing but such a value.
    private static func isEmpty(_ value: JSONValue) -> Bool {
        var value = value
        for _ in 0..<5 {
            switch value {
            case .null: return true
            case .string(let text): return ["", "null", "None", "undefined"].contains(text)
            case .array(let elements):
                guard elements.count == 1, let inner = unwrapped(value) else { return elements.isEmpty }
                value = inner
            case .object(let members):
                if members.isEmpty { return true }
                // What else it says, such as a warning, does not fill the result.
                guard let result = members.first(where: { ["result", "output", "data"].contains($0.key) }),
                    members.allSatisfy({
                        $0.key == result.key
                            || ["warning", "warnings", "note", "status", "ok", "success"].contains($0.key)
                    })
                else {
                    guard let inner = unwrapped(value) else { return false }
                    value = inner
                    continue
                }
                value = result.value
            default: return false
            }
        }
        return false
    }

    private static func isError(_ value: JSONValue) -> Bool {
        guard value.members != nil else { return false }
        if value["isError"]?.bool == true || value["is_error"]?.bool == true { return true }
        if let error = value["error"] ?? value["errors"] ?? value["exception"] {
            switch error {
            case .null, .bool(false): break
            case .string(let text): if !text.isEmpty { return true }
            case .array(let elements): if !elements.isEmpty { return true }
            case .object(let members): if !members.isEmpty { return true }
            case .bool(true): return true
            case .int, .double: break
            }
        }
        if value["success"]?.bool == false || value["ok"]?.bool == false { return true }
        return value["status"]?.string.map { ["error", "failed", "failure"].contains($0.lowercased()) } == true
    }

    /// The beginnings with which programs, not people, tell of a failure.
    private static let errorBeginnings = [
        "Error: ", "error: ", "ERROR: ", "Error executing tool", "Traceback (most recent call last)", "Exception: ",
        "Error calling tool", "Tool execution failed", "Error code: ",
    ]

    static func content(ofText text: String) -> PayloadDigest.Content {
        let trimmed = PayloadHash.trimmed(text)
        if trimmed.isEmpty || ["null", "None", "undefined"].contains(String(Substring(trimmed))) { return .empty }
        if MessageParts.redactedTexts.contains(text) { return .redacted }
        let start = Substring(trimmed)
        return errorBeginnings.contains { start.hasPrefix($0) } ? .error : .value
    }

    // MARK: Text

    /// The first bytes, whole characters.
    private static func preview(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.count > PayloadDigest.previewLimit else { return String(decoding: bytes, as: UTF8.self) }
        var end = PayloadDigest.previewLimit
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// The text ends with words that say it was cut.
    static func saysTruncated(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if DialectTable.cutMarks.matches(UnsafeBufferPointer(rebasing: bytes.suffix(80))) { return true }
        let end = bytes.suffix(3)
        return bytes.count > 200 && (end.elementsEqual("…".utf8) || end.elementsEqual("...".utf8))
    }
}

/// LangChain's print of a tool message: `content='…' name='…' tool_call_id='…'`.
enum LangChainPrint {
    static func content(_ text: String) -> String? {
        guard text.hasPrefix("content="), let quote = text.utf8.dropFirst(8).first,
            quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
            let end = [" name=", " tool_call_id=", " additional_kwargs="].compactMap({
                text.firstRange(of: $0)?.lowerBound
            })
            .min(), end > text.utf8.index(text.startIndex, offsetBy: 10)
        else { return nil }
        let inner = text[text.utf8.index(text.startIndex, offsetBy: 9)..<end].dropLast()
        return String(inner).replacing("\\n", with: "\n").replacing("\\'", with: "'")
    }
}
