import Basics
import TraceModel

// Agent runs, steps, joints, ledger and clocks as builds wrote them that had no columns: value after value, with the keys
// of spans in place of ordinals.
extension ByteReader {
    private mutating func payload() -> JointPayload? {
        guard let content = word(PayloadDigest.Content.self), let size = integer(Int.self), let isCut = flag(),
            let preview = text()
        else { return nil }
        return JointPayload(content: content, byteCount: size, preview: preview, saysTruncated: isCut)
    }

    mutating func run(_ number: Int32, _ ordinals: (Int64) -> Int32) -> AgentRun? {
        guard let name = optional({ $0.text() }), let role = optional({ $0.text() }),
            let source = word(IdentitySource.self)
        else { return nil }
        var run = AgentRun(number: number, name: name, source: source)
        run.role = role
        guard let declared = optional({ $0.text() }), let instance = integer(Int.self), let attempt = integer(Int.self),
            let reason = optional({ $0.word(AttemptReason.self) }),
            let certainty = optional({ $0.word(FindingCertainty.self) }), let evidence = list({ $0.evidence() }),
            let parent = integer(Int32.self), let relation = word(AgentRelation.self),
            let first = integer(Int32.self), let span = optional({ $0.word() }), let key = signed(),
            let trigger = optional({ $0.word() })
        else { return nil }
        run.declaredInstance = declared
        (run.instance, run.attempt, run.attemptReason, run.attemptCertainty) = (instance, attempt, reason, certainty)
        (run.attemptEvidence, run.parent, run.relation, run.firstAttempt) = (evidence, parent, relation, first)
        (run.spanID, run.triggeringSpanID) = (span.map { SpanID($0) }, trigger.map { SpanID($0) })
        if key != 0 { run.spanOrdinal = ordinals(key) }
        guard let promptName = optional({ $0.text() }), let promptVersion = optional({ $0.text() }),
            let digest = optional({ $0.word() }), let requested = list({ $0.text() }),
            let resolved = list({ $0.text() }), let state = word(AgentState.self),
            let start = optional({ $0.signed() }),
            let end = optional({ $0.signed() }), let spans = integer(Int.self), let models = integer(Int.self),
            let tools = integer(Int.self), let errors = integer(Int.self), let input = optional({ $0.signed() }),
            let output = optional({ $0.signed() }), let counted = integer(Int.self)
        else { return nil }
        (run.promptName, run.promptVersion, run.promptDigest) = (promptName, promptVersion, digest)
        (run.modelsRequested, run.modelsResolved, run.state) = (requested, resolved, state)
        (run.startUnixNano, run.endUnixNano, run.spanCount) = (start, end, spans)
        (run.modelCalls, run.toolCalls, run.errorCount) = (models, tools, errors)
        (run.tokensInput, run.tokensOutput, run.modelCallsWithTokens) = (input, output, counted)
        run.admitNumbers()
        return run
    }

    mutating func step(_ number: Int32, _ ordinals: (Int64) -> Int32) -> StepFigures? {
        guard let run = integer(Int32.self), let inRun = integer(Int32.self), let span = word(), let key = signed(),
            let declared = optional({ $0.signed() }), let isDeclared = flag(), let isError = flag(),
            let start = signed(), let duration = signed(), let spans = integer(Int.self)
        else { return nil }
        var step = StepFigures(
            number: number, run: run, spanID: SpanID(span), startUnixNano: start, durationNanos: duration)
        (step.numberInRun, step.spanOrdinal, step.declaredNumber) = (inRun, ordinals(key), declared)
        (step.isDeclared, step.isError, step.spanCount) = (isDeclared, isError, spans)
        // Such builds knew nine phases.
        for phase in 0..<9 {
            guard let quality = word(FigureQuality.self), let wall = signed(), let work = signed() else { return nil }
            (step.quality[phase], step.wall[phase], step.work[phase]) = (quality, wall, work)
        }
        step.admitNumbers()
        return step
    }

    mutating func joint(into builder: inout ToolJointsBuilder, _ ordinals: (Int64) -> Int32) -> Bool? {
        guard let id = optional({ $0.text() }), let name = optional({ $0.text() }), let run = integer(Int32.self),
            let isByID = flag(), let hops = list({ $0.hop(ordinals) })
        else { return nil }
        builder.begin(id: id, tool: name, run: run, isJoinedByID: isByID)
        for hop in hops { builder.add(hop) }
        return true
    }

    private mutating func hop(_ ordinals: (Int64) -> Int32) -> JointHop? {
        guard let stage = word(JointStage.self), let span = word(), let key = signed(),
            let time = optional({ $0.signed() }), let comparison = word(JointComparison.self),
            let payload = optional({ $0.payload() })
        else { return nil }
        return JointHop(
            stage: stage, spanID: SpanID(span), spanOrdinal: ordinals(key), timeUnixNano: OutsideNumber.time(time),
            comparison: comparison,
            payload: payload)
    }

    mutating func ledgerItem() -> LedgerItem? {
        guard let kind = word(LedgerItem.Kind.self), let expected = optional({ $0.signed() }),
            let recorded = optional({ $0.signed() }), let missing = signed(), let isLowerBound = flag(),
            let countsCalls = flag(), let certainty = word(FindingCertainty.self), let message = text(),
            let span = optional({ $0.word() }), let evidence = list({ $0.evidence() })
        else { return nil }
        var item = LedgerItem(
            kind: kind, missing: missing, message: message, spanID: span.map { SpanID($0) }, certainty: certainty,
            evidence: evidence)
        (item.expected, item.recorded) = (expected, recorded)
        (item.isLowerBound, item.countsCalls) = (isLowerBound, countsCalls)
        return item
    }

    mutating func clock() -> ClockEstimate? {
        guard let number = integer(Int32.self), let name = text(), let spans = integer(Int.self),
            let offset = signed(), let lower = optional({ $0.signed() }), let upper = optional({ $0.signed() }),
            let pairs = integer(Int.self), let basis = word(ClockEstimate.Basis.self)
        else { return nil }
        var clock = ClockEstimate(number: number, name: name, spanCount: spans, basis: basis)
        (clock.offsetNanos, clock.lowerNanos, clock.upperNanos, clock.pairCount) = (offset, lower, upper, pairs)
        return clock
    }
}
