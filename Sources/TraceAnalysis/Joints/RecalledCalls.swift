import TraceModel

/// What models are known to have asked for beyond their recorded outputs.
struct RecalledCalls {
    /// Ids of executions that no recorded output asks for, but a recorded input tells of.
    private(set) var ids: Set<String> = []
    /// Agent runs in which a model call has no messages, so that it may have asked for anything.
    private(set) var silentRuns: Set<Int32> = []

    /// Reads only what the executions of some runs need.
    init(_ matcher: JointMatcher, in runs: Set<Int32>) {
        var wanted: Set<String> = []
        for draft in matcher.drafts where draft.ask < 0 && draft.id >= 0 && runs.contains(draft.run) {
            wanted.insert(matcher.ids.texts[Int(draft.id)])
        }
        if wanted.isEmpty { return }
        for model in matcher.layers.models {
            guard model.evidence >= 0, matcher.input.evidence[Int(model.evidence)].hasMessages else {
                silentRuns.insert(model.run)
                continue
            }
            for call in matcher.input.evidence[Int(model.evidence)].recalledCalls {
                if let id = call.id, wanted.contains(id) { ids.insert(id) }
            }
        }
    }
}
