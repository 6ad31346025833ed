import SQLiteQuery
import TraceQuery

/// Requests on the large database of many traces: a text search and a filter on one indexed field.
struct QueryBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func search() async throws -> Measurement {
        let backend = try SQLiteBackend(path: try workshop.manyTraces())
        // Words of middle frequency: common ones fill a page at once, rare ones have little to look through.
        let words = ["quaderdor", "kaloter", "stomiran", "lim", "nexvel"]
        return try await measure(
            "text search over \(workshop.options.large) spans, first 50 hits", "≤ 50 ms", limit: 0.05
        ) {
            round in
            _ = try await backend.run(SearchRequest(text: words[round % words.count], limit: 50))
        }
    }

    func filter() async throws -> Measurement {
        let backend = try SQLiteBackend(path: try workshop.manyTraces())
        let filters = ["agent:agent-07", "model:gpt-4o", "session:sess-5000", "tool:run_python"]
        let parsed = try filters.map { try FilterExpression.parse($0) }
        return try await measure(
            "filter with one indexed field over \(workshop.options.large) spans, first page", "≤ 50 ms", limit: 0.05
        ) { round in
            _ = try await backend.run(TraceListRequest(filter: parsed[round % parsed.count], limit: 50))
        }
    }

    /// The slowest of the second half of twenty rounds: the first half warms the caches.
    private func measure(
        _ what: String, _ bar: String, limit: Double, _ body: (Int) async throws -> Void
    ) async throws -> Measurement {
        var seconds: [Double] = []
        for round in 0..<20 {
            let start = Meter.now()
            try await body(round)
            seconds.append(Meter.now() - start)
        }
        let slowest = seconds.suffix(10).max() ?? 0
        let first = seconds.first ?? 0
        return Measurement(
            what: what, bar: bar,
            measured: "\(Meter.milliseconds(slowest)), cold \(Meter.milliseconds(first))", isReached: slowest <= limit)
    }
}
