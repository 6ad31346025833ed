import TraceModel
import TraceQuery

/// What the analysis of a small trace could say: two agents, a retry, two steps, a tool call whose result was empty.
enum AnalysisFixture {
    static let start: Int64 = 1_795_000_000_000_000_000

    static var topology: AgentTopology {
        var lead = AgentRun(number: 1, name: "lead", source: .declared)
        lead.spanID = SpanID(0xa1)
        lead.startUnixNano = start
        lead.endUnixNano = start + 9_000_000_000
        lead.spanCount = 1
        var first = AgentRun(number: 2, name: "worker", source: .declared)
        first.parent = 1
        first.relation = .invoked
        first.state = .cancelled
        first.spanID = SpanID(0xb1)
        var second = AgentRun(number: 3, name: "worker", source: .inferred)
        second.role = "writer"
        second.attempt = 2
        second.attemptReason = .critic
        second.attemptCertainty = .proven
        second.attemptEvidence = [FindingEvidence(spanID: SpanID(0xc1), label: "verdict", value: "\u{1B}[31mno")]
        second.firstAttempt = 2
        second.parent = 1
        second.relation = .retried
        second.spanID = SpanID(0xb2)
        second.triggeringSpanID = SpanID(0xc1)
        second.promptDigest = 0xFEED
        second.modelsRequested = ["gpt-4.1"]
        second.modelsResolved = ["gpt-4.1-2025-04-14"]
        second.startUnixNano = start + 4_000_000_000
        second.spanCount = 4
        second.modelCalls = 2
        second.toolCalls = 1
        second.tokensInput = 1210
        second.modelCallsWithTokens = 1
        return AgentTopology(runs: [lead, first, second], identifiedSpans: 5, spanCount: 6)
    }

    static var steps: [StepFigures] {
        var first = StepFigures(
            number: 1, run: 3, spanID: SpanID(0xd1), startUnixNano: start, durationNanos: 3_000_000_000)
        set(&first, .prefill, 800_000_000, .bounded)
        set(&first, .decode, 400_000_000, .measured)
        set(&first, .toolExecution, 1_500_000_000, .measured, work: 2_900_000_000)
        set(&first, .orchestration, 0, .measured)
        set(&first, .unattributed, 300_000_000, .measured)
        first.declaredNumber = 7
        first.isDeclared = true
        first.spanCount = 3
        var second = StepFigures(
            number: 2, run: 9, spanID: SpanID(0xd2), startUnixNano: start + 3_000_000_000, durationNanos: 0)
        second.numberInRun = 2
        second.isError = true
        return [first, second]
    }

    private static func set(
        _ step: inout StepFigures, _ phase: Phase, _ wall: Int64, _ quality: FigureQuality, work: Int64? = nil
    ) {
        step.wall[phase.rawValue] = wall
        step.work[phase.rawValue] = work ?? wall
        step.quality[phase.rawValue] = quality
    }

