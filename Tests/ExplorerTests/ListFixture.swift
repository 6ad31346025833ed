import Canvas
import Explorer
import TraceModel
import TraceQuery

/// Agents, steps, joints and a ledger of the small incident, as a back end would give them.
enum ListFixture {
    private static func time(_ seconds: Double) -> Int64 { Fixture.start + Int64(seconds * 1e9) }

    private static func run(
        _ number: Int32, _ name: String?, _ source: IdentitySource, parent: Int32, from: Double, to: Double?,
        change: (inout AgentRun) -> Void = { _ in }
    ) -> AgentRun {
        var run = AgentRun(number: number, name: name, source: source)
        run.parent = parent
        run.relation = parent == 0 ? .root : .invoked
        run.startUnixNano = time(from)
        run.endUnixNano = to.map { time($0) }
        run.state = to == nil ? .unfinished : .ok
        run.spanCount = 12
        run.modelCalls = 4
        run.toolCalls = 8
        run.modelCallsWithTokens = 4
        run.tokensInput = 8_000
        run.tokensOutput = 100
        change(&run)
        return run
    }

    private static func retry(_ attempt: Int, of first: Int32, _ run: inout AgentRun) {
        run.attempt = attempt
        run.attemptReason = .critic
        run.attemptCertainty = .proven
        run.firstAttempt = first
        run.relation = .retried
        run.attemptEvidence = [
            FindingEvidence(spanID: SpanID(7), label: "verdict", value: "rejected: the date is not in the record")
        ]
    }

    static func topology() -> AgentTopology {
        AgentTopology(
            runs: [
                run(1, "planner", .declared, parent: 0, from: 0.1, to: 28.3) {
                    $0.spanID = SpanID(2)
                    $0.modelsRequested = ["gpt-x"]
                    $0.modelsResolved = ["gpt-x-2026-04-30"]
                },
                run(2, "worker", .declared, parent: 1, from: 2.5, to: 8.5) {
                    $0.spanID = SpanID(4)
                    $0.state = .error
                    $0.errorCount = 2
                    $0.modelCallsWithTokens = 3
                },
                run(3, "critic", .inferred, parent: 1, from: 9, to: 10) {
                    $0.spanID = SpanID(7)
                },
                run(4, "worker", .declared, parent: 1, from: 10.5, to: 15.5) {
                    retry(2, of: 2, &$0)
                    $0.spanID = SpanID(20)
                },
                run(5, "worker", .declared, parent: 1, from: 16, to: 25) { retry(3, of: 2, &$0) },
                run(6, "客服代理 👩‍💻", .declared, parent: 1, from: 25, to: nil) {
                    $0.relation = .handedOff
                    $0.tokensInput = nil
                    $0.tokensOutput = nil
                    $0.modelCallsWithTokens = 0
                },
                run(7, nil, .missing, parent: 6, from: 26, to: 27),
            ], identifiedSpans: 312, spanCount: 340)
    }

    static func steps() -> [StepFigures] {
        var steps: [StepFigures] = []
        func add(_ run: Int32, _ seconds: [Phase: Double], bounded: Phase? = nil, change: (inout StepFigures) -> Void) {
            var step = StepFigures(
                number: Int32(steps.count + 1), run: run, spanID: SpanID(UInt64(3 + steps.count)),
                startUnixNano: time(Double(steps.count)), durationNanos: 0)
            step.spanCount = 4
            for (phase, value) in seconds {
                step.wall[phase.rawValue] = Int64((value * 1e9).rounded())
                step.work[phase.rawValue] = step.wall[phase.rawValue]
                step.quality[phase.rawValue] = phase == bounded ? .bounded : .measured
            }
            step.durationNanos = step.wall.reduce(0, +)
            change(&step)
            steps.append(step)
        }
        add(
            1,
            [
                .inputAssembly: 0.08, .prefill: 0.41, .decode: 1.69, .resultHandling: 0.04, .orchestration: 0.06,
                .unattributed: 0.03,
            ]
        ) { _ in }
        add(
            2,
            [
                .inputAssembly: 0.01, .retrieval: 0.3, .prefill: 0.9, .toolExecution: 4, .resultHandling: 0.12,
                .orchestration: 0.5, .unattributed: 0.19,
            ], bounded: .prefill
        ) {
            $0.isError = true
            $0.declaredNumber = 4
            $0.numberInRun = 1
            $0.work[Phase.toolExecution.rawValue] = 9_000_000_000
        }
        add(3, [.modelUnsplit: 2, .unattributed: 1.1]) { $0.isDeclared = true }
        add(0, [.toolExecution: 0]) { _ in }
        return steps
    }

