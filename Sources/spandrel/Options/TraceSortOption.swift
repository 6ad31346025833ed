import ArgumentParser
import Headless

/// An order of the rows of a trace: a key, and a direction where it is not the natural one.
struct TraceSortOption: ExpressibleByArgument {
    var key: TraceRowOrder
    var descending: Bool

    /// Reads `duration`, `start:desc`; start times ascend, figures descend unless told otherwise.
    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let key = TraceRowOrder(rawValue: String(first)) else {
            return nil
        }
        self.key = key
        switch parts.count == 2 ? parts[1] : "" {
        case "": descending = key != .start
        case "asc": descending = false
        case "desc": descending = true
        default: return nil
        }
    }

    static var allValueStrings: [String] { TraceRowOrder.allCases.map(\.rawValue) }
}
