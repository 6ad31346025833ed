import FastJSON
import TraceAnalysis
import TraceAssembly
import TraceModel

extension TraceWriter {
    /// Inserts the row of a new trace with all that was assembled but its spans.
    func insertTrace(_ id: TraceID, _ state: WrittenTrace, _ assembled: StoredAssembly) throws {
        let insert = statements.insertTrace
        insert.bind(1, state.key)
        insert.bind(blob: 2, id.bytes)
        insert.bind(3, state.nextNumber)
        bind(assembled.trace, to: insert)
        try insert.run()
        try storeParts(of: assembled, trace: state.key)
    }

    /// Replaces all that is stored of a trace but its spans.
    func updateTrace(_ key: Int64, _ assembled: StoredAssembly) throws {
        statements.summarizeTrace.bind(1, key)
        bind(assembled.trace, to: statements.summarizeTrace)
        try statements.summarizeTrace.run()
        for delete in [statements.deleteFacets, statements.deleteUsage] {
            delete.bind(1, key)
            try delete.run()
        }
        try storeParts(of: assembled, trace: key)
    }

    /// Binds the parameters that `insertTrace` and `summarizeTrace` share.
    private func bind(_ trace: AssembledTrace, to statement: PreparedStatement) {
        let summary = trace.summary
        statement.bind(4, summary.name)
        statement.bind(5, summary.startUnixNano)
        statement.bind(6, trace.totals.end)
        statement.bind(7, summary.durationNanos)
        statement.bind(8, summary.spanCount)
        statement.bind(9, summary.errorCount)
        statement.bind(10, Self.list(summary.services))
        statement.bind(11, Self.list(summary.agents))
        statement.bind(12, Self.list(summary.models))
        statement.bind(13, summary.tokensInput)
        statement.bind(14, summary.tokensOutput)
        statement.bind(15, summary.tokensTotal)
        statement.bind(16, summary.modelCallCount)
        statement.bind(17, summary.modelCallsWithTokens)
        statement.bind(18, summary.session)
        statement.bind(19, Self.list(summary.findings))
        statement.bind(20, trace.totals.longestSpan)
        statement.bind(21, trace.totals.mostTokens)
    }

    private static func list(_ texts: [String]) -> String {
        if texts.isEmpty { return "[]" }
        var writer = JSONWriter(escapesInvisible: false)
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
        return writer.text
    }

    /// Stores facets, usage, analysis and findings of a trace.
    private func storeParts(of assembled: StoredAssembly, trace: Int64) throws {
        try insert(assembled.trace.facets, of: assembled, trace: trace)
        try insert(assembled.trace.usage, trace: trace)
        try insert(assembled.trace.report, trace: trace)
        try replaceFindings(of: assembled.trace, trace: trace)
    }

    private func insert(_ facets: [TraceFacet], of assembled: StoredAssembly, trace: Int64) throws {
        let insert = statements.insertFacet
        insert.bind(1, trace)
        for facet in facets {
            var value = facet.value
            if facet.field.isName {
                let index = NameIndex(truncatingIfNeeded: facet.value)
                value = Int64(try assembled.names.reference(index) ?? intern(assembled.trace.names[index]))
            }
            if facet.field == .modelRequested { changedAliases.insert(value) }
            insert.bind(2, facet.field.rawValue)
            insert.bind(3, value)
            insert.bind(4, facet.spans)
            try insert.run()
        }
    }

    private func insert(_ usage: [ModelUsage], trace: Int64) throws(SQLiteFailure) {
        let insert = statements.insertUsage
        for model in usage {
            insert.bind(1, trace)
            insert.bind(2, Int64(try intern(model.model)))
            insert.bind(3, Int64(try intern(model.provider)))
            insert.bind(4, model.calls)
            insert.bind(5, model.callsWithTokens)
            insert.bind(6, model.callsWithoutCache)
            insert.bind(7, model.input)
            insert.bind(8, model.inputStated)
            insert.bind(9, model.output)
            insert.bind(10, model.cacheRead)
            insert.bind(11, model.cacheWrite)
            insert.bind(12, model.reasoning)
            try insert.run()
        }
    }

    private func insert(_ report: TraceReport, trace: Int64) throws(SQLiteFailure) {
        let insert = statements.analysis.insertAnalysis
        insert.bind(1, trace)
        insert.bind(2, TraceAnalyzer.version)
        insert.bind(3, report.topology.spanCount)
        insert.bind(4, report.topology.identifiedSpans)
        insert.bind(5, report.ledger.expectedAtLeast)
        insert.bind(6, report.ledger.recorded)
        insert.bind(blob: 7, AnalysisForm.bytes(report.topology.runs))
        insert.bind(blob: 8, AnalysisForm.bytes(report.steps))
        insert.bind(blob: 9, report.joints.bytes)
        insert.bind(blob: 10, AnalysisForm.bytes(report.ledger.items))
        insert.bind(blob: 11, AnalysisForm.bytes(report.clocks))
        try insert.run()
    }

    /// Stores the findings of the analysis in the place of older ones; those of streams stay.
    private func replaceFindings(of assembled: AssembledTrace, trace: Int64) throws(SQLiteFailure) {
        if try holdsStreams() {
            statements.analysis.deleteFindings.bind(1, trace)
            try statements.analysis.deleteFindings.run()
        }
        let findings = assembled.report.findings
        guard !findings.isEmpty else { return }
        var keys: [SpanID: Int64] = [:]
        let wanted = Set(findings.compactMap(\.spanID))
        for row in assembled.rows where wanted.contains(row.spanID) && keys[row.spanID] == nil {
            keys[row.spanID] = StoreKey.span(trace: trace, number: Int64(row.arrival))
        }
        for finding in findings {
            try insert(finding, trace: trace, span: finding.spanID.flatMap { keys[$0] })
        }
        hasStreams = true
    }
}
