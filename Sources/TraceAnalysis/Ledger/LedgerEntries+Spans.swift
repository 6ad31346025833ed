import Basics
import TraceModel

extension LedgerEntries {
    /// What single spans lack or withhold.
    mutating func addSpans() {
        // A source without a clock lost no times.
        let hasClock = input.columns.facts.contains { !$0.isDisjoint(with: [.start, .end]) }
        if !hasClock, !input.spans.isEmpty {
            add(
                LedgerItem(
                    kind: .brokenTime, missing: 0,
                    message: "The source states no times: durations and order are unknown.",
                    spanID: nil))
        }
        for index in input.spans.indices {
            if hasClock, input.columns.facts[index].contains(.marks) { addMarks(input.spans[index], index) }
            if let place = input.evidence(of: index, .losses) {
                addLosses(input.evidence[place].losses.value, index)
            }
        }
    }

    private mutating func addMarks(_ span: SpanRow, _ index: Int) {
        if span.marks.contains(.unfinished) {
            add(
                LedgerItem(
                    kind: .unfinishedSpan, missing: 0,
                    message: "\(name(index)) has no end: it did not finish, or its end was lost.",
                    spanID: span.spanID, certainty: .cannotTell))
        }
        if span.marks.contains(.duplicateSpanID) {
            add(
                LedgerItem(
                    kind: .duplicateSpanID, missing: 0,
                    message: "Another span has the id of \(name(index)) and other content.", spanID: span.spanID))
        }
        if span.marks.contains(.parentCycle) || span.marks.contains(.selfParent) {
            add(
                LedgerItem(
                    kind: .parentCycle, missing: 0,
                    message: "The parents of \(name(index)) lead back to itself.", spanID: span.spanID))
        }
        if span.marks.contains(.endBeforeStart) || span.marks.contains(.missingStart) {
            let fault = span.marks.contains(.missingStart) ? "has no start" : "ends before it starts"
            add(
                LedgerItem(
                    kind: .brokenTime, missing: 0, message: "\(name(index)) \(fault).", spanID: span.spanID))
        }
    }

    private mutating func addLosses(_ evidence: LossEvidence, _ index: Int) {
        let lost: [(LedgerItem.Kind, Int, Int, String)] = [
            (.droppedAttributes, evidence.droppedAttributes, evidence.attributeCount, "attributes"),
            (.droppedEvents, evidence.droppedEvents, evidence.eventCount, "events"),
            (.droppedLinks, evidence.droppedLinks, evidence.linkCount, "links"),
        ]
        for (kind, dropped, kept, what) in lost where dropped > 0 {
            var item = LedgerItem(
                kind: kind, missing: Int64(dropped),
                message: "The producer of \(name(index)) dropped \(dropped) \(what).",
                spanID: input.spans[index].spanID,
                evidence: [self.evidence(index, "dropped \(what)", String(dropped))])
            item.recorded = Int64(kept)
            item.expected = Int64(kept).addingClamped(Int64(dropped))
            add(item)
        }
        // The default limit of OpenTelemetry's SDKs.
        for (kept, dropped, what) in [
            (evidence.attributeCount, evidence.droppedAttributes, "attributes"),
            (evidence.eventCount, evidence.droppedEvents, "events"),
            (evidence.linkCount, evidence.droppedLinks, "links"),
        ] where kept == 128 && dropped == 0 {
            add(
                LedgerItem(
                    kind: .spanLimit, missing: 0,
                    message: "\(name(index)) has exactly 128 \(what), the limit of the SDK: more may have been lost.",
                    spanID: input.spans[index].spanID, certainty: .cannotTell))
        }
        for (kind, count, what) in [
            (LedgerItem.Kind.redactedValues, evidence.redactedValues, "withheld"),
            (.truncatedValues, evidence.truncatedValues, "cut by their own words"),
        ] where count > 0 {
            let values = count == 1 ? "1 value" : "\(count) values"
            add(
                LedgerItem(
                    kind: kind, missing: Int64(count), message: "\(values) of \(name(index)) are \(what).",
                    spanID: input.spans[index].spanID))
        }
    }

    /// Responses that a call continues and that the trace does not hold.
    mutating func addResponses() {
        var known: Set<String> = []
        let continuing = input.spans.indices.filter { input.columns.facts[$0].contains(.continues) }
        if continuing.isEmpty { return }
        for evidence in input.evidence { if let id = evidence.responseID { known.insert(id) } }
        for index in continuing {
            guard let id = input.evidence(of: index)?.previousResponseID, !known.contains(id) else { continue }
            add(
                LedgerItem(
                    kind: .unseenResponse, missing: 0,
                    message: "\(name(index)) continues a response that this trace does not hold.",
                    spanID: input.spans[index].spanID, certainty: .cannotTell,
                    evidence: [evidence(index, "previous response", id)]))
        }
    }
}
