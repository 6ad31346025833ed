import TraceModel

/// Picks the rows that a request wants out of all rows in their order.
struct TraceRowSelection {
    /// The keys of the spans that a filter keeps; nil without a filter.
    var keptKeys: Set<Int64>?
    /// The last row that was taken.
    private(set) var last: SpanID?
    /// True when a wanted row was left out because of the limit.
    private(set) var isCut = false
    /// True once the row to continue after was met, or where there is none.
    private(set) var hasBegun: Bool
    private var left: Int
    private let after: String

    init(_ request: TraceRowsRequest) {
        left = request.limit ?? .max
        after = request.after?.lowercased() ?? ""
        hasBegun = request.after == nil
    }

    mutating func take(_ lines: [TreeLine]) -> [TreeLine] {
        var taken: [TreeLine] = []
        for line in lines {
            if !hasBegun {
                hasBegun = line.spanID.hex.hasPrefix(after)
                continue
            }
            if let keptKeys {
                guard let span = line.span, keptKeys.contains(span.key) else { continue }
            }
            guard left > 0 else {
                isCut = true
                break
            }
            left -= 1
            last = line.spanID
            taken.append(line)
        }
        return taken
    }
}
