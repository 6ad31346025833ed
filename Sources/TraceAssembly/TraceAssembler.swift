import Basics
import TraceAnalysis
import TraceModel

/// Puts traces together: one tree, and all that follows from it.
package enum TraceAssembler {
    /// The most services, agents or models that a summary names; facets have them all.
    private static let listLimit = 256

    /// What the records of one trace amount to; pure, and linear in its spans but for sorting.
    package static func assemble(_ records: consuming TraceRecords) -> AssembledTrace {
        var records = records
        let places = records.sortByStart()
        records.numberClocks()
        for stream in records.streams {
            guard let first = stream.firstChunkNanos else { continue }
            records.change(places.isEmpty ? stream.span : Int(places[stream.span])) {
                if $0.timeToFirstChunkNanos == nil { $0.timeToFirstChunkNanos = first }
            }
        }
        let forest = SpanForest(records.rows)
        records.resolve(forest)
        let calls = records.placedCalls(places)
        let repeated = records.markSameCalls(calls, forest)
        let usage = UsageCounter(calls, records.rows, records.names, forest: forest).models
        let clocks = records.rows.map(\.clock)
        let input = TraceInput(
            spans: records.takeRows(), names: records.names, clocks: clocks, clockNames: records.clockNames,
            evidenceIndices: records.evidenceIndices, evidence: records.evidence, repeated: repeated)
        let report = TraceAnalyzer.report(of: input, forest: forest)
        // Taken back rather than copied: rows are the largest part of a trace.
        var rows = input.takeSpans()
        for index in rows.indices {
            rows[index].agentRun = report.spanRuns[index]
            rows[index].step = report.spanSteps[index]
        }
        var names = records.names
        var facets = Facets(records, rows)
        facets.addFindings(report, records, rows, places: places, &names)
        return AssembledTrace(
            summary: summary(records, usage, report, facets), totals: records.totals, names: names, rows: rows,
            places: places, facets: facets.all, usage: usage, report: report)
    }

    private static func summary(
        _ records: TraceRecords, _ usage: [ModelUsage], _ report: TraceReport, _ facets: Facets
    ) -> TraceSummary {
        let totals = records.totals
        func list(_ field: TraceFacet.Field) -> [String] {
            facets.counts.names(of: field).prefix(listLimit).compactMap { records.names[$0] }
        }
        var summary = TraceSummary(traceID: records.id)
        summary.name = records.names[totals.name]
        summary.startUnixNano = totals.start
        summary.durationNanos = totals.duration
        summary.spanCount = report.topology.spanCount
        summary.errorCount = totals.errorCount
        summary.services = list(.service)
        summary.agents = list(.agent)
        summary.models = list(.model)
        for model in usage {
            if let input = model.input { summary.tokensInput = (summary.tokensInput ?? 0).addingClamped(input) }
            if let output = model.output { summary.tokensOutput = (summary.tokensOutput ?? 0).addingClamped(output) }
            summary.modelCallCount += model.calls
            summary.modelCallsWithTokens += model.callsWithTokens
        }
        summary.session = records.names[totals.session]
        summary.findings = facets.rules
        summary.severity = facets.severity
        summary.coverage = TraceCoverage(
            expectedAtLeast: report.ledger.expectedAtLeast, recorded: report.ledger.recorded)
        return summary
    }
}
