import Basics
import TraceModel
package import TraceQuery
import TraceTables

/// Which rows of a trace to write, and in which order.
package struct TraceRowsRequest: Sendable {
    package var trace: TraceReference
    /// Only the spans that the filter keeps; placeholders are no spans.
    package var filter: FilterExpression?
    package var sort = TraceRowOrder.tree
    /// The greatest first; what is unknown comes last either way.
    package var descending = true
    package var limit: Int?
    /// Continue after the row whose span id begins so; `#2` names the second one with the id.
    package var after: String?

    package init(_ trace: TraceReference) {
        self.trace = trace
    }
}

/// The order of the rows of a trace.
package enum TraceRowOrder: String, CaseIterable, Sendable {
    /// Parents first, siblings by start time.
    case tree
    case start, duration
    case selfTime = "self"
    case tokens

    /// The lines in this order; equal ones stay in the order of the tree, unknown ones come last.
    func sorted(_ lines: [SpanLine], descending: Bool) -> [SpanLine] {
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

    private func figure(_ line: SpanLine) -> Int64? {
        switch self {
        case .tree: return nil
        case .start: return line.startUnixNano
        case .duration: return line.durationNanos
        case .selfTime: return line.selfNanos
        case .tokens:
            guard line.tokens.input != nil || line.tokens.output != nil else { return nil }
            return (line.tokens.input ?? 0).addingClamped(line.tokens.output ?? 0)
        }
    }
}

/// Picks the rows that a request wants out of all rows in their order.
struct TraceRowSelection {
    /// The spans that a filter keeps; nil without a filter.
    var kept: Set<LocalSpanID>?
    /// The last row that was taken.
    private(set) var last: LocalSpanID?
    /// True when a wanted row was left out because of the limit.
    private(set) var isCut = false
    /// True once the row to continue after was met, or where there is none.
    private(set) var hasBegun: Bool
    private var left: Int
    private let after: SpanPrefix?

    init(_ request: TraceRowsRequest) {
        left = request.limit ?? .max
        after = request.after.flatMap { SpanPrefix($0) }
        hasBegun = request.after == nil
    }

    mutating func take(_ lines: [SpanLine]) -> [SpanLine] {
        var taken: [SpanLine] = []
        for line in lines {
            if !hasBegun {
                hasBegun = after?.matches(line.local) == true
                continue
            }
            if let kept {
                guard let row = line.row, kept.contains(row.local) else { continue }
            }
            guard left > 0 else {
                isCut = true
                break
            }
            left -= 1
            last = line.local
            taken.append(line)
        }
        return taken
    }
}
