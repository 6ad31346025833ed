import Basics
import TraceModel

extension LedgerEntries {
    /// Numbers of children and of calls that spans state.
    ///
    /// Gives how many calls are missing by them. A number counts all beneath its span, so that of spans one beneath the
    /// other the larger number counts, not their sum.
    mutating func addDeclaredCounts() -> MissingCalls {
        let declaring = input.spans.indices.filter { span in
            input.evidence(of: span, .losses).map { !input.evidence[$0].declaredCounts.isEmpty } ?? false
        }
        if declaring.isEmpty { return .none }
        let tallies = CallTallies(input.spans, forest)
        var declared: [SpanForest.Node: MissingCalls] = [:]
        for span in declaring {
            guard let evidence = input.evidence(of: span), Self.mayDeclare(input.spans[span]) else { continue }
            let missing = add(evidence.declaredCounts, of: span, tallies.possible(beneath: span))
            if missing.missing > 0 { declared[SpanForest.Node(span)] = missing }
        }
        if declared.isEmpty { return .none }
        var total = MissingCalls.none
        var beneath: [SpanForest.Node: MissingCalls] = [:]
        for node in forest.preorder.reversed() {
            var missing = beneath.removeValue(forKey: node) ?? .none
            if let own = declared[node], own.missing >= missing.missing { missing = own }
            guard missing.missing > 0 else { continue }
            let parent = forest.parents[Int(node)]
            if parent >= 0 {
                beneath[parent, default: .none].join(missing)
            } else {
                total.join(missing)
            }
        }
        return total
    }

    /// A model states the calls that it asks for, which run elsewhere; of two spans with one id, only one has children.
    private static func mayDeclare(_ span: SpanRow) -> Bool {
        if span.marks.contains(.duplicateSpanID) { return false }
        switch span.kind {
        case .agent, .chain, .workflow, .other, .tool: return true
        case .llm, .embedding, .retrieval, .reranker, .guardrail, .evaluator, .memory: return false
        }
    }

    private mutating func add(
        _ counts: [DeclaredCount], of span: Int, _ possible: CallTallies.Tally
    ) -> MissingCalls {
        // Calls beneath and tool calls are the same calls, calls of models are others.
        var works = MissingCalls.none
        var models = MissingCalls.none
        let row = input.spans[span]
        let mayHaveStopped = row.isError || row.isCancelled || row.marks.contains(.unfinished)
        for count in counts {
            guard let recorded = recorded(count.subject, possible) else { continue }
            let lacking = max(0, count.count - Int64(recorded))
            add(item(count, span, recorded, lacking, mayHaveStopped))
            guard Self.countsCalls(count.subject), !mayHaveStopped, lacking > 0 else { continue }
            let missing = MissingCalls(missing: lacking, recorded: recorded)
            if count.subject == .modelCalls {
                if lacking > models.missing { models = missing }
            } else if lacking > works.missing {
                works = missing
            }
        }
        guard works.missing > 0, models.missing > 0 else { return works.missing > 0 ? works : models }
        return MissingCalls(
            missing: works.missing.addingClamped(models.missing),
            recorded: (works.recorded ?? 0) + (models.recorded ?? 0))
    }

    private func item(
        _ count: DeclaredCount, _ span: Int, _ recorded: Int, _ lacking: Int64, _ mayHaveStopped: Bool
    ) -> LedgerItem {
        let stated = "\(name(span)) states \(count.count) \(words(count.subject))"
        let message =
            if lacking == 0 {
                "\(stated), and as many are recorded."
            } else if mayHaveStopped {
                "\(stated); \(recorded) of them are recorded. It did not end well, so that the others may never have run."
            } else {
                "\(stated); \(recorded) of them are recorded, at least \(lacking) missing."
            }
        var item = LedgerItem(
            kind: .declaredChildren, missing: mayHaveStopped ? 0 : lacking, message: message,
            spanID: input.spans[span].spanID, certainty: mayHaveStopped && lacking > 0 ? .cannotTell : .proven,
            evidence: [evidence(span, count.key, String(count.count))])
        item.expected = count.count
        item.recorded = Int64(recorded)
        item.countsCalls = Self.countsCalls(count.subject) && !mayHaveStopped
        // More may have run than was announced.
        item.isLowerBound = true
        return item
    }

    private static func countsCalls(_ subject: DeclaredCount.Subject) -> Bool {
        switch subject {
        case .children, .toolCalls, .modelCalls: true
        case .spans, .steps, .messages: false
        }
    }

    private func words(_ subject: DeclaredCount.Subject) -> String {
        switch subject {
        case .children: "calls beneath it"
        case .toolCalls: "tool calls"
        case .modelCalls: "model calls"
        case .spans: "spans right beneath it"
        case .steps: "steps"
        case .messages: "messages"
        }
    }

    /// The recorded ones that may be meant; nil for what spans do not show.
    private func recorded(_ subject: DeclaredCount.Subject, _ possible: CallTallies.Tally) -> Int? {
        switch subject {
        case .children: possible.tools + possible.agents
        case .toolCalls: possible.tools
        case .modelCalls: possible.models
        case .spans: possible.children
        case .steps, .messages: nil
        }
    }
}
