import Basics
import TraceModel

/// Sets what a trace says it should hold against what it holds.
///
/// Calls are spans of models, tools, agents, retrievers, rerankers and embedders. Expectations about the same calls are
/// not added up: the largest of them counts, since a declared number, a gap in the steps and a request without execution
/// may all mean the same call. Where one declared number tells of all that is missing, the recorded ones are those that
/// it may mean; else they are all calls of the trace.
enum LedgerBuilder {
    static func ledger(_ input: TraceInput, forest: SpanForest, joints: ToolJoints) -> TraceLedger {
        var builder = LedgerEntries(input, forest)
        builder.addMissingParents()
        let declared = builder.addDeclaredCounts()
        let gaps = builder.addStepGaps()
        let unexecuted = builder.addJoints(joints)
        builder.addSpans()
        builder.addUsage()
        builder.addResponses()
        // One call may be missed by each of the three, so that only the largest number is sure.
        let missing = max(declared.missing, gaps, unexecuted)
        let scope = declared.missing >= max(gaps, unexecuted) ? declared.recorded : nil
        let recorded = scope ?? input.columns.kinds.count { LedgerEntries.isCall($0) }
        return TraceLedger(
            expectedAtLeast: Int(clamping: missing.addingClamped(Int64(recorded))), recorded: recorded,
            items: builder.items)
    }
}
