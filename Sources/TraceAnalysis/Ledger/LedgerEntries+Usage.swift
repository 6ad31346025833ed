import Basics
import TraceModel

extension LedgerEntries {
    /// Totals of tokens that do not match their parts, and model calls that state no usage.
    mutating func addUsage() {
        var calls = 0
        var silent = 0
        var hasAggregates = false
        for index in input.spans.indices {
            let facts = input.columns.facts[index]
            if input.columns.kinds[index] == .llm, facts.isDisjoint(with: [.isError, .isCancelled]) {
                calls += 1
                if !facts.contains(.tokens) { silent += 1 }
            }
            if let place = input.evidence(of: index, .losses) {
                hasAggregates =
                    hasAggregates || input.evidence[place].aggregatedInputTokens != nil
                    || input.evidence[place].aggregatedOutputTokens != nil
            }
            guard facts.contains(.tokens), let place = input.evidence(of: index, .total),
                let total = input.evidence[place].statedTotalTokens, let prompt = input.spans[index].tokensInput,
                let answer = input.spans[index].tokensOutput
            else { continue }
            let sum = prompt.addingClamped(answer)
            // Some sources count reasoning or cached tokens beside the two; less than the parts is wrong anyway.
            if total < sum {
                addMismatch(
                    index, stated: total, found: sum,
                    "states \(total) tokens in all, and its input and output tokens come to \(sum)")
            }
        }
        if hasAggregates { addAggregates() }
        guard silent > 0 else { return }
        var item = LedgerItem(
            kind: .unknownUsage, missing: Int64(silent),
            message: "\(silent) of \(calls) model calls state no tokens: sums over tokens leave them out.", spanID: nil)
        item.expected = Int64(calls)
        item.recorded = Int64(calls - silent)
        add(item)
    }

    /// Usage that spans state for all the calls beneath them, against what those calls state.
    private mutating func addAggregates() {
        let input = tokensBeneath(\.tokensInput)
        let output = tokensBeneath(\.tokensOutput)
        for index in self.input.spans.indices {
            guard let evidence = self.input.evidence(of: index) else { continue }
            for (stated, sums, what) in [
                (evidence.aggregatedInputTokens, input, "input"), (evidence.aggregatedOutputTokens, output, "output"),
            ] {
                guard let stated, let found = sums[index], found != stated else { continue }
                addMismatch(
                    index, stated: stated, found: found,
                    "states \(stated) \(what) tokens for all its calls, and the recorded calls beneath it come to "
                        + "\(found)")
            }
        }
    }

    /// The tokens of the topmost model calls beneath each node, since what lies beneath a call repeats its usage.
    ///
    /// Nil where no call beneath states any.
    private func tokensBeneath(_ tokens: KeyPath<SpanRow, Int64?>) -> [Int64?] {
        var sums = [Int64?](repeating: nil, count: forest.nodeCount)
        for node in forest.preorder.reversed() {
            let parent = Int(forest.parents[Int(node)])
            guard parent >= 0 else { continue }
            let span = input.spans[Int(node)]
            let own = input.columns.kinds[Int(node)] == .llm ? span[keyPath: tokens] : nil
            guard let count = own ?? sums[Int(node)] else { continue }
            sums[parent] = (sums[parent] ?? 0).addingClamped(count)
        }
        return sums
    }

    private mutating func addMismatch(_ index: Int, stated: Int64, found: Int64, _ what: String) {
        let missing = max(0, stated.subtractingClamped(found))
        var item = LedgerItem(
            kind: .usageMismatch, missing: missing, message: "\(name(index)) \(what).",
            spanID: input.spans[index].spanID,
            evidence: [evidence(index, "stated", String(stated)), evidence(index, "found", String(found))])
        item.expected = stated
        item.recorded = found
        add(item)
    }
}