    static var joints: ToolJoints {
        let arguments = JointPayload(byteCount: 16, preview: #"{"order":"7731"}"#)
        let null = JointPayload(content: .empty, byteCount: 16, preview: #"{"result": null}"#)
        let answer = JointPayload(byteCount: 90, preview: "Thursday \u{1B}]0;x\u{07}\u{202E}\nsoon")
        func hop(
            _ stage: JointStage, _ span: UInt64, _ seconds: Int64?, _ comparison: JointComparison,
            _ payload: JointPayload?
        ) -> JointHop {
            JointHop(
                stage: stage, spanID: SpanID(span), timeUnixNano: seconds.map { start + $0 * 1_000_000_000 },
                comparison: comparison, payload: payload)
        }
        let joint = ToolJoint(
            number: 1, callID: "call_9", toolName: "track_order", run: 3, isJoinedByID: true,
            hops: [
                hop(.asked, 0xd1, 1, .first, arguments), hop(.ran, 0xe1, 2, .equal, arguments),
                hop(.returned, 0xe1, 4, .first, null), hop(.delivered, 0xd2, nil, .equivalent, null),
                hop(.answered, 0xd2, 9, .different, answer),
            ])
        let unanswered = ToolJoint(
            number: 2, callID: nil, toolName: nil, run: 0, hops: [hop(.asked, 0xd2, 8, .first, nil)])
        return [joint, unanswered]
    }

    static var findings: [Finding] {
        [
            Finding(
                rule: "latency.unattributed", severity: .hint, certainty: .proven, message: "30% is unattributed",
                spanID: nil),
            Finding(
                rule: "joint.empty_result", severity: .warning, certainty: .proven,
                message: "track_order gave {\"result\": null} under OK\u{1B}[2J",
                spanID: SpanID(0xe1),
                evidence: [FindingEvidence(spanID: SpanID(0xe1), label: "result", value: "{\"result\":\n null}")]),
        ]
    }

    static var ledger: TraceLedger {
        var children = LedgerItem(
            kind: .declaredChildren, missing: 39, message: "lead says 47 tool calls; 8 are recorded",
            spanID: SpanID(0xa1),
            evidence: [FindingEvidence(spanID: SpanID(0xa1), label: "agent.children.expected", value: "47")])
        children.expected = 47
        children.recorded = 8
        children.isLowerBound = true
        children.countsCalls = true
        let cycle = LedgerItem(
            kind: .parentCycle, missing: 0, message: "a \u{202E}circle\nof parents", spanID: nil, certainty: .inferred)
        return TraceLedger(expectedAtLeast: 47, recorded: 8, items: [children, cycle])
    }

    static var aliases: [ModelAlias] {
        var first = ModelAlias(
            requested: "gpt-4.1", resolved: "gpt-4.1-2025-04-14", calls: 12, firstTraceID: Fixture.traceID)
        first.firstUnixNano = start
        first.lastUnixNano = start + 3_600_000_000_000
        var second = first
        second.resolved = "gpt-4.1-2026-01-20"
        second.firstUnixNano = start + 3_700_000_000_000
        second.lastUnixNano = nil
        second.isFlip = true
        let third = ModelAlias(requested: "local\u{1B}c", resolved: nil, calls: 1, firstTraceID: Fixture.traceID)
        return [first, second, third]
    }

    static var backend: FakeBackend {
        let summary = Fixture.summary
        var backend = FakeBackend()
        backend.agents = TraceAgents(summary: summary, topology: topology)
        backend.steps = TraceSteps(summary: summary, topology: topology, steps: steps)
        backend.joints = TraceJoints(summary: summary, topology: topology, joints: joints, findings: findings)
        backend.ledger = TraceLedgerPage(summary: summary, ledger: ledger)
        backend.findingRules = findings.reversed().map { finding in
            let isRare = finding.severity == .hint
            return FindingRuleCount(
                rule: finding.rule, severity: finding.severity, traceCount: isRare ? 1 : 3,
                findingCount: isRare ? 1 : 12, newestTraceID: summary.traceID,
                newestStartUnixNano: isRare ? nil : 1_795_399_901_000_000_000)
        }
        backend.findings = findings.map {
            FindingPage.Row(
                traceID: Fixture.traceID, span: $0.spanID.map { SpanAddress(trace: Fixture.traceID, span: $0) },
                finding: $0)
        }
        backend.phases = PhaseStatistics(
            traceCount: 2, stepCount: 40,
            phases: [
                PhaseDistribution(
                    phase: .prefill, count: 38, p50: 800_000_000, p95: 2_100_000_000, p99: 2_200_000_000,
                    isBounded: true),
                PhaseDistribution(phase: .retrieval, count: 0, p50: 0, p95: 0, p99: 0, isBounded: false),
            ], total: StepDistribution(p50: 3_000_000_000, p95: 28_000_000_000, p99: 31_000_000_000))
        backend.models = aliases
        backend.attributes = [
            AttributeCardinality(
                key: "request.id", spans: 9000, distinctValues: 8000, isLowerBound: true, exampleValue: "r\n1"),
            AttributeCardinality(
                key: "env", spans: 9000, distinctValues: 2, isLowerBound: false, exampleValue: nil),
        ]
        return backend
    }
}
