import TraceAnalysis
import TraceModel

/// A value that a trace is found by and that the summarizer does not know.
struct FoundFacet {
    var field: TraceSummarizer.Field
    var value: Int64
    /// Spans that have the value; 0 where only the trace has it.
    var spans: Int
}

extension TraceWriter {
    /// The structural marks of a trace as findings.
    func structuralFindings(_ summary: TraceSummarizer.Summary) throws(SQLiteFailure) -> [FoundFacet] {
        let marks = summary.marks.intersection(.structural)
        if marks.isEmpty { return [] }
        var facets: [FoundFacet] = []
        for (mark, name, _) in SpanMarks.named where marks.contains(mark) {
            let spans = summary.facets.first { $0.field == .mark && $0.value == Int64(mark.rawValue) }?.spans
            let rule = try intern("structure." + name)
            facets.append(FoundFacet(field: .finding, value: Int64(rule), spans: spans ?? 0))
        }
        return facets
    }

    /// The rules of the findings of a trace, with all that its findings and streams can be found by.
    func foundInStreams(_ key: Int64) throws(SQLiteFailure) -> (rules: [String], facets: [FoundFacet]) {
        guard try holdsStreams() else { return ([], []) }
        var rules: [String] = []
        var facets: [FoundFacet] = []
        let streams = statements.streams
        let counts: [(TraceSummarizer.Field, PreparedStatement)] = [
            (.finding, streams.countRules), (.severity, streams.countSeverities),
            (.certainty, streams.countCertainties),
        ]
        for (field, select) in counts {
            select.bind(1, key)
            while try select.step() {
                facets.append(FoundFacet(field: field, value: select.int(0), spans: Int(select.int(1))))
                if field == .finding, let rule = select.text(2) { rules.append(rule) }
            }
        }
        let keys = StoreKey.spans(ofTrace: key)
        streams.countTimings.bind(1, keys.lowerBound)
        streams.countTimings.bind(2, keys.upperBound)
        while try streams.countTimings.step() {
            facets.append(
                FoundFacet(
                    field: .stream, value: streams.countTimings.int(0), spans: Int(streams.countTimings.int(1))))
        }
        return (rules, facets)
    }

    func holdsStreams() throws(SQLiteFailure) -> Bool {
        if let hasStreams { return hasStreams }
        let select = statements.streams.selectHasStreams
        let holds = try select.step() && select.int(0) != 0
        select.reset()
        hasStreams = holds
        return holds
    }
}
