import TraceModel

/// Goes through the runs of a trace in order of start, and tells retries and hand-offs from fresh calls.
///
/// A retry is a further attempt of the same instance. It is proven where the source states its number or its reason.
/// It is inferred where the same parent calls the same agent again, either with an equal input after a failure, or
/// after somebody rejected what the earlier call gave. A second call of a stated instance without such evidence is an
/// invocation of its own, with an instance number of its own: nothing says that it repeats the first.
struct RunHistory {
    struct NameInScope: Hashable {
        var scope: Int32
        var name: NameIndex
    }

    struct NameAndInstance: Hashable {
        var name: NameIndex
        var instance: NameIndex
    }

    struct FailedInput: Hashable {
        var scope: Int32
        var name: NameIndex
        var instance: NameIndex
        var form: UInt64
    }

    struct UsedAttempt: Hashable {
        var instance: Int32
        var attempt: Int
    }

    struct Verdict {
        var span: Int32
        var isAccepted: Bool
    }

    /// An earlier run that a run tries again, and why that is thought.
    struct Retry {
        var previous: Int32
        var attempt: Int
        var reason: AttemptReason
        var certainty: FindingCertainty
        var evidence: [FindingEvidence]
    }

    let input: TraceInput
    let openings: RunOpenings
    let forest: SpanForest
    /// The instance of each run as an index, the same for attempts of one instance; grows in order of start.
    private(set) var instances: [Int32] = []
    private var instanceCount: Int32 = 0
    private var used: Set<UsedAttempt> = []

    // Runs are numbers here as in `AgentRun`; 0 is none.
    var lastInScope: [Int32: Int32] = [:]
    var lastOfName: [NameIndex: Int32] = [:]
    var lastOfNameInScope: [NameInScope: Int32] = [:]
    var lastOfInstance: [NameAndInstance: Int32] = [:]
    var failedInputs: [FailedInput: Int32] = [:]
    /// By run: the run before it in its scope, the last verdict on it, its last failing span, its last model call that
    /// asked for something, and whether a run beside it makes unclear which of the two a verdict is on.
    var predecessors: [Int32]
    var verdicts: [Verdict?]
    var failures: [Int32]
    var requests: [Int32]
    var sharesVerdict: [Bool]
    var handOffs: [NameIndex: Int32] = [:]

    init(_ input: TraceInput, _ openings: RunOpenings, forest: SpanForest) {
        self.input = input
        self.openings = openings
        self.forest = forest
        let count = openings.runs.count + 1
        predecessors = Array(repeating: 0, count: count)
        verdicts = Array(repeating: nil, count: count)
        failures = Array(repeating: -1, count: count)
        requests = Array(repeating: -1, count: count)
        sharesVerdict = Array(repeating: false, count: count)
    }

    mutating func tell(_ runs: inout [AgentRun]) {
        if runs.isEmpty { return }
        let asked = ToolCallIndex(input, openings)
        instances.reserveCapacity(runs.count)
        for span in input.spans.indices {
            let number = openings.spanRuns[span]
            let facts = input.columns.facts[span]
            if instances.count < runs.count, Int(openings.runs[instances.count].span) == span {
                open(&runs, asked)
            }
            if number > 0, !facts.isDisjoint(with: [.isError, .isCancelled]) { failures[Int(number)] = Int32(span) }
            if number > 0, facts.contains(.requests), input.columns.kinds[span] == .llm {
                requests[Int(number)] = Int32(span)
            }
            guard let place = input.evidence(of: span, [.verdict, .identity]) else { continue }
            if let isAccepted = input.evidence[place].isAccepted {
                note(Verdict(span: Int32(span), isAccepted: isAccepted))
            }
            if facts.contains(.identity), let to = input.evidence[place].handOff?.to {
                handOffs[input.names.index(of: to)] = Int32(span)
            }
        }
    }

    /// Takes in the next run in order of start.
    private mutating func open(_ runs: inout [AgentRun], _ asked: ToolCallIndex) {
        let place = instances.count
        let number = Int32(place + 1)
        let opening = openings.runs[place]
        relate(&runs[place], opening, asked)
        let retry = statedRetry(runs, place) ?? (runs[place].relation == .handedOff ? nil : inferredRetry(runs, place))
        if let retry {
            apply(retry, to: &runs, at: place)
        } else {
            let attempt = input.evidence(of: Int(opening.span))?.attempt ?? 1
            startInstance(&runs[place], attempt: max(1, attempt))
        }
        let scoped = NameInScope(scope: opening.scope, name: opening.name)
        let before = lastInScope[opening.scope] ?? 0
        predecessors[Int(number)] = before
        if before > 0, openings.runs[Int(before) - 1].name == opening.name, verdicts[Int(before)] == nil,
            instances[Int(before) - 1] != instances[place]
        {
            sharesVerdict[Int(number)] = true
        }
        lastInScope[opening.scope] = number
        lastOfName[opening.name] = number
        lastOfNameInScope[scoped] = number
        if opening.instance != 0 {
            lastOfInstance[NameAndInstance(name: opening.name, instance: opening.instance)] = number
        }
        remember(runs[place], opening)
    }

    /// Begins an instance; a stated number of an attempt stays, also where the ones before it are not recorded.
    private mutating func startInstance(_ run: inout AgentRun, attempt: Int) {
        instances.append(instanceCount)
        used.insert(UsedAttempt(instance: instanceCount, attempt: attempt))
        instanceCount += 1
        run.attempt = attempt
        guard attempt > 1 else { return }
        let evidence = input.evidence(of: Int(openings.runs[Int(run.number) - 1].span))
        run.attemptReason = evidence?.attemptReason ?? .unknown
        run.attemptCertainty = .proven
        run.attemptEvidence = [FindingEvidence(spanID: run.spanID, label: "attempt", value: "\(attempt)")]
    }

    private mutating func apply(_ retry: Retry, to runs: inout [AgentRun], at place: Int) {
        let previous = Int(retry.previous) - 1
        let instance = instances[previous]
        // An attempt that is there already would give two runs one label.
        guard used.insert(UsedAttempt(instance: instance, attempt: retry.attempt)).inserted else {
            return startInstance(&runs[place], attempt: retry.certainty == .proven ? retry.attempt : 1)
        }
        instances.append(instance)
        runs[place].attempt = retry.attempt
        runs[place].firstAttempt = runs[previous].firstAttempt
        runs[place].attemptReason = retry.reason
        runs[place].attemptCertainty = retry.certainty
        runs[place].attemptEvidence = retry.evidence
        runs[place].relation = .retried
        let verdict = verdicts[previous + 1].flatMap { $0.isAccepted ? nil : $0.span }
        let failure = failures[previous + 1]
        let trigger =
            retry.reason == .critic ? verdict : failure >= 0 ? failure : openings.runs[previous].span
        runs[place].triggeringSpanID = trigger.map { input.spans[Int($0)].spanID }
    }

    /// Keeps the inputs of runs that failed; one that went well with an equal input ends the matter.
    private mutating func remember(_ run: AgentRun, _ opening: RunOpenings.Opening) {
        guard let given = input.evidence(of: Int(opening.span))?.input, given.content == .value else { return }
        let hasFailed = run.state == .error || run.state == .cancelled
        for form in given.forms {
            let key = FailedInput(
                scope: opening.scope, name: opening.name, instance: opening.instance, form: form)
            failedInputs[key] = hasFailed ? run.number : nil
        }
    }
}
