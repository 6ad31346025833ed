import TraceModel

/// Results that never entered an input of the model that asked for them.
struct DroppedResults {
    /// The input in which a result should stand.
    struct Witness {
        /// The place of the model call.
        var model: Int32
        /// The input holds the call itself; else it holds results of calls that were asked together with it.
        var recallsCall: Bool
    }

    /// By the place of the draft.
    private(set) var witnesses: [Int: Witness] = [:]

    /// Nothing is claimed of traces that miss spans: the input may be among them.
    init(_ matcher: JointMatcher, hasMissingParents: Bool) {
        if hasMissingParents { return }
        for (place, draft) in matcher.drafts.enumerated() {
            guard draft.deliveryModel < 0, draft.ask >= 0, draft.execution >= 0, draft.isJoinedByID,
                matcher.asks[Int(draft.ask)].execution == draft.execution,
                matcher.deliveries.first(draft.id, run: TimedIndex.anyRun, notBefore: .min) == nil
            else { continue }
            witnesses[place] = Self.witness(matcher, draft)
        }
    }

    private static func witness(_ matcher: JointMatcher, _ draft: JointMatcher.Draft) -> Witness? {
        let execution = matcher.layers.executions[Int(draft.execution)]
        let id = matcher.ids.texts[Int(draft.id)]
        let row = matcher.input.spans[Int(execution.outer)]
        guard let end = execution.end, let result = matcher.result(execution), result.content == .value,
            !row.isError, !row.isCancelled
        else { return nil }
        let asking = matcher.layers.models[Int(matcher.asks[Int(draft.ask)].model)]
        let siblings = Set(matcher.input.evidence[Int(asking.evidence)].requestedCalls.compactMap(\.id))
        var witness: Witness?
        for model in matcher.deliveries.laterModels(in: draft.run, notBefore: end) {
            let evidence = matcher.input.evidence[Int(matcher.layers.models[Int(model)].evidence)]
            guard evidence.hasMessages else { continue }
            for delivery in evidence.deliveredResults {
                // Without an id, or with another one, it may still be there.
                guard let other = delivery.id, other != id, delivery.result?.matches(result) != true else { return nil }
            }
            if witness != nil { continue }
            if evidence.recalledCalls.contains(where: { $0.id == id }) {
                witness = Witness(model: model, recallsCall: true)
            } else if evidence.deliveredResults.contains(where: { siblings.contains($0.id ?? "") }) {
                witness = Witness(model: model, recallsCall: false)
            }
        }
        return witness
    }
}

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
