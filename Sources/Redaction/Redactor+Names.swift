import FastJSON
import TraceDialect
import TraceModel

extension Redactor {
    /// Replaces what the names beside values tell to be secret; nil where nothing is.
    ///
    /// Names are keys of attributes and of the maps within them, and the `name` or `key` of an object beside its `value`.
    /// Names within texts, JSON included, are the rules' business.
    func redactedByName(
        _ key: String, _ value: AttributeValue, _ counts: inout RedactionCounts
    ) -> AttributeValue? {
        guard finder != nil, policy.findsSecrets else { return nil }
        switch value {
        case .empty, .bool, .int, .double, .bytes: return nil
        case .string(let text):
            guard !text.utf8.opensContainer, let kind = SecretName(key),
                let changed = redacted(text, as: kind, &counts)
            else { return nil }
            return .string(String(decoding: changed, as: UTF8.self))
        case .array, .map:
            var walk = NamedWalk(SecretName(key))
            for step in AttributeWalk(value) { walk.take(step) }
            var changes: [Int: [UInt8]] = [:]
            for found in walk.found {
                if let changed = redacted(found.text, as: found.kind, &counts) { changes[found.ordinal] = changed }
            }
            return changes.isEmpty ? nil : value.replacingTexts(changes)
        }
    }

    /// A text that is the whole value of a name; nil where nothing in it is secret.
    private func redacted(_ text: String, as kind: SecretName, _ counts: inout RedactionCounts) -> [UInt8]? {
        guard !text.isEmpty, !text.utf8.opensContainer, RedactionPlaceholder.all(in: text).isEmpty else { return nil }
        var text = text
        return text.withUTF8 { bytes in
            let edits = NamedSecrets(bytes, kind).ranges(inWhole: 0..<bytes.count).map { range in
                TextEdit(
                    range: range, label: kind.label,
                    replacement: Array(
                        hasher.placeholder(kind.label, for: UnsafeBufferPointer(rebasing: bytes[range])).utf8))
            }
            counts.add(edits)
            return edits.isEmpty ? nil : edits.applied(to: bytes)
        }
    }
}

/// Goes through a list or map and keeps the strings whose names say that they are secret.
private struct NamedWalk {
    struct Found {
        var ordinal: Int
        var text: String
        var kind: SecretName
    }

    private struct Frame {
        let isMap: Bool
        /// What the name of the whole says.
        let kind: SecretName?
        /// What the member `name` or `key` says.
        var pair: SecretName?
        /// The member `value`.
        var value: (ordinal: Int, text: String)?
        let isValue: Bool
    }

    private(set) var found: [Found] = []
    private var frames: [Frame] = []
    private var ordinal = 0
    private var key = ""
    private var kind: SecretName?

    init(_ kind: SecretName?) {
        self.kind = kind
    }

    mutating func take(_ step: AttributeWalk.Element) {
        switch step {
        case .key(let text):
            key = text
            kind = SecretName(text) ?? (frames.last?.kind == .cookie ? .key : nil)
            ordinal += 1
        case .string(let text):
            add(text)
            ordinal += 1
            endValue()
        case .bytes:
            ordinal += 1
            endValue()
        case .other: endValue()
        case .beginArray: frames.append(Frame(isMap: false, kind: kind, isValue: isValue))
        case .beginMap:
            frames.append(Frame(isMap: true, kind: kind, isValue: isValue))
            kind = nil
            key = ""
        case .end:
            guard let frame = frames.popLast() else { return }
            if let pair = frame.pair, let value = frame.value {
                found.append(Found(ordinal: value.ordinal, text: value.text, kind: pair))
            } else if frame.isValue, let value = frame.value, !frames.isEmpty {
                frames[frames.count - 1].value = value
            }
            endValue()
        }
    }

    private var isValue: Bool { frames.last?.isMap == true && Self.valueKeys.contains(key) }

    private mutating func add(_ text: String) {
        if let kind {
            found.append(Found(ordinal: ordinal, text: text, kind: kind))
        } else if let frame = frames.indices.last, frames[frame].isMap {
            if Self.nameKeys.contains(key) {
                frames[frame].pair = SecretName(text)
            } else if Self.valueKeys.contains(key) {
                frames[frame].value = (ordinal, text)
            }
        }
    }

    private mutating func endValue() {
        guard let frame = frames.last else { return }
        key = ""
        kind = frame.isMap ? nil : frame.kind
    }

    private static let nameKeys: Set<String> = ["name", "key", "header", "field", "Name", "Key", "variable"]
    private static let valueKeys: Set<String> = ["value", "Value", "stringValue", "string_value", "val", "content"]
}
