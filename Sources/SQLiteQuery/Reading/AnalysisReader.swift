import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension AgentsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceAgents {
        try AnalysisReader(session: session).agents(trace)
    }
}

extension StepsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceSteps {
        try AnalysisReader(session: session).steps(trace)
    }
}

extension JointsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceJoints {
        try AnalysisReader(session: session).joints(trace)
    }
}

extension LedgerRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceLedgerPage {
        try AnalysisReader(session: session).ledger(trace)
    }
}

/// Reads what the analysis of a trace says, each part for itself.
///
/// A trace that was not analysed, as in an older file, reads as one of which nothing is known; its summary says so, and
/// also which other version analysed it, and what of that cannot be read.
struct AnalysisReader {
    let session: ReadSession

    /// The parts that are stored as one blob each; the raw values are their columns.
    enum Part: String, CaseIterable {
        case agents, steps, joints, ledger, clocks
    }

    /// One part of a trace's analysis.
    static func select(_ part: Part) -> String { "SELECT \(part.rawValue), version FROM analysis WHERE trace = ?1" }
    /// The counts of a trace's analysis.
    static let selectCounts = """
        SELECT spans, identified_spans, expected_calls, recorded_calls, version FROM analysis WHERE trace = ?1
        """

    static let selectOrdinals = """
        SELECT key, ordinal FROM span INDEXED BY span_identity WHERE trace = ?1 AND ordinal > 0
        """

    func agents(_ reference: TraceReference) throws -> TraceAgents {
        var (key, summary) = try trace(reference)
        let topology = try topology(key, &summary.analysis)
        return TraceAgents(summary: summary, topology: topology)
    }

    func steps(_ reference: TraceReference) throws -> TraceSteps {
        var (key, summary) = try trace(reference)
        let steps = try read(.steps, key, &summary.analysis) { StoredAnalysis.steps($0, $1) } ?? []
        let topology = try topology(key, &summary.analysis)
        return TraceSteps(summary: summary, topology: topology, steps: steps)
    }

    func joints(_ reference: TraceReference) throws -> TraceJoints {
        var (key, summary) = try trace(reference)
        let joints = try joints(ofTrace: key, &summary.analysis)
        let topology = try topology(key, &summary.analysis)
        var result = TraceJoints(summary: summary, topology: topology, joints: joints)
        if try session.holdsStreams() {
            result.findings = try StoredStreamReader(session.connection.handle).findings(ofTrace: key)
        }
        return result
    }

    func ledger(_ reference: TraceReference) throws -> TraceLedgerPage {
        var (key, summary) = try trace(reference)
        let coverage = summary.coverage
        let items = try read(.ledger, key, &summary.analysis) { bytes, _ in StoredAnalysis.ledgerItems(bytes) } ?? []
        return TraceLedgerPage(
            summary: summary,
            ledger: TraceLedger(
                expectedAtLeast: coverage?.expectedAtLeast ?? 0, recorded: coverage?.recorded ?? 0, items: items))
    }

    // MARK: Parts

    func joints(ofTrace key: Int64, _ state: inout AnalysisState) throws -> ToolJoints {
        try read(.joints, key, &state) { StoredAnalysis.joints($0, $1) } ?? []
    }

    /// The agent runs of a trace, with how many of its spans can be told apart.
    func topology(_ trace: Int64, _ state: inout AnalysisState) throws -> AgentTopology {
        let runs = try read(.agents, trace, &state) { StoredAnalysis.runs($0, $1) } ?? []
        let counts = try counts(trace)
        return AgentTopology(runs: runs, identifiedSpans: counts?.identified ?? 0, spanCount: counts?.spans ?? 0)
    }

    func clocks(_ trace: Int64, _ state: inout AnalysisState) throws -> [ClockEstimate] {
        try read(.clocks, trace, &state) { bytes, _ in StoredAnalysis.clocks(bytes) } ?? []
    }

    /// The calls that are expected and recorded, nil where nothing was analysed, and by which version.
    func coverage(_ trace: Int64) throws -> (coverage: TraceCoverage?, state: AnalysisState) {
        guard let counts = try counts(trace) else { return (nil, .missing) }
        return (counts.coverage, counts.version == TraceAnalyzer.version ? .current : .other(version: counts.version))
    }

    private func trace(_ reference: TraceReference) throws -> (key: Int64, summary: TraceSummary) {
        let key = try ReferenceResolver(session: session).trace(reference)
        return (key, try TraceListReader(session: session).summary(key))
    }

    private func counts(
        _ trace: Int64
    ) throws -> (spans: Int, identified: Int, coverage: TraceCoverage, version: Int)? {
        guard try session.holdsAnalysis() else { return nil }
        let select = try session.statement(Self.selectCounts)
        select.bind(1, trace)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return (
            select.count(0), select.count(1),
            TraceCoverage(expectedAtLeast: select.count(2), recorded: select.count(3)), select.count(4)
        )
    }

    /// A part of the analysis; nil where there is none, or where it cannot be read, which the state then says.
    private func read<Values>(
        _ part: Part, _ trace: Int64, _ state: inout AnalysisState,
        _ decode: (UnsafeRawBufferPointer, StoredAnalysis.Ordinals) -> Values?
    ) throws -> Values? {
        guard try session.holdsAnalysis() else { return nil }
        let select = try session.statement(Self.select(part))
        select.bind(1, trace)
        defer { select.reset() }
        guard try select.step() else { return nil }
        // Only older builds stored keys, and few traces have spans with an ordinal.
        var ordinals: Result<[Int64: Int32], any Error>?
        let values = select.withBytes(0) { bytes in
            decode(bytes) { key in
                let known = ordinals ?? Result { try self.ordinals(ofTrace: trace) }
                ordinals = known
                return (try? known.get())?[key] ?? 0
            }
        }
        if let ordinals { _ = try ordinals.get() }
        if values == nil { state = .unreadable(version: select.count(1)) }
        return values
    }

    /// The spans of a trace that are not the first with their ids.
    private func ordinals(ofTrace trace: Int64) throws -> [Int64: Int32] {
        let select = try session.statement(Self.selectOrdinals)
        select.bind(1, trace)
        defer { select.reset() }
        var ordinals: [Int64: Int32] = [:]
        while try select.step() { ordinals[select.int(0)] = Int32(truncatingIfNeeded: select.int(1)) }
        return ordinals
    }
}
