import TraceModel

/// The steps of a trace, as a list.
package struct StepsState: Equatable, Sendable {
    package var list: TraceListState
    package var content: LoadedSteps?
    /// Only the steps of this agent run are listed, by number; nil lists all.
    package var run: Int32?
    /// The places of the listed steps in the content; nil while all are listed.
    var listed: [Int32]?

    package init(traceKey: Int64) {
        list = TraceListState(traceKey: traceKey)
    }

    package var rowCount: Int { listed?.count ?? content?.steps.count ?? 0 }

    /// The step of a row.
    func step(_ row: Int) -> StepFigures? {
        guard let content, row >= 0, row < rowCount else { return nil }
        return content.steps[listed.map { Int($0[row]) } ?? row]
    }

    /// The step under the cursor.
    var selected: StepFigures? { step(list.cursor) }
}
