import ArgumentParser
import TraceQuery

/// An order of traces: a key, and a direction where it is not the natural one.
struct SortOption: ExpressibleByArgument {
    var key: TraceListRequest.SortKey
    var descending: Bool

    /// Reads `duration`, `duration:asc`, `name:desc`; names ascend, figures descend unless told otherwise.
    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let key = TraceListRequest.SortKey(rawValue: String(first))
        else { return nil }
        self.key = key
        switch parts.count == 2 ? parts[1] : "" {
        case "": descending = key != .name
        case "asc": descending = false
        case "desc": descending = true
        default: return nil
        }
    }

    static var allValueStrings: [String] { TraceListRequest.SortKey.allCases.map(\.rawValue) }
}