    static func digest(_ preview: String, bytes: Int? = nil, content: PayloadDigest.Content = .value) -> JointPayload {
        JointPayload(content: content, byteCount: bytes ?? preview.utf8.count, preview: preview)
    }

    static func joints() -> ToolJoints {
        func hop(
            _ stage: JointStage, _ span: UInt64, _ at: Double?, _ comparison: JointComparison, _ payload: JointPayload?
        ) -> JointHop {
            JointHop(
                stage: stage, spanID: SpanID(span), timeUnixNano: at.map { time($0) },
                comparison: comparison, payload: payload)
        }
        let order = digest(#"{"order": 7731}"#)
        let empty = digest(#"{"result": null}"#, content: .empty)
        let first = ToolJoint(
            number: 1, callID: "call_9", toolName: "track_order", run: 2, isJoinedByID: true,
            hops: [
                hop(.asked, 5, 4.4, .first, order), hop(.dispatched, 4, 4.418, .equal, order),
                hop(.ran, 6, 4.431, .unknown, nil), hop(.returned, 6, 4.581, .first, empty),
                hop(.delivered, 11, 4.65, .equal, empty),
                hop(.answered, 11, 6.25, .unknown, digest("Your order 7731\narrives on Thursday between 10 and 12.")),
            ])
        let second = ToolJoint(
            number: 2, callID: nil, toolName: "检索 \u{202e}evil\u{1b}[31m", run: 0,
            hops: [
                hop(.ran, 20, 9, .first, digest("{\n  \"q\": \"订单\"\n}")),
                hop(.returned, 20, 9.3, .first, digest(String(repeating: "x", count: 240), bytes: 48_211)),
                hop(.delivered, 11, 12, .truncated, digest(String(repeating: "x", count: 240), bytes: 4_096)),
            ])
        let third = ToolJoint(
            number: 3, callID: "call_10", toolName: "refund", run: 1, hops: [hop(.asked, 5, 4.4, .first, order)])
        return [third, first, second]
    }

    static func findings() -> [Finding] {
        [
            Finding(
                rule: "joint.empty_result", severity: .warning, certainty: .proven,
                message: "track_order returned nothing under OK and the answer names a day.", spanID: SpanID(6),
                evidence: [
                    FindingEvidence(spanID: SpanID(6), label: "call id", value: "call_9"),
                    FindingEvidence(spanID: SpanID(6), label: "result", value: #"{"result": null}"#),
                ])
        ]
    }

    static func findingRules() -> [FindingRuleCount] {
        func count(
            _ rule: String, _ severity: FindingSeverity, _ traces: Int, _ findings: Int, ago: Int64?
        ) -> FindingRuleCount {
            FindingRuleCount(
                rule: rule, severity: severity, traceCount: traces, findingCount: findings,
                newestTraceID: TraceID(high: 0xabc, low: UInt64(traces)),
                newestStartUnixNano: ago.map { Fixture.start - $0 * Fixture.second })
        }
        return [
            count("joint.arguments_changed", .error, 3, 4, ago: 0),
            count("joint.empty_result", .warning, 1204, 3310, ago: 151),
            count("stream.stall", .hint, 12, 12, ago: 90_000), count("custom.\u{1b}[31mrule", .hint, 1, 1, ago: nil),
        ]
    }

    static func ledger() -> TraceLedger {
        var parent = LedgerItem(
            kind: .missingParent, missing: 1, message: "Span 00000000deadbeef is named as a parent and not recorded.",
            spanID: SpanID(9), evidence: [FindingEvidence(spanID: SpanID(9), label: "children", value: "1")])
        parent.countsCalls = true
        parent.isLowerBound = true
        var declared = LedgerItem(
            kind: .declaredChildren, missing: 38, message: "“规划 planner” says 46 tool calls; 8 are recorded.",
            spanID: SpanID(2), evidence: [FindingEvidence(spanID: SpanID(2), label: "agent.tool_calls", value: "46")])
        declared.expected = 46
        declared.recorded = 8
        declared.isLowerBound = true
        declared.countsCalls = true
        let redacted = LedgerItem(
            kind: .redactedValues, missing: 0, message: "2 values were withheld by the producer.", spanID: nil,
            certainty: .inferred)
        return TraceLedger(expectedAtLeast: 47, recorded: 8, items: [declared, parent, redacted])
    }
}
