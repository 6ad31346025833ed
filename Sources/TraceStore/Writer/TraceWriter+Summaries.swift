import FastJSON
import TraceAnalysis
import TraceModel

extension TraceWriter {
    /// The most services, agents or models that a summary names; facets have them all.
    private static let listLimit = 256

    /// Inserts the row of a new trace with its summary and facets.
    func insertTrace(_ id: TraceID, _ state: TraceState, _ summary: TraceSummarizer.Summary) throws {
        let insert = statements.insertTrace
        insert.bind(1, state.key)
        insert.bind(blob: 2, id.bytes)
        insert.bind(3, state.nextNumber)
        let found = try foundInStreams(state.key)
        try bind(summary, rules: found.rules, to: insert)
        try insert.run()
        try insertFacets(summary.facets, trace: state.key)
        try insertFacets(structuralFindings(summary) + found.facets, trace: state.key)
    }

    /// Stores counts and times of a trace that grew or changed; the rest follows with its next summary.
    func updateCounts(_ state: TraceState) throws(SQLiteFailure) {
        let update = statements.growTrace
        update.bind(1, state.key)
        update.bind(2, state.nextNumber)
        update.bind(3, state.isDirty ? 1 : 0)
        update.bind(4, state.spanCount)
        update.bind(5, state.errorCount)
        update.bind(6, state.start)
        update.bind(7, state.end)
        update.bind(8, state.duration)
        update.bind(9, state.longestSpan)
        update.bind(10, state.mostTokens)
        try update.run()
    }

    /// Sums up anew what is worth it: traces that doubled, and small ones as far as the credit reaches.
    ///
    /// Every span written earns the reading of one span, so that the cost of all early summaries stays linear in the
    /// spans, however small the batches are in which a trace arrives.
    func summarizeGrown(_ batch: WriteBatch) throws {
        summaryCredit = min(summaryCredit + batch.counts.spansNew, 4 * max(batch.counts.spansNew, 1024))
        let grown = batch.grown.keys.compactMap { id in traces[id].map { (id: id, count: $0.spanCount, key: $0.key) } }
        for (id, count, _) in grown.sorted(by: { ($0.count, $0.key) < ($1.count, $1.key) }) {
            guard var state = traces[id], state.isDirty else { continue }
            let hasDoubled = count >= 2 * state.summarizedCount
            guard hasDoubled || count <= summaryCredit else { continue }
            if !hasDoubled { summaryCredit -= count }
            let summary = try summarize(state.key)
            state.isDirty = false
            state.summarizedCount = summary.spanCount
            state.errorCount = summary.errorCount
            traces[id] = state
        }
    }

    /// Sums up traces that are marked as changed; true when none is left.
    func summarizeDirty(spansAtMost limit: Int) throws -> Bool {
        let select = statements.selectDirtyTraces
        var found: [(key: Int64, id: TraceID?, count: Int)] = []
        while try select.step() {
            found.append((select.int(0), select.withBytes(1) { TraceID(bytes: $0) }, Int(select.int(2))))
        }
        var left = limit
        for (index, trace) in found.enumerated() {
            _ = try summarize(trace.key)
            if let id = trace.id { traces[id] = nil }
            left -= trace.count
            if left <= 0 && index + 1 < found.count { return false }
        }
        return found.count < WriterStatements.SQL.dirtyTraceLimit
    }

    /// Reads the structure of a trace, resolves its tree and stores what follows from it.
    @discardableResult
    func summarize(_ key: Int64) throws -> TraceSummarizer.Summary {
        let keys = StoreKey.spans(ofTrace: key)
        let select = statements.selectStructure
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        summarizer.removeAll()
        defer { select.reset() }
        while try select.step() {
            guard let span = summarySpan(select) else {
                throw StoreError.corrupt(path: path, detail: "a row of table span has no structure")
            }
            summarizer.add(span)
        }
        summarizedSpanCount += summarizer.count
        let summary = summarizer.finish()
        let analysis = try analyse(keys)
        try storeResolution(keys, analysis.spans)
        try store(analysis, trace: key)
        let found = try foundInStreams(key)
        statements.summarizeTrace.bind(1, key)
        try bind(summary, rules: found.rules, to: statements.summarizeTrace)
        try statements.summarizeTrace.run()
        statements.deleteFacets.bind(1, key)
        try statements.deleteFacets.run()
        try insertFacets(summary.facets, trace: key)
        try insertFacets(structuralFindings(summary) + found.facets, trace: key)
        if summarizer.count > 100_000 { summarizer = TraceSummarizer() }
        return summary
    }

