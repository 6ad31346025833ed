/// The stored forms of agent runs, steps, ledger and clocks: columns with one value for each run, step, line or clock.
///
/// Evidence and texts are as `ByteWriter` writes them. Cases that only newer builds know read as the plainest one.
package enum AnalysisForm {
    /// The first number of the forms; 1 stands before those that had no columns.
    package static let version: UInt64 = 2

    private enum RunColumn: UInt64, StoredColumn {
        case count = 1
        case sources, names, roles, declaredInstances, instances, attempts, attemptReasons, attemptCertainties
        case attemptEvidence, parents, relations, firstAttempts, spanIDs, spanOrdinals, triggers
        case promptNames, promptVersions, promptDigests, modelsRequested, modelsResolved, states, starts, ends
        case spanCounts, modelCalls, toolCalls, errorCounts, tokensInput, tokensOutput, callsWithTokens
    }

    package static func bytes(_ runs: [AgentRun]) -> [UInt8] {
        var columns = ColumnWriter<RunColumn>()
        columns.write(.count) { $0.number(UInt64(runs.count)) }
        for run in runs {
            columns.write(.sources) { $0.integer(run.source.rawValue) }
            columns.write(.names) { $0.optional(run.name) { $0.text($1) } }
            columns.write(.roles) { $0.optional(run.role) { $0.text($1) } }
            columns.write(.declaredInstances) { $0.optional(run.declaredInstance) { $0.text($1) } }
            columns.write(.instances) { $0.integer(run.instance) }
            columns.write(.attempts) { $0.integer(run.attempt) }
            columns.write(.attemptReasons) { $0.optional(run.attemptReason) { $0.integer($1.rawValue) } }
            columns.write(.attemptCertainties) { $0.optional(run.attemptCertainty) { $0.integer($1.rawValue) } }
            columns.write(.attemptEvidence) { $0.list(run.attemptEvidence) { $0.evidence($1) } }
            columns.write(.parents) { $0.integer(run.parent) }
            columns.write(.relations) { $0.integer(run.relation.rawValue) }
            columns.write(.firstAttempts) { $0.integer(run.firstAttempt) }
            columns.write(.spanIDs) { $0.optional(run.spanID) { $0.word($1.rawValue) } }
            columns.write(.spanOrdinals) { $0.integer(run.spanOrdinal) }
            columns.write(.triggers) { $0.optional(run.triggeringSpanID) { $0.word($1.rawValue) } }
            columns.write(.promptNames) { $0.optional(run.promptName) { $0.text($1) } }
            columns.write(.promptVersions) { $0.optional(run.promptVersion) { $0.text($1) } }
            columns.write(.promptDigests) { $0.optional(run.promptDigest) { $0.word($1) } }
            columns.write(.modelsRequested) { $0.list(run.modelsRequested) { $0.text($1) } }
            columns.write(.modelsResolved) { $0.list(run.modelsResolved) { $0.text($1) } }
            columns.write(.states) { $0.integer(run.state.rawValue) }
            columns.write(.starts) { $0.optional(run.startUnixNano) { $0.signed($1) } }
            columns.write(.ends) { $0.optional(run.endUnixNano) { $0.signed($1) } }
            columns.write(.spanCounts) { $0.integer(run.spanCount) }
            columns.write(.modelCalls) { $0.integer(run.modelCalls) }
            columns.write(.toolCalls) { $0.integer(run.toolCalls) }
            columns.write(.errorCounts) { $0.integer(run.errorCount) }
            columns.write(.tokensInput) { $0.optional(run.tokensInput) { $0.signed($1) } }
            columns.write(.tokensOutput) { $0.optional(run.tokensOutput) { $0.signed($1) } }
            columns.write(.callsWithTokens) { $0.integer(run.modelCallsWithTokens) }
        }
        return columns.bytes(version: version, counting: [.sources])
    }

    /// Reads what stands behind the version; nil for whatever does not fit, here and below.
    package static func runs(_ reader: inout ByteReader) -> [AgentRun]? {
        guard var columns = ColumnReader<RunColumn>(&reader) else { return nil }
        return columns.rows(countedBy: .sources, .count) { columns, number in
            guard let source = columns.choice(.sources, IdentitySource.missing),
                let name = columns.optional(.names, { $0.text() }), let role = columns.optional(.roles, { $0.text() }),
                let declared = columns.optional(.declaredInstances, { $0.text() }),
                let instance = columns.integer(.instances, Int.self),
                let attempt = columns.integer(.attempts, Int.self),
                let reason = columns.optional(.attemptReasons, { $0.signed() }),
                let certainty = columns.optional(.attemptCertainties, { $0.signed() }),
                let evidence = columns.list(.attemptEvidence, { $0.evidence() }),
                let parent = columns.integer(.parents, Int32.self),
                let relation = columns.choice(.relations, AgentRelation.root),
                let first = columns.integer(.firstAttempts, Int32.self),
                let span = columns.optional(.spanIDs, { $0.word() }),
                let ordinal = columns.integer(.spanOrdinals, Int32.self),
                let trigger = columns.optional(.triggers, { $0.word() })
            else { return nil }
            var run = AgentRun(number: Int32(clamping: number + 1), name: name, source: source)
            (run.role, run.declaredInstance, run.instance, run.attempt) = (role, declared, instance, attempt)
            run.attemptReason = reason.map { AttemptReason(rawValue: Int(clamping: $0)) ?? .unknown }
            run.attemptCertainty = certainty.map { FindingCertainty(rawValue: Int(clamping: $0)) ?? .cannotTell }
            (run.attemptEvidence, run.parent, run.relation, run.firstAttempt) = (evidence, parent, relation, first)
            (run.spanID, run.spanOrdinal) = (span.map { SpanID($0) }, ordinal)
            run.triggeringSpanID = trigger.map { SpanID($0) }
            guard let promptName = columns.optional(.promptNames, { $0.text() }),
                let promptVersion = columns.optional(.promptVersions, { $0.text() }),
                let digest = columns.optional(.promptDigests, { $0.word() }),
                let requested = columns.list(.modelsRequested, { $0.text() }),
                let resolved = columns.list(.modelsResolved, { $0.text() }),
                let state = columns.choice(.states, AgentState.ok),
                let start = columns.optional(.starts, { $0.signed() }),
                let end = columns.optional(.ends, { $0.signed() }),
                let spans = columns.integer(.spanCounts, Int.self), let models = columns.integer(.modelCalls, Int.self),
                let tools = columns.integer(.toolCalls, Int.self), let errors = columns.integer(.errorCounts, Int.self),
                let input = columns.optional(.tokensInput, { $0.signed() }),
                let output = columns.optional(.tokensOutput, { $0.signed() }),
                let counted = columns.integer(.callsWithTokens, Int.self)
            else { return nil }
            (run.promptName, run.promptVersion, run.promptDigest) = (promptName, promptVersion, digest)
            (run.modelsRequested, run.modelsResolved, run.state) = (requested, resolved, state)
            (run.startUnixNano, run.endUnixNano, run.spanCount) = (start, end, spans)
            (run.modelCalls, run.toolCalls, run.errorCount) = (models, tools, errors)
            (run.tokensInput, run.tokensOutput, run.modelCallsWithTokens) = (input, output, counted)
            run.admitNumbers()
            return run
        }
    }

    // MARK: Steps

    private enum StepColumn: UInt64, StoredColumn {
        case count = 1
        case spanIDs, spanOrdinals, runs, numbersInRun, declaredNumbers, areDeclared, areErrors, starts, durations
        case spanCounts
        // One for each phase of each step, phase by phase in the order of their raw values: those that the first builds
        // knew, and the ones that came later.
        case qualities, wall, work
        case laterQualities, laterWall, laterWork

        static let phases: [(phases: Range<Int>, qualities: Self, wall: Self, work: Self)] = [
            (0..<9, .qualities, .wall, .work), (9..<10, .laterQualities, .laterWall, .laterWork),
        ]
    }

    package static func bytes(_ steps: [StepFigures]) -> [UInt8] {
        var columns = ColumnWriter<StepColumn>()
        columns.write(.count) { $0.number(UInt64(steps.count)) }
        for step in steps {
            columns.write(.spanIDs) { $0.word(step.spanID.rawValue) }
            columns.write(.spanOrdinals) { $0.integer(step.spanOrdinal) }
            columns.write(.runs) { $0.integer(step.run) }
            columns.write(.numbersInRun) { $0.integer(step.numberInRun) }
            columns.write(.declaredNumbers) { $0.optional(step.declaredNumber) { $0.signed($1) } }
            columns.write(.areDeclared) { $0.flag(step.isDeclared) }
            columns.write(.areErrors) { $0.flag(step.isError) }
            columns.write(.starts) { $0.signed(step.startUnixNano) }
            columns.write(.durations) { $0.signed(step.durationNanos) }
            columns.write(.spanCounts) { $0.integer(step.spanCount) }
            for (phases, qualities, wall, work) in StepColumn.phases {
                columns.write(qualities) { for phase in phases { $0.integer(step.quality[phase].rawValue) } }
                columns.write(wall) { for phase in phases { $0.signed(step.wall[phase]) } }
                columns.write(work) { for phase in phases { $0.signed(step.work[phase]) } }
            }
        }
        return columns.bytes(version: version, counting: [.spanIDs])
    }

    package static func steps(_ reader: inout ByteReader) -> [StepFigures]? {
        guard var columns = ColumnReader<StepColumn>(&reader) else { return nil }
        return columns.rows(countedBy: .spanIDs, .count) { columns, number in
            guard let span = columns.word(.spanIDs), let ordinal = columns.integer(.spanOrdinals, Int32.self),
                let run = columns.integer(.runs, Int32.self), let inRun = columns.integer(.numbersInRun, Int32.self),
                let declared = columns.optional(.declaredNumbers, { $0.signed() }),
                let isDeclared = columns.flag(.areDeclared), let isError = columns.flag(.areErrors),
                let start = columns.signed(.starts), let duration = columns.signed(.durations),
                let spans = columns.integer(.spanCounts, Int.self)
            else { return nil }
            var step = StepFigures(
                number: Int32(clamping: number + 1), run: run, spanID: SpanID(span), startUnixNano: start,
                durationNanos: duration)
            (step.spanOrdinal, step.numberInRun, step.declaredNumber) = (ordinal, inRun, declared)
            (step.isDeclared, step.isError, step.spanCount) = (isDeclared, isError, spans)
            for (phases, qualities, walls, works) in StepColumn.phases {
                for phase in phases {
                    guard let quality = columns.choice(qualities, FigureQuality.unknown),
                        let wall = columns.signed(walls), let work = columns.signed(works)
                    else { return nil }
                    (step.quality[phase], step.wall[phase], step.work[phase]) = (quality, wall, work)
                }
            }
            step.admitNumbers()
            return step
        }
    }

    // MARK: Ledger

    private enum LedgerColumn: UInt64, StoredColumn {
        case count = 1
        case kinds, expected, recorded, missing, areLowerBounds, countCalls, certainties, messages, spanIDs, evidence
    }

    package static func bytes(_ items: [LedgerItem]) -> [UInt8] {
        var columns = ColumnWriter<LedgerColumn>()
        columns.write(.count) { $0.number(UInt64(items.count)) }
        for item in items {
            columns.write(.kinds) { $0.integer(item.kind.rawValue) }
            columns.write(.expected) { $0.optional(item.expected) { $0.signed($1) } }
            columns.write(.recorded) { $0.optional(item.recorded) { $0.signed($1) } }
            columns.write(.missing) { $0.signed(item.missing) }
            columns.write(.areLowerBounds) { $0.flag(item.isLowerBound) }
            columns.write(.countCalls) { $0.flag(item.countsCalls) }
            columns.write(.certainties) { $0.integer(item.certainty.rawValue) }
            columns.write(.messages) { $0.text(item.message) }
            columns.write(.spanIDs) { $0.optional(item.spanID) { $0.word($1.rawValue) } }
            columns.write(.evidence) { $0.list(item.evidence) { $0.evidence($1) } }
        }
        return columns.bytes(version: version, counting: [.kinds])
    }

    /// Lines of a kind that only newer builds know are left out.
    package static func ledgerItems(_ reader: inout ByteReader) -> [LedgerItem]? {
        guard var columns = ColumnReader<LedgerColumn>(&reader) else { return nil }
        let items = columns.rows(countedBy: .kinds, .count) { columns, _ -> LedgerItem?? in
            guard let kind = columns.signed(.kinds), let expected = columns.optional(.expected, { $0.signed() }),
                let recorded = columns.optional(.recorded, { $0.signed() }), let missing = columns.signed(.missing),
                let isLowerBound = columns.flag(.areLowerBounds), let countsCalls = columns.flag(.countCalls),
                let certainty = columns.choice(.certainties, FindingCertainty.cannotTell),
                let message = columns.text(.messages), let span = columns.optional(.spanIDs, { $0.word() }),
                let evidence = columns.list(.evidence, { $0.evidence() })
            else { return nil }
            guard let known = LedgerItem.Kind(rawValue: Int(clamping: kind)) else { return .some(nil) }
            var item = LedgerItem(
                kind: known, missing: missing, message: message, spanID: span.map { SpanID($0) }, certainty: certainty,
                evidence: evidence)
            (item.expected, item.recorded) = (expected, recorded)
            (item.isLowerBound, item.countsCalls) = (isLowerBound, countsCalls)
            return item
        }
        return items.map { $0.compactMap { $0 } }
    }

    // MARK: Clocks

    private enum ClockColumn: UInt64, StoredColumn {
        case count = 1
        case numbers, names, spanCounts, offsets, lowerBounds, upperBounds, pairCounts, bases
    }

    package static func bytes(_ clocks: [ClockEstimate]) -> [UInt8] {
        var columns = ColumnWriter<ClockColumn>()
        columns.write(.count) { $0.number(UInt64(clocks.count)) }
        for clock in clocks {
            columns.write(.numbers) { $0.integer(clock.number) }
            columns.write(.names) { $0.text(clock.name) }
            columns.write(.spanCounts) { $0.integer(clock.spanCount) }
            columns.write(.offsets) { $0.signed(clock.offsetNanos) }
            columns.write(.lowerBounds) { $0.optional(clock.lowerNanos) { $0.signed($1) } }
            columns.write(.upperBounds) { $0.optional(clock.upperNanos) { $0.signed($1) } }
            columns.write(.pairCounts) { $0.integer(clock.pairCount) }
            columns.write(.bases) { $0.integer(clock.basis.rawValue) }
        }
        return columns.bytes(version: version, counting: [.numbers])
    }

    package static func clocks(_ reader: inout ByteReader) -> [ClockEstimate]? {
        guard var columns = ColumnReader<ClockColumn>(&reader) else { return nil }
        return columns.rows(countedBy: .numbers, .count) { columns, _ in
            guard let number = columns.integer(.numbers, Int32.self), let name = columns.text(.names),
                let spans = columns.integer(.spanCounts, Int.self), let offset = columns.signed(.offsets),
                let lower = columns.optional(.lowerBounds, { $0.signed() }),
                let upper = columns.optional(.upperBounds, { $0.signed() }),
                let pairs = columns.integer(.pairCounts, Int.self),
                let basis = columns.choice(.bases, ClockEstimate.Basis.unconnected)
            else { return nil }
            var clock = ClockEstimate(number: number, name: name, spanCount: spans, basis: basis)
            (clock.offsetNanos, clock.lowerNanos, clock.upperNanos, clock.pairCount) = (offset, lower, upper, pairs)
            return clock
        }
    }
}
