import TraceModel

extension RunHistory {
    /// A retry that the source states, by number or by reason.
    func statedRetry(_ runs: [AgentRun], _ place: Int) -> Retry? {
        let opening = openings.runs[place]
        guard let evidence = input.evidence(of: Int(opening.span)),
            (evidence.attempt ?? 1) > 1 || (evidence.attempt == nil && evidence.attemptReason != nil),
            let previous = statedPredecessor(opening)
        else { return nil }
        let before = runs[Int(previous) - 1]
        let attempt = evidence.attempt ?? following(before.attempt)
        var notes: [FindingEvidence] = []
        let spanID = input.spans[Int(opening.span)].spanID
        if evidence.attempt != nil {
            notes.append(FindingEvidence(spanID: spanID, label: "attempt", value: "\(attempt)"))
        }
        if let instance = runs[place].declaredInstance {
            notes.append(FindingEvidence(spanID: spanID, label: "instance", value: instance))
        }
        notes.append(FindingEvidence(spanID: before.spanID, label: "previous attempt", value: before.state.name))
        if let reason = evidence.attemptReason {
            notes.append(FindingEvidence(spanID: spanID, label: "attempt reason", value: reason.name))
            return Retry(
                previous: previous, attempt: attempt, reason: reason, certainty: .proven,
                evidence: notes + rejection(of: previous))
        }
        // The attempt is stated, its reason is not: the certainty is that of the weaker of the two.
        let reason = concludedReason(of: before)
        return Retry(
            previous: previous, attempt: attempt, reason: reason, certainty: reason == .unknown ? .proven : .inferred,
            evidence: notes + (reason == .critic ? rejection(of: previous) : failure(of: before)))
    }

    /// A retry that nothing states: equal input after a failure, or another call after a rejection.
    func inferredRetry(_ runs: [AgentRun], _ place: Int) -> Retry? {
        let opening = openings.runs[place]
        // A stated first attempt is none; what has no name cannot be told to be the same agent.
        guard opening.name != 0, input.evidence(of: Int(opening.span))?.attempt == nil else { return nil }
        return retryAfterFailure(runs, place) ?? retryAfterRejection(runs, place)
    }

    private func statedPredecessor(_ opening: RunOpenings.Opening) -> Int32? {
        if opening.instance != 0 {
            return lastOfInstance[NameAndInstance(name: opening.name, instance: opening.instance)]
        }
        return lastOfNameInScope[NameInScope(scope: opening.scope, name: opening.name)]
    }

    private func retryAfterFailure(_ runs: [AgentRun], _ place: Int) -> Retry? {
        let opening = openings.runs[place]
        guard let given = input.evidence(of: Int(opening.span))?.input, given.content == .value else { return nil }
        for form in given.forms {
            let key = FailedInput(
                scope: opening.scope, name: opening.name, instance: opening.instance, form: form)
            guard let previous = failedInputs[key], hasEnded(runs[Int(previous) - 1], before: runs[place]) else {
                continue
            }
            let before = runs[Int(previous) - 1]
            let equal = FindingEvidence(
                spanID: input.spans[Int(opening.span)].spanID, label: "input",
                value: "equal to that of the attempt before")
            return Retry(
                previous: previous, attempt: following(before.attempt), reason: failureReason(of: before),
                certainty: .inferred,
                evidence: [
                    FindingEvidence(spanID: before.spanID, label: "previous attempt", value: before.state.name), equal,
                ] + failure(of: before))
        }
        return nil
    }

    private func retryAfterRejection(_ runs: [AgentRun], _ place: Int) -> Retry? {
        let opening = openings.runs[place]
        let scoped = NameInScope(scope: opening.scope, name: opening.name)
        guard let previous = lastOfNameInScope[scoped], openings.runs[Int(previous) - 1].instance == opening.instance,
            let verdict = verdicts[Int(previous)], !verdict.isAccepted, !sharesVerdict[Int(previous)],
            hasEnded(runs[Int(previous) - 1], before: runs[place])
        else { return nil }
        let before = runs[Int(previous) - 1]
        return Retry(
            previous: previous, attempt: following(before.attempt), reason: .critic, certainty: .inferred,
            evidence: [
                FindingEvidence(spanID: before.spanID, label: "previous attempt", value: before.state.name)
            ] + rejection(of: previous))
    }

    /// False where the two overlap, as calls side by side do.
    private func hasEnded(_ previous: AgentRun, before run: AgentRun) -> Bool {
        guard let end = previous.endUnixNano, let start = run.startUnixNano else { return previous.state != .ok }
        return end <= start
    }

    private func following(_ attempt: Int) -> Int {
        attempt == .max ? attempt : attempt + 1
    }

    private func concludedReason(of run: AgentRun) -> AttemptReason {
        if let verdict = verdicts[Int(run.number)], !verdict.isAccepted { return .critic }
        return run.state == .error || run.state == .cancelled ? failureReason(of: run) : .unknown
    }

    private func failureReason(of run: AgentRun) -> AttemptReason {
        guard let text = failureText(of: run) else { return .unknown }
        return FailureWords.reason(of: text)
    }

    /// What the invocation says of its failure, else what its last failing span says.
    private func failureText(of run: AgentRun) -> String? {
        let spans = [openings.runs[Int(run.number) - 1].span, failures[Int(run.number)]]
        for span in spans where span >= 0 {
            if let type = input.names[input.spans[Int(span)].errorType] { return type }
        }
        for span in spans where span >= 0 {
            if let output = input.evidence(of: Int(span))?.output, output.content == .error { return output.preview }
        }
        return nil
    }

    private func failure(of run: AgentRun) -> [FindingEvidence] {
        guard let text = failureText(of: run) else { return [] }
        let span = failures[Int(run.number)]
        return [
            FindingEvidence(
                spanID: span >= 0 ? input.spans[Int(span)].spanID : run.spanID, label: "error", value: text)
        ]
    }

    private func rejection(of number: Int32) -> [FindingEvidence] {
        guard let verdict = verdicts[Int(number)], !verdict.isAccepted else { return [] }
        return [
            FindingEvidence(spanID: input.spans[Int(verdict.span)].spanID, label: "verdict", value: "rejected")
        ]
    }
}

/// Reads from the words of an error why an agent was tried again.
enum FailureWords {
    /// The first row with a word that occurs wins.
    private static let table: [(reason: AttemptReason, words: [String])] = [
        (.timeout, ["timeout", "timed out", "timed_out", "deadline"]),
        (.validation, ["validation", "schema", "parse", "decode", "malformed"]),
        (
            .transport,
            [
                "connect", "http", "ratelimit", "rate_limit", "rate limit", "toomanyrequests", "too_many_requests",
                "transport", "network", "socket", "unavailable", "overloaded", "throttl", "econn", "429", "502", "503",
                "504", "gateway",
            ]
        ),
    ]

    static func reason(of text: String) -> AttemptReason {
        let lowered = text.lowercased()
        return table.first { row in row.words.contains { lowered.contains($0) } }?.reason ?? .unknown
    }
}