    /// Writes marks and agents of the spans for which the tree decided otherwise than the rows say.
    private func storeResolution(_ keys: ClosedRange<Int64>, _ analysed: [AnalysedSpan]) throws(SQLiteFailure) {
        let select = statements.selectResolution
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        let update = statements.updateResolution
        var index = 0
        // The update touches no column that the walk depends on.
        while try select.step() {
            defer { index += 1 }
            guard var packed = select.withBytes(1, { PackedSpan($0) }) else { continue }
            let marks = summarizer.marks(at: index)
            let agent = summarizer.agent(at: index)
            let span = analysed.indices.contains(index) ? analysed[index] : AnalysedSpan()
            var known = AnalysedSpan(packed)
            (known.attempt, known.reason) = (select.reference(2), select.optionalInt(3))
            if packed.marks == marks && packed.agent == agent.label && packed.agentInstance == agent.instance
                && packed.agentSource == agent.source && known == span
            {
                continue
            }
            packed.marks = marks
            (packed.agent, packed.agentInstance, packed.agentSource) = (agent.label, agent.instance, agent.source)
            (packed.agentRun, packed.step, packed.clock) = (span.run, span.step, span.clock)
            update.bind(1, select.int(0))
            update.bind(blob: 2, packed.bytes)
            update.bind(3, marks.rawValue)
            update.bind(reference: 4, agent.label)
            update.bind(reference: 5, agent.instance)
            update.bind(6, agent.source.rawValue)
            span.bind(to: update, from: 7)
            try update.run()
        }
    }

    /// Reads a row of `selectStructure`.
    private func summarySpan(_ row: PreparedStatement) -> TraceSummarizer.Span? {
        guard let packed = row.withBytes(0, { PackedSpan($0) }) else { return nil }
        var span = TraceSummarizer.Span(packed)
        span.session = row.reference(1)
        span.resource = row.reference(2)
        span.scope = row.reference(3)
        span.shape = row.reference(4)
        return span
    }

    /// Binds the parameters that `insertTrace` and `summarizeTrace` share.
    private func bind(
        _ summary: TraceSummarizer.Summary, rules: [String], to statement: PreparedStatement
    ) throws {
        statement.bind(4, try text(of: summary.name))
        statement.bind(5, summary.startUnixNano)
        statement.bind(6, summary.endUnixNano)
        statement.bind(7, summary.durationNanos)
        statement.bind(8, summary.spanCount)
        statement.bind(9, summary.errorCount)
        statement.bind(10, try list(summary.services))
        statement.bind(11, try list(summary.agents))
        statement.bind(12, try list(summary.models))
        statement.bind(13, summary.tokensInput)
        statement.bind(14, summary.tokensOutput)
        statement.bind(15, summary.tokensTotal)
        statement.bind(16, summary.modelCallCount)
        statement.bind(17, summary.modelCallsWithTokens)
        statement.bind(18, try text(of: summary.session))
        statement.bind(19, Self.list(summary.marks.intersection(.structural).names.map { "structure." + $0 } + rules))
        statement.bind(20, summary.longestSpanNanos)
        statement.bind(21, summary.mostSpanTokens)
    }

    private func insertFacets(_ facets: [TraceSummarizer.Facet], trace: Int64) throws(SQLiteFailure) {
        let insert = statements.insertFacet
        insert.bind(1, trace)
        for facet in facets {
            if facet.field == .modelRequested { changedAliases.insert(facet.value) }
            insert.bind(2, facet.field.rawValue)
            insert.bind(3, facet.value)
            insert.bind(4, facet.spans)
            try insert.run()
        }
    }

    private func insertFacets(_ facets: [FoundFacet], trace: Int64) throws(SQLiteFailure) {
        let insert = statements.insertFacet
        for facet in facets {
            insert.bind(1, trace)
            insert.bind(2, facet.field.rawValue)
            insert.bind(3, facet.value)
            insert.bind(4, facet.spans)
            try insert.run()
        }
    }

    /// The texts of references as a JSON array.
    private func list(_ references: [Int32]) throws(SQLiteFailure) -> String {
        var texts: [String] = []
        for reference in references.prefix(Self.listLimit) {
            if let text = try text(of: reference) { texts.append(text) }
        }
        return Self.list(texts)
    }

    private static func list(_ texts: [String]) -> String {
        if texts.isEmpty { return "[]" }
        var writer = JSONWriter()
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
        return writer.text
    }
}
