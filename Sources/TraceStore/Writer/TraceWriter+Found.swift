import TraceModel

extension TraceWriter {
    /// The rules of the findings of a trace, with all that its findings and streams can be found by.
    func foundInStreams(_ key: Int64) throws(SQLiteFailure) -> (rules: [String], facets: [TraceFacet]) {
        guard try holdsStreams() else { return ([], []) }
        var rules: [String] = []
        var facets: [TraceFacet] = []
        let streams = statements.streams
        let counts: [(TraceFacet.Field, PreparedStatement)] = [
            (.finding, streams.countRules), (.severity, streams.countSeverities),
            (.certainty, streams.countCertainties),
        ]
        for (field, select) in counts {
            select.bind(1, key)
            while try select.step() {
                facets.append(TraceFacet(field: field, value: select.int(0), spans: select.count(1)))
                if field == .finding, let rule = select.text(2) { rules.append(rule) }
            }
        }
        let keys = StoreKey.spans(ofTrace: key)
        streams.countTimings.bind(1, keys.lowerBound)
        streams.countTimings.bind(2, keys.upperBound)
        while try streams.countTimings.step() {
            facets.append(
                TraceFacet(
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
