import TraceModel
import TraceQuery

/// Attempts side by side.
extension Agents {
    /// Compares the attempt under the cursor with the one before it; a first one with the one after.
    static func compare(_ state: inout AppState) -> [Effect] {
        guard let agents = state.agents, let content = agents.content, let run = agents.selectedRun else { return [] }
        if agents.comparison?.laterRun == run.number || agents.comparison?.earlierRun == run.number {
            state.agents?.comparison = nil
            return cancel(&state)
        }
        let attempts = content.attempts(of: run)
        let place = attempts.firstIndex { $0.number == run.number } ?? 0
        guard attempts.count > 1 else {
            state.notice = .information("there is no other attempt of \(run.label)")
            return []
        }
        let later = attempts[max(1, place)]
        let earlier = attempts[max(1, place) - 1]
        guard let earlierKey = spanKey(earlier, state), let laterKey = spanKey(later, state) else {
            state.notice = .information("no record of a span stands behind one of the attempts")
            return []
        }
        state.agents?.comparison = AttemptComparison(
            earlierRun: earlier.number, laterRun: later.number, earlierLabel: earlier.label, laterLabel: later.label)
        state.agents?.list.detailTop = 0
        return state.requests.send(.span(.key(earlierKey)), for: .earlierAttempt)
            + state.requests.send(.span(.key(laterKey)), for: .laterAttempt)
    }

    /// The span that tells what an attempt was told and answered: its last model call, else its own span.
    private static func spanKey(_ run: AgentRun, _ state: AppState) -> Int64? {
        let spans = state.trace?.loaded?.structure.spans ?? []
        if let call = spans.last(where: { $0.agentRun == run.number && $0.kind == .llm }) { return call.key }
        return run.spanKey == 0 ? nil : run.spanKey
    }

    private static func cancel(_ state: inout AppState) -> [Effect] {
        state.requests.cancel(.earlierAttempt) + state.requests.cancel(.laterAttempt)
            + state.requests.cancel(.attemptDifference)
    }

    static func show(_ state: inout AppState, _ texts: AttemptTexts, isLater: Bool) -> [Effect] {
        if isLater { state.agents?.comparison?.later = texts } else { state.agents?.comparison?.earlier = texts }
        guard let comparison = state.agents?.comparison, comparison.earlier != nil, comparison.later != nil else {
            return []
        }
        return state.requests.derive(.attemptDifference)
    }

    static func failed(_ state: inout AppState, _ error: QueryError) {
        state.agents?.comparison?.error = error
    }
}

/// What changed in one text between two attempts.
enum AttemptDetail {
    static func lines(_ what: String, _ earlier: String?, _ later: String?) -> [DisplayLine] {
        guard let earlier, let later else {
            let which = earlier == nil ? later == nil ? "either attempt" : "the earlier attempt" : "the later attempt"
            return [DisplayLine("\(what): not recorded for \(which)", role: .dim)]
        }
        if earlier == later { return [DisplayLine("\(what): the same", role: .header)] }
        return TextDifference.lines(what, earlier, later)
    }
}
