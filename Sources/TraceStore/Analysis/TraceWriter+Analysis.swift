import FastJSON
import TraceAnalysis
import TraceDialect
import TraceModel

/// The analysis of a trace on its way into the database.
struct PreparedAnalysis {
    var report: TraceReport
    /// What it says of each span, in the order of the spans' keys.
    var spans: [AnalysedSpan]
    /// The keys of the spans that findings are about.
    var keys: [SpanID: Int64]
}

extension TraceWriter {
    /// Stores what the payload of a span says for the analysis of its trace; nothing where it says nothing.
    func storeEvidence(_ evidence: SpanEvidence?, key: Int64) throws(SQLiteFailure) {
        guard let evidence else { return }
        let insert = statements.analysis.insertEvidence
        insert.bind(1, key)
        insert.bind(blob: 2, evidence.bytes)
        try insert.run()
    }

    /// Analyses a trace whose spans are all at hand.
    func analyse(_ records: [SpanRecord]) throws -> PreparedAnalysis {
        var builder = TraceInputBuilder(expecting: records.count)
        for record in records {
            builder.add(
                key: record.key, record.packed, resource: record.structure.resource, evidence: record.evidence)
        }
        return try analyse(builder, count: records.count)
    }

    /// Analyses a stored trace.
    func analyse(_ keys: ClosedRange<Int64>) throws -> PreparedAnalysis {
        let statements = statements.analysis
        var builder = TraceInputBuilder(expecting: summarizer.count)
        statements.selectSpans.bind(1, keys.lowerBound)
        statements.selectSpans.bind(2, keys.upperBound)
        statements.selectEvidence.bind(1, keys.lowerBound)
        statements.selectEvidence.bind(2, keys.upperBound)
        defer {
            statements.selectSpans.reset()
            statements.selectEvidence.reset()
        }
        // Both come in the order of keys, so that one walk joins them.
        var hasEvidence = try statements.selectEvidence.step()
        var index = 0
        while try statements.selectSpans.step() {
            let key = statements.selectSpans.int(0)
            guard var packed = statements.selectSpans.withBytes(1, { PackedSpan($0) }) else { continue }
            // What the tree decided a moment ago is not in the rows yet.
            if index < summarizer.count {
                packed.marks = summarizer.marks(at: index)
                let agent = summarizer.agent(at: index)
                (packed.agent, packed.agentInstance, packed.agentSource) = (agent.label, agent.instance, agent.source)
            }
            while hasEvidence, statements.selectEvidence.int(0) < key {
                hasEvidence = try statements.selectEvidence.step()
            }
            var evidence: SpanEvidence?
            if hasEvidence, statements.selectEvidence.int(0) == key {
                evidence = statements.selectEvidence.withBytes(1) { SpanEvidence(bytes: $0) }
            }
            builder.add(key: key, packed, resource: statements.selectSpans.reference(2), evidence: evidence)
            index += 1
        }
        try addFirstChunks(keys, to: &builder)
        return try analyse(builder, count: index)
    }

    private func addFirstChunks(_ keys: ClosedRange<Int64>, to builder: inout TraceInputBuilder) throws {
        guard try holdsStreams() else { return }
        let select = statements.analysis.selectStreams
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        defer { select.reset() }
        while try select.step() {
            let figures = StoredStreamJSON.figures(try JSONValue(parsing: select.text(1) ?? "{}"))
            guard let first = figures.timeToFirstChunkNanos else { continue }
            builder.setFirstChunk(first, ofSpan: select.int(0))
        }
    }

    private func analyse(_ builder: TraceInputBuilder, count: Int) throws -> PreparedAnalysis {
        let (input, order) = try builder.input(
            text: { try text(of: $0) }, clockName: { try clockName(ofResource: $0) })
        let report = TraceAnalyzer.report(of: input)
        var spans = [AnalysedSpan](repeating: AnalysedSpan(), count: count)
        for (index, place) in order.enumerated() {
            var span = AnalysedSpan()
            span.run = report.spanRuns[index]
            span.step = report.spanSteps[index]
            span.clock = input.clocks[index]
            if span.run > 0, report.topology.runs.indices.contains(Int(span.run) - 1) {
                let run = report.topology.runs[Int(span.run) - 1]
                span.attempt = Int32(clamping: run.attempt)
                span.reason = run.attemptReason.map { Int64($0.rawValue) }
            }
            spans[Int(place)] = span
        }
        let wanted = Set(report.findings.compactMap(\.spanID))
        var keys: [SpanID: Int64] = [:]
        if !wanted.isEmpty {
            for span in input.spans where wanted.contains(span.spanID) && keys[span.spanID] == nil {
                keys[span.spanID] = span.key
            }
        }
        return PreparedAnalysis(report: report, spans: spans, keys: keys)
    }

    private func clockName(ofResource reference: Int32) throws -> String {
        if let name = clockNames[reference] { return name }
        let select = statements.analysis.selectResource
        select.bind(1, Int64(reference))
        defer { select.reset() }
        var name = ""
        if try select.step() {
            let attributes = try select.withBytes(0) { json in Result { try PayloadDecoder.attributes(json) } }.get()
            name = Dialect.clockName(of: Resource(attributes: attributes))
        }
        clockNames[reference] = name
        return name
    }

    /// Stores the analysis of a trace in the place of an older one.
    func store(_ analysis: PreparedAnalysis, trace: Int64) throws(SQLiteFailure) {
        let report = analysis.report
        let insert = statements.analysis.insertAnalysis
        insert.bind(1, trace)
        insert.bind(2, TraceAnalyzer.version)
        insert.bind(3, report.topology.spanCount)
        insert.bind(4, report.topology.identifiedSpans)
        insert.bind(5, report.ledger.expectedAtLeast)
        insert.bind(6, report.ledger.recorded)
        insert.bind(blob: 7, StoredAnalysis.bytes(report.topology.runs))
        insert.bind(blob: 8, StoredAnalysis.bytes(report.steps))
        insert.bind(blob: 9, StoredAnalysis.bytes(report.joints))
        insert.bind(blob: 10, StoredAnalysis.bytes(report.ledger.items))
        insert.bind(blob: 11, StoredAnalysis.bytes(report.clocks))
        try insert.run()
        if try holdsStreams() {
            statements.analysis.deleteFindings.bind(1, trace)
            try statements.analysis.deleteFindings.run()
        }
        for finding in report.findings {
            try self.insert(finding, trace: trace, span: finding.spanID.flatMap { analysis.keys[$0] })
        }
        if !report.findings.isEmpty { hasStreams = true }
    }
}
