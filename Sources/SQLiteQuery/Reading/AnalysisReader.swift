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
/// A trace that was not analysed, as in an older file, reads as one of which nothing is known.
struct AnalysisReader {
    let session: ReadSession

    /// The parts that are stored as one blob each; the raw values are their columns.
    enum Part: String, CaseIterable {
        case agents, steps, joints, ledger, clocks
    }

    /// One part of a trace's analysis.
    static func select(_ part: Part) -> String { "SELECT \(part.rawValue) FROM analysis WHERE trace = ?1" }
    /// The counts of a trace's analysis.
    static let selectCounts = """
        SELECT spans, identified_spans, expected_calls, recorded_calls FROM analysis WHERE trace = ?1
        """

    func agents(_ reference: TraceReference) throws -> TraceAgents {
        let summary = try summary(reference)
        return TraceAgents(summary: summary, topology: try topology(summary.key))
    }

    func steps(_ reference: TraceReference) throws -> TraceSteps {
        let summary = try summary(reference)
        let steps = try read(.steps, summary.key) { StoredAnalysis.steps($0) } ?? []
        return TraceSteps(summary: summary, topology: try topology(summary.key), steps: steps)
    }

    func joints(_ reference: TraceReference) throws -> TraceJoints {
        let summary = try summary(reference)
        let joints = try read(.joints, summary.key) { StoredAnalysis.joints($0) } ?? []
        var result = TraceJoints(summary: summary, topology: try topology(summary.key), joints: joints)
        if try session.holdsStreams() {
            result.findings = try StoredStreamReader(session.connection.handle).findings(ofTrace: summary.key)
        }
        return result
    }

    func ledger(_ reference: TraceReference) throws -> TraceLedgerPage {
        let summary = try summary(reference)
        let coverage = try coverage(summary.key)
        let items = try read(.ledger, summary.key) { StoredAnalysis.ledgerItems($0) } ?? []
        return TraceLedgerPage(
            summary: summary,
            ledger: TraceLedger(
                expectedAtLeast: coverage?.expectedAtLeast ?? 0, recorded: coverage?.recorded ?? 0, items: items))
    }

    // MARK: Parts

    /// The agent runs of a trace, with how many of its spans can be told apart.
    func topology(_ trace: Int64) throws -> AgentTopology {
        let runs = try read(.agents, trace) { StoredAnalysis.runs($0) } ?? []
        let counts = try counts(trace)
        return AgentTopology(runs: runs, identifiedSpans: counts?.identified ?? 0, spanCount: counts?.spans ?? 0)
    }

    func clocks(_ trace: Int64) throws -> [ClockEstimate] {
        try read(.clocks, trace) { StoredAnalysis.clocks($0) } ?? []
    }

    /// The calls that are expected and recorded; nil where nothing was analysed.
    func coverage(_ trace: Int64) throws -> TraceCoverage? {
        try counts(trace)?.coverage
    }

    private func summary(_ reference: TraceReference) throws -> TraceSummary {
        let key = try ReferenceResolver(session: session).trace(reference)
        return try TraceListReader(session: session).summary(key)
    }

    private func counts(_ trace: Int64) throws -> (spans: Int, identified: Int, coverage: TraceCoverage)? {
        guard try session.holdsAnalysis() else { return nil }
        let select = try session.statement(Self.selectCounts)
        select.bind(1, trace)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return (
            select.count(0), select.count(1),
            TraceCoverage(expectedAtLeast: select.count(2), recorded: select.count(3))
        )
    }

    /// A part of the analysis; nil where there is none, or where it is damaged.
    private func read<Values>(
        _ part: Part, _ trace: Int64, _ decode: (UnsafeRawBufferPointer) -> Values?
    ) throws -> Values? {
        guard try session.holdsAnalysis() else { return nil }
        let select = try session.statement(Self.select(part))
        select.bind(1, trace)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return select.withBytes(0) { decode($0) }
    }
}
