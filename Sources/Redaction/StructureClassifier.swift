import FastJSON
import TraceModel

/// Tells which texts inside of a structured value are structure and which were said.
///
/// It sees everything in the order in which it stands.
struct StructureClassifier {
    /// The most bytes that a name, an id or a kind has.
    static let longestFact = 64

    private struct Frame {
        let isObject: Bool
        /// Arguments, results and what else is nobody's structure.
        let isPayload: Bool
        let isFact: Bool
    }

    private var frames: [Frame] = []
    /// What the last key says of the value behind it.
    private var pending: Frame

    /// `isPayload` tells that nothing in the value is structure, `isFact` that the strings of its list are.
    init(isPayload: Bool, isFact: Bool = false) {
        pending = Frame(isObject: false, isPayload: isPayload, isFact: isFact)
    }

    mutating func open(isObject: Bool) {
        // The input of a tool is an object, that of a model a list of messages.
        let isPayload = pending.isPayload || (isObject && pending.isObject)
        frames.append(Frame(isObject: isObject, isPayload: isPayload, isFact: pending.isFact))
        pending = Frame(isObject: false, isPayload: isPayload, isFact: pending.isFact && !isObject)
    }

    mutating func close() {
        frames.removeLast()
        resetPending()
    }

    /// Whether a key stays; names of members do.
    mutating func keepsKey(_ key: UnsafeRawBufferPointer) -> Bool {
        let isPayload = frames.last?.isPayload ?? false
        let isFact = !isPayload && Self.isStructural(PartKey(key))
        pending = Frame(
            isObject: Self.objectPayloads.contains { key.equals($0) },
            isPayload: isPayload || Self.payloads.contains { key.equals($0) },
            isFact: isFact)
        return Self.isWord(key)
    }

    mutating func keepsString(_ text: UnsafeRawBufferPointer) -> Bool {
        let isFact = pending.isFact && !pending.isPayload
        resetPending()
        return text.isEmpty || (isFact && Self.isWord(text)) || Self.isPlaceholder(text)
    }

    mutating func passOther() {
        resetPending()
    }

    private mutating func resetPending() {
        guard let top = frames.last else { return }
        pending = Frame(isObject: false, isPayload: top.isPayload, isFact: !top.isObject && top.isFact)
    }

    private static func isStructural(_ key: PartKey) -> Bool { key == .structural || key == .role }

    private static let payloads: [StaticString] = [
        "arguments", "args", "response", "result", "parameters", "json_schema", "input_schema", "partial_json",
    ]
    /// Payloads where they are objects.
    private static let objectPayloads: [StaticString] = ["input", "output"]

    /// Whether a text may be a name or an id: short and without a space.
    static func isWord(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count <= longestFact && text.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x40 }
    }

    private static func isPlaceholder(_ text: UnsafeRawBufferPointer) -> Bool {
        text.first == UInt8(ascii: "[") && text.count <= 64
            && RedactionPlaceholder.isWhole(String(decoding: text, as: UTF8.self))
    }
}
