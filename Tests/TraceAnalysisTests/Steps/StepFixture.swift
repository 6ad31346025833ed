import TraceModel

@testable import TraceAnalysis

/// A trace made by hand: spans with ids from 1 in the order given, times in milliseconds.
struct StepFixture {
    var spans: [SpanRow] = []
    var runs: [Int32] = []
    var evidence: [SpanEvidence] = []
    var evidenceIndices: [Int32] = []

    /// Adds a span and returns its id.
    @discardableResult
    mutating func span(
        _ kind: SpanKind, _ start: Int64?, _ end: Int64?, in parent: UInt64? = nil, run: Int32 = 1,
        firstChunk: Int64? = nil, _ evidence: ((inout SpanEvidence) -> Void)? = nil
    ) -> UInt64 {
        let id = UInt64(spans.count + 1)
        var row = SpanRow(arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: 0)
        row.kind = kind
        row.startUnixNano = start.map { $0 * 1_000_000 }
        row.endUnixNano = end.map { $0 * 1_000_000 }
        row.timeToFirstChunkNanos = firstChunk.map { $0 * 1_000_000 }
        spans.append(row)
        runs.append(run)
        guard let evidence else {
            evidenceIndices.append(-1)
            return id
        }
        var read = SpanEvidence()
        evidence(&read)
        evidenceIndices.append(Int32(self.evidence.count))
        self.evidence.append(read)
        return id
    }

    /// A harness span whose evidence tells its phase.
    @discardableResult
    mutating func chain(_ phase: Phase, _ start: Int64, _ end: Int64, in parent: UInt64?, run: Int32 = 1) -> UInt64 {
        span(.chain, start, end, in: parent, run: run) { $0.phase = phase }
    }

    /// Says of a span that a human was waited for.
    mutating func waiting(_ span: UInt64) { spans[Int(span) - 1].marks.insert(.humanWait) }

    var input: TraceInput {
        TraceInput(
            spans: spans, names: NameTable(), clocks: Array(repeating: 0, count: spans.count), clockNames: [""],
            evidenceIndices: evidenceIndices, evidence: evidence)
    }

    var agents: AgentResolution {
        AgentResolution(
            topology: AgentTopology(spanCount: spans.count), spanRuns: runs, spanSources: spans.map(\.agentSource))
    }

    /// The steps, with the spans in the order that a trace is read in.
    func attribute() -> StepAttribution {
        StepBuilder.attribute(input, forest: SpanForest(spans), agents: agents)
    }
}

extension StepFigures {
    /// The wall time of each phase that has any, in milliseconds.
    var wallMillis: [Phase: Int64] { millis(wall) }

    /// The work of each phase that has any, in milliseconds.
    var workMillis: [Phase: Int64] { millis(work) }

    var startMillis: Int64 { startUnixNano / 1_000_000 }
    var durationMillis: Int64 { durationNanos / 1_000_000 }

    func quality(of phase: Phase) -> FigureQuality { quality[phase.rawValue] }

    private func millis(_ nanos: PhaseValues<Int64>) -> [Phase: Int64] {
        var result: [Phase: Int64] = [:]
        for phase in Phase.allCases where nanos[phase.rawValue] != 0 {
            result[phase] = nanos[phase.rawValue] / 1_000_000
        }
        return result
    }
}
