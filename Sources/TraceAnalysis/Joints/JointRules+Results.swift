import TraceModel

/// What tools returned, and what became of it.
extension JointRules {
    /// An empty result or an error under a span without an error.
    func resultContent(_ joint: ToolJoint, _ execution: LayerSpans.Execution) -> Finding? {
        guard let hop = joint.hop(.returned), let result = hop.payload, !isFailed(execution) else { return nil }
        let rule: FindingRule
        let what: String
        switch result.content {
        case .empty: (rule, what) = (FindingRules.jointEmptyResult, "nothing and no error")
        case .error: (rule, what) = (FindingRules.jointErrorUnderOK, "an error under a span without one")
        case .value, .redacted: return nil
        }
        return Finding(
            rule: rule.id, severity: rule.severity, certainty: .proven,
            message: "\(name(joint)) returned \(what): \(quote(result))\(delivered(joint)).", spanID: hop.spanID,
            evidence: [
                evidence(hop, "result"), status(execution), evidence(joint.hop(.asked), "arguments asked"),
                evidence(joint.hop(.delivered), "model's next input"), callEvidence(joint),
            ].compactMap { $0 })
    }

    private func delivered(_ joint: ToolJoint) -> String {
        guard let hop = joint.hop(.delivered), hop.payload != nil else { return "" }
        switch hop.comparison {
        case .equal, .equivalent: return ", which entered the model's next input as it was"
        default: return ""
        }
    }

    private func status(_ execution: LayerSpans.Execution) -> FindingEvidence {
        let span = input.spans[Int(execution.outer)]
        return FindingEvidence(spanID: span.spanID, label: "status", value: String(describing: span.status))
    }

    /// A result that entered the next input cut or changed.
    func resultChanged(
        _ joint: ToolJoint, _ draft: JointMatcher.Draft, _ execution: LayerSpans.Execution
    ) -> Finding? {
        guard let delivered = joint.hop(.delivered), [.truncated, .different].contains(delivered.comparison),
            let returned = joint.hop(.returned), let result = matcher.payload(.returned, of: draft),
            let entered = matcher.payload(.delivered, of: draft)
        else { return nil }
        // The outer span may hold what the harness made of the inner one's result.
        if let outer = matcher.outerResult(execution), outer.matches(entered) { return nil }
        let evidence = [
            self.evidence(returned, "result"), self.evidence(delivered, "model's next input"),
            FindingEvidence(spanID: returned.spanID, label: "bytes returned", value: String(result.byteCount)),
            FindingEvidence(spanID: delivered.spanID, label: "bytes delivered", value: String(entered.byteCount)),
            callEvidence(joint),
        ].compactMap { $0 }
        switch delivered.comparison {
        case .truncated:
            let isSure = joint.isJoinedByID && PayloadDifference.isSureTruncation(result, entered)
            return Finding(
                rule: FindingRules.jointResultTruncated.id, severity: FindingRules.jointResultTruncated.severity,
                certainty: isSure ? .proven : .inferred,
                message: "\(name(joint)) returned \(result.byteCount) bytes, and the model's next input holds "
                    + "\(entered.byteCount) of them.",
                spanID: delivered.spanID, evidence: evidence)
        case .different:
            let doubt = PayloadDifference.doubt(result, entered)
            // Words for nothing, such as `(no output)`, are what harnesses write.
            guard doubt != .same, result.content != .empty, entered.content != .empty, !isFailed(execution),
                joint.isJoinedByID
            else { return nil }
            return Finding(
                rule: FindingRules.jointResultAltered.id,
                severity: doubt == .none ? FindingRules.jointResultAltered.severity : .hint, certainty: .inferred,
                message: "\(name(joint)) returned \(quote(result)), and the model's next input holds "
                    + "\(quote(entered)).",
                spanID: delivered.spanID, evidence: evidence)
        default:
            return nil
        }
    }

    /// An answer in words that follows an empty result and admits no gap.
    func nullThenClaimed(
        _ joint: ToolJoint, _ draft: JointMatcher.Draft, _ execution: LayerSpans.Execution
    ) -> Finding? {
        guard let returned = joint.hop(.returned), returned.payload?.content == .empty, !isFailed(execution),
            draft.deliveryModel >= 0
        else { return nil }
        let model = matcher.layers.models[Int(draft.deliveryModel)]
        guard let evidence = evidence(model), let answer = evidence.answer, answer.content == .value,
            answer.byteCount > 0, evidence.requestedCalls.isEmpty, !evidence.answerAdmitsGap,
            // What was delivered beside it may be what the answer rests on.
            joint.hop(.delivered)?.payload?.content != .value
        else { return nil }
        return Finding(
            rule: FindingRules.jointNullThenClaimed.id, severity: FindingRules.jointNullThenClaimed.severity,
            certainty: .inferred,
            message: "\(name(joint)) returned nothing, and the answer after it does not say so; it may rest on "
                + "nothing: \(quote(answer))",
            spanID: input.spans[Int(model.span)].spanID,
            evidence: [
                self.evidence(returned, "result"), self.evidence(joint.hop(.delivered), "model's next input"),
                self.evidence(joint.hop(.answered), "answer"), callEvidence(joint),
            ].compactMap { $0 })
    }

    /// A result that no later input holds.
    func resultDropped(_ joint: ToolJoint, _ witness: DroppedResults.Witness) -> Finding {
        let returned = joint.hop(.returned)
        return Finding(
            rule: FindingRules.jointResultDropped.id, severity: FindingRules.jointResultDropped.severity,
            certainty: witness.recallsCall ? .proven : .inferred,
            message: "\(name(joint)) returned \(quote(returned?.payload)), and no later input of the model holds it.",
            spanID: returned?.spanID,
            evidence: [
                evidence(returned, "result"),
                FindingEvidence(
                    spanID: input.spans[Int(matcher.layers.models[Int(witness.model)].span)].spanID,
                    label: witness.recallsCall ? "input with the call alone" : "input without it",
                    value: joint.callID ?? ""),
                callEvidence(joint),
            ].compactMap { $0 })
    }
}
