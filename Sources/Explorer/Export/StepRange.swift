import TraceExport

/// A range of steps as a user types it.
enum StepRange {
    /// Reads `A..B` or a single number; nil unless it lies within the steps of the trace.
    static func parse(_ text: String, count: Int) -> ClosedRange<Int>? {
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int($0.trimmed) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
        return first >= 1 && first <= last && last <= count ? first...last : nil
    }

    static func help(count: Int) -> String { "steps are A..B, from 1 to \(count)" }
}
