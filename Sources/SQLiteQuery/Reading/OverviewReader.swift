import Basics
import TraceQuery
import TraceStore

/// Counts a list of traces as a whole, over summaries only.
struct OverviewReader {
    let session: ReadSession

    static let selectCounters = "SELECT name, value FROM counter"

    /// The most buckets of a histogram.
    private static let bucketLimit = 10_000

    /// Totals of the traces that a selection keeps, with their number in each of `buckets` equal stretches of time.
    func overview(_ selection: TraceSelection, buckets: Int) throws -> TraceListOverview {
        var starts: [Int64] = []
        var matching = 0
        let select = try session.statement(Self.selectStarts(selection))
        defer { select.reset() }
        while try select.step() {
            matching += 1
            if let start = OutsideNumber.time(select.optionalInt(0)) { starts.append(start) }
            if matching & 0xFFFF == 0 { try session.checkCancelled() }
        }
        let totals = try totals()
        var overview = TraceListOverview(matching: matching, totalTraces: totals.traces, totalSpans: totals.spans)
        guard let first = starts.min(), let last = starts.max() else { return overview }
        overview.firstStartUnixNano = first
        overview.lastStartUnixNano = last
        overview.histogram = Self.histogram(starts, first, last, buckets: min(buckets, Self.bucketLimit))
        return overview
    }

    /// The starts of all kept traces; without a filter out of an index alone.
    static func selectStarts(_ selection: TraceSelection) -> SQLFragment {
        "SELECT trace.start_ns FROM " + selection.source(order: "start") + " WHERE " + selection.condition
    }

    /// Traces and spans of the whole database.
    func totals() throws -> (traces: Int, spans: Int) {
        var totals = (traces: 0, spans: 0)
        let select = try session.statement(Self.selectCounters)
        defer { select.reset() }
        while try select.step() {
            switch select.text(0) {
            case "traces": totals.traces = select.count(1)
            case "spans": totals.spans = select.count(1)
            default: break
            }
        }
        return totals
    }

    private static func histogram(_ starts: [Int64], _ first: Int64, _ last: Int64, buckets: Int) -> [Int] {
        guard buckets > 0 else { return [] }
        var histogram = [Int](repeating: 0, count: buckets)
        // In floating point, since hostile times may lie further apart than 64 bits count.
        let width = max(1, (Double(last) - Double(first)) / Double(buckets))
        for start in starts {
            let bucket = Int(clamped: (Double(start) - Double(first)) / width)
            histogram[min(max(bucket, 0), buckets - 1)] += 1
        }
        return histogram
    }
}
