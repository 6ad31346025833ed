import TraceModel
import TraceTables

/// Taking steps in, and choosing whose are listed.
enum Steps {
    static func show(_ state: inout AppState, _ loaded: LoadedSteps, of traceKey: Int64) {
        guard var steps = state.steps, steps.list.traceKey == traceKey else { return }
        steps.content = loaded
        steps.list.error = nil
        steps.select()
        state.steps = steps
    }

    /// Lists only the steps of the agent under the cursor, or all again.
    static func toggleAgent(_ state: inout AppState) -> [Effect] {
        guard var steps = state.steps, let step = steps.selected else { return [] }
        if steps.run == nil {
            guard let run = steps.content?.run(step.run) else {
                state.notice = .information("no agent is known for this step")
                return []
            }
            steps.run = step.run
            state.notice = .information("steps of \(run.label); o lists all")
        } else {
            steps.run = nil
            state.notice = .information("steps of all agents")
        }
        steps.select()
        // The cursor stays on its step.
        if let row = (0..<steps.rowCount).first(where: { steps.step($0)?.number == step.number }) {
            steps.list.cursor = row
        }
        state.steps = steps
        return []
    }

    /// Goes to the next step of which nothing accounts for much.
    static func jumpToUnattributed(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let steps = state.steps else { return [] }
        let here = steps.list.cursor
        let flagged = (0..<steps.rowCount).filter { steps.step($0)?.isLargelyUnattributed ?? false }
        let next = direction > 0 ? flagged.first { $0 > here } : flagged.last { $0 < here }
        guard let found = next ?? (direction > 0 ? flagged.first : flagged.last) else {
            state.notice = .information("no step is unaccounted for by more than a fifth")
            return []
        }
        if next == nil { state.notice = .information(flagged.count == 1 ? "the only such step" : "round the end") }
        TraceLists.move(&state, to: found)
        return []
    }
}

extension StepsState {
    /// Lists the steps of the chosen run anew.
    fileprivate mutating func select() {
        guard let run, let content else {
            listed = nil
            return
        }
        listed = content.steps.indices.filter { content.steps[$0].run == run }.map { Int32($0) }
    }
}
