/// A value of structured text, as the comparison of two such texts reads it.
///
/// Numbers stay as they were written, so that no digit is lost.
package indirect enum DiffValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([DiffValue])
    case object([(key: String, value: DiffValue)])

    /// A value on one line of at most `width` characters; what does not fit is cut, with an ellipsis.
    ///
    /// Arrays and objects are told by their size.
    package func brief(width: Int) -> String {
        let text =
            switch self {
            case .null: "null"
            case .bool(let value): value ? "true" : "false"
            case .number(let digits): digits
            case .string(let value): "\"\(value)\""
            case .array(let items): items.isEmpty ? "[]" : "[\(items.count) items]"
            case .object(let members): members.isEmpty ? "{}" : "{\(members.count) members}"
            }
        return text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }

    /// Equal without changes between the two: the order of members does not matter.
    package static func == (a: DiffValue, b: DiffValue) -> Bool {
        DiffValue.changes(from: a, to: b, limit: 1).isEmpty
    }
}

/// One difference between two structured values.
package struct ValueChange: Equatable, Sendable {
    package enum Kind: Sendable {
        case added
        case removed
        case changed
    }

    /// Where it is, such as `items[2].name`; empty for the whole value.
    package var path: String
    package var kind: Kind
    /// Nil where it was added.
    package var before: DiffValue?
    /// Nil where it was removed.
    package var after: DiffValue?
}

extension DiffValue {
    /// The changes that lead from one value to another, in the order of the old value, at most `limit`.
    ///
    /// Members are compared by key, items by place. Of members with one key the last one counts, as in most readers of
    /// JSON. Depth has no limit but memory.
    package static func changes(from old: DiffValue, to new: DiffValue, limit: Int = 1_000) -> [ValueChange] {
        var changes: [ValueChange] = []
        var stack: [(path: String, old: DiffValue?, new: DiffValue?)] = [("", old, new)]
        while let (path, before, after) = stack.popLast(), changes.count < limit {
            switch (before, after) {
            case (nil, nil): continue
            case (nil, let value?):
                changes.append(ValueChange(path: path, kind: .added, before: nil, after: value))
            case (let value?, nil):
                changes.append(ValueChange(path: path, kind: .removed, before: value, after: nil))
            case (.array(let a)?, .array(let b)?):
                for place in (0..<max(a.count, b.count)).reversed() {
                    stack.append(
                        (
                            "\(path)[\(place)]", place < a.count ? a[place] : nil, place < b.count ? b[place] : nil
                        ))
                }
            case (.object(let a)?, .object(let b)?):
                stack.append(contentsOf: members(path, a, b).reversed())
            case (let a?, let b?):
                if !isSameScalar(a, b) {
                    changes.append(ValueChange(path: path, kind: .changed, before: a, after: b))
                }
            }
        }
        return changes
    }

    /// The pairs of two objects: keys of the old one in its order, then those that are new.
    private static func members(
        _ path: String, _ old: [(key: String, value: DiffValue)], _ new: [(key: String, value: DiffValue)]
    ) -> [(path: String, old: DiffValue?, new: DiffValue?)] {
        let before = Dictionary(old.map { ($0.key, $0.value) }) { _, last in last }
        let after = Dictionary(new.map { ($0.key, $0.value) }) { _, last in last }
        var told: Set<String> = []
        var pairs: [(path: String, old: DiffValue?, new: DiffValue?)] = []
        for key in old.map(\.key) + new.map(\.key) where told.insert(key).inserted {
            pairs.append((self.path(path, key), before[key], after[key]))
        }
        return pairs
    }

    /// Keys that are no plain words stand in brackets, so that a path reads one way only.
    private static func path(_ base: String, _ key: String) -> String {
        let isPlain = !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        if !isPlain { return "\(base)[\"\(key)\"]" }
        return base.isEmpty ? key : "\(base).\(key)"
    }

    private static func isSameScalar(_ a: DiffValue, _ b: DiffValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let x), .bool(let y)): x == y
        case (.number(let x), .number(let y)): x == y
        case (.string(let x), .string(let y)): x == y
        default: false
        }
    }
}
