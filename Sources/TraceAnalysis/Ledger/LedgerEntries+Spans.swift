import TraceModel

extension LedgerEntries {
    /// What single spans lack or withhold.
    mutating func addSpans() {
        // A source without a clock lost no times.
        let hasClock = input.spans.contains { $0.startUnixNano != nil || $0.endUnixNano != nil }
        if !hasClock, !input.spans.isEmpty {
            add(
                LedgerItem(
                    kind: .brokenTime, missing: 0,
                    message: "The source states no times: durations and order are unknown.",
                    spanID: nil))
        }
        for index in input.spans.indices {
            let span = input.spans[index]
            if !span.marks.isEmpty, hasClock { addMarks(span, index) }
            if let evidence = input.evidence(of: index) { addLosses(evidence, index) }
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

    private mutating func addLosses(_ evidence: SpanEvidence, _ index: Int) {
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

    /// Totals of tokens that do not match their parts, and model calls that state no usage.
    mutating func addUsage() {
        var calls = 0
        var silent = 0
        for index in input.spans.indices {
            let span = input.spans[index]
            if span.kind == .llm, !span.isError, !span.isCancelled {
                calls += 1
                if span.tokensInput == nil && span.tokensOutput == nil { silent += 1 }
            }
            guard let evidence = input.evidence(of: index) else { continue }
            if let total = evidence.statedTotalTokens, let prompt = span.tokensInput, let answer = span.tokensOutput {
                let sum = prompt.addingClamped(answer)
                // Some sources count reasoning or cached tokens beside the two; less than the parts is wrong anyway.
                if total < sum { addMismatch(index, stated: total, found: sum, "input and output tokens") }
            }
            if let stated = evidence.aggregatedInputTokens { compare(index, stated, \.tokensInput, "input tokens") }
            if let stated = evidence.aggregatedOutputTokens { compare(index, stated, \.tokensOutput, "output tokens") }
        }
        guard silent > 0 else { return }
        var item = LedgerItem(
            kind: .unknownUsage, missing: Int64(silent),
            message: "\(silent) of \(calls) model calls state no tokens: sums over tokens leave them out.", spanID: nil)
        item.expected = Int64(calls)
        item.recorded = Int64(calls - silent)
        add(item)
    }

    private mutating func compare(
        _ index: Int, _ stated: Int64, _ tokens: KeyPath<SpanRow, Int64?>, _ what: String
    ) {
        var sum: Int64 = 0
        var found = false
        var stack = Array(forest.children(of: SpanForest.Node(index)))
        while let node = stack.popLast() {
            guard !forest.isPlaceholder(node) else { continue }
            let span = input.spans[Int(node)]
            if span.kind == .llm, let count = span[keyPath: tokens] {
                sum = sum.addingClamped(count)
                found = true
                // What lies beneath repeats the usage.
                continue
            }
            stack += forest.children(of: node)
        }
        if found, sum != stated { addMismatch(index, stated: stated, found: sum, what) }
    }

    private mutating func addMismatch(_ index: Int, stated: Int64, found: Int64, _ what: String) {
        let (difference, overflow) = stated.subtractingReportingOverflow(found)
        var item = LedgerItem(
            kind: .usageMismatch, missing: overflow ? .max : max(0, difference),
            message: "\(name(index)) states \(stated) \(what), and the calls beneath it come to \(found).",
            spanID: input.spans[index].spanID,
            evidence: [evidence(index, "stated", String(stated)), evidence(index, "found", String(found))])
        item.expected = stated
        item.recorded = found
        add(item)
    }

    /// Responses that a call continues and that the trace does not hold.
    mutating func addResponses() {
        var known: Set<String> = []
        for evidence in input.evidence { if let id = evidence.responseID { known.insert(id) } }
        for index in input.spans.indices {
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
