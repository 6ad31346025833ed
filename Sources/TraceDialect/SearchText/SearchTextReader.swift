import FastJSON
import Glibc
import TraceModel

/// Picks the attributes and events of a span that carry text.
struct SearchTextReader {
    private static let nameKeys: Set<String> = [
        "gen_ai.agent.name", "agent.name", "agent_name", "gen_ai.tool.name", "tool.name", "ai.toolCall.name",
        "tool_name",
    ]

    private let span: Span
    private let isModelCall: Bool
    private let hasInputMessages: Bool
    private let hasOutputMessages: Bool

    init(_ span: Span) {
        self.span = span
        var isModelCall = false
        var hasInput = false
        var hasOutput = false
        for attribute in span.attributes {
            switch attribute.key {
            case "openinference.span.kind", "gen_ai.operation.name", "langfuse.observation.type", "mlflow.spanType":
                let word = attribute.value.stringValue?.lowercased() ?? ""
                isModelCall = isModelCall || DialectTable.kindWords[word] == .llm
            default:
                let (input, output) = Self.messageSides(attribute.key)
                hasInput = hasInput || input
                hasOutput = hasOutput || output
            }
        }
        self.isModelCall = isModelCall
        hasInputMessages = hasInput
        hasOutputMessages = hasOutput
    }

    private static func messageSides(_ key: String) -> (input: Bool, output: Bool) {
        key.utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = bytes.first, first == UInt8(ascii: "l") || first == UInt8(ascii: "g") else {
                return (false, false)
            }
            return (
                DialectTable.inputMessageNames.contains { Bytes.hasPrefix(bytes, $0) },
                DialectTable.outputMessageNames.contains { Bytes.hasPrefix(bytes, $0) }
            )
        } ?? (false, false)
    }

    func addNames(to builder: inout SearchTextBuilder) {
        for attribute in span.attributes where Self.nameKeys.contains(attribute.key) {
            if let name = attribute.value.stringValue, !span.name.hasSuffix(name) { builder.add(plain: name) }
        }
    }

    func addAttributes(to builder: inout SearchTextBuilder) {
        for attribute in span.attributes { add(attribute, to: &builder) }
    }

    private func add(_ attribute: Attribute, to builder: inout SearchTextBuilder) {
        switch DialectTable.searchRoles[attribute.key] ?? Self.familyRole(attribute.key) {
        case .content: builder.add(value: attribute.value)
        case .value:
            // On a model's span the raw request repeats the messages.
            let isInput = attribute.key.hasSuffix("nput") || attribute.key.hasPrefix("input")
            if isModelCall && (isInput ? hasInputMessages : hasOutputMessages) { return }
            builder.add(value: attribute.value)
        case .plain: if let text = attribute.value.stringValue { builder.add(plain: text) }
        case .none: break
        }
    }

    private static func familyRole(_ key: String) -> DialectTable.SearchRole {
        key.utf8.withContiguousStorageIfAvailable { bytes in
            for family in DialectTable.searchFamilies where Bytes.hasPrefix(bytes, family.prefix) {
                return family.endings.contains { Bytes.hasSuffix(bytes, $0) } ? .content : .none
            }
            return .none
        } ?? .none
    }

    func addEvents(to builder: inout SearchTextBuilder) {
        for event in span.events {
            switch DialectTable.eventMeanings[event.name] {
            case .operationDetails:
                // The event repeats what stands on the span, if anything does.
                if hasInputMessages || hasOutputMessages { continue }
            case .message, .choice, .prompt, .completion, .exception, .evaluation: break
            case .firstChunk, nil: continue
            }
            if let body = event.body { builder.add(value: body) }
            for attribute in event.attributes { add(attribute, to: &builder) }
        }
    }
}

/// Whether the strings behind a key of JSON are worth finding.
enum SilentKey {
    case speaking
    /// The string itself is not; what is nested deeper is.
    case silentString
    /// Nothing behind the key is.
    case silentTree

    private static let verdicts = JSONKeys<SilentKey>(
        DialectTable.silentKeys.map { ($0, .silentString) } + DialectTable.silentTrees.map { ($0, .silentTree) })

    static func of(_ key: UnsafeRawBufferPointer) -> SilentKey { verdicts[key] ?? .speaking }
}

/// Comparisons of raw bytes.
enum Bytes {
    @inline(__always)
    static func hasPrefix(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount, let start = bytes.baseAddress else { return false }
        return memcmp(start, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
    }

    @inline(__always)
    static func hasSuffix(_ bytes: UnsafeBufferPointer<UInt8>, _ suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        guard bytes.count >= count, let start = bytes.baseAddress else { return false }
        return memcmp(start + (bytes.count - count), suffix.utf8Start, count) == 0
    }
}
