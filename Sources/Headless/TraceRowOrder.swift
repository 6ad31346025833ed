import Basics
import TraceModel

/// The order of the rows of a trace.
package enum TraceRowOrder: String, CaseIterable, Sendable {
    /// Parents first, siblings by start time.
    case tree
    case start, duration
    case selfTime = "self"
    case tokens

    /// The lines in this order; equal ones stay in the order of the tree, unknown ones come last.
    func sorted(_ lines: [TreeLine], descending: Bool) -> [TreeLine] {
        guard self != .tree else { return lines }
        return lines.enumerated().sorted { a, b in
            switch (figure(a.element), figure(b.element)) {
            case (let x?, let y?) where x != y: descending ? x > y : x < y
            case (_?, nil): true
            case (nil, _?): false
            default: a.offset < b.offset
            }
        }.map(\.element)
    }

    private func figure(_ line: TreeLine) -> Int64? {
        switch self {
        case .tree: return nil
        case .start: return line.span?.startUnixNano
        case .duration: return line.span?.durationNanos
        case .selfTime: return line.selfNanos
        case .tokens:
            guard let span = line.span, span.tokensInput != nil || span.tokensOutput != nil else { return nil }
            return (span.tokensInput ?? 0).addingClamped(span.tokensOutput ?? 0)
        }
    }
}
