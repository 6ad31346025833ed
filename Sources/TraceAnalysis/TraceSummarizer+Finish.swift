import Basics
package import TraceModel

extension TraceSummarizer {
    /// The summary of a trace, with labels instead of texts.
    package struct Summary: Sendable {
        package var spanCount = 0
        package var errorCount = 0
        package var name: Label = 0
        package var session: Label = 0
        package var startUnixNano: Int64?
        package var endUnixNano: Int64?
        package var durationNanos: Int64?
        package var services: [Label] = []
        package var agents: [Label] = []
        package var models: [Label] = []
        package var tokensInput: Int64?
        package var tokensOutput: Int64?
        package var modelCallCount = 0
        package var modelCallsWithTokens = 0
        package var longestSpanNanos: Int64?
        package var mostSpanTokens: Int64?
        /// The marks that any span has.
        package var marks: SpanMarks = []
        package var facets: [Facet] = []

        /// Input and output together; nil where neither is known.
        package var tokensTotal: Int64? {
            if tokensInput == nil && tokensOutput == nil { return nil }
            return (tokensInput ?? 0).addingClamped(tokensOutput ?? 0)
        }
    }

    /// Resolves the tree and sums up; afterwards marks and agents of every span are final.
    package mutating func finish() -> Summary {
        resolveParents()
        markCycles()
        inheritAgents()
        var summary = Summary()
        addTotals(to: &summary)
        addModelCalls(to: &summary)
        addFacets(to: &summary)
        return summary
    }

    /// The marks of a span, structural ones included.
    package func marks(at index: Int) -> SpanMarks { SpanMarks(rawValue: Int(marks[index])) }

    /// The agent of a span, its own or inherited, and where it came from.
    package func agent(at index: Int) -> (label: Label, instance: Label, source: IdentitySource) {
        (agents[index], agentInstances[index], agentSources[index])
    }

    private mutating func resolveParents() {
        for index in parents.indices where parents[index] == Self.unresolved {
            if let parent = indices[parentIDs[index]] {
                parents[index] = parent
            } else {
                marks[index] |= SpanMarks.missingParent.bits
                parents[index] = Self.none
            }
        }
    }

    private func addTotals(to summary: inout Summary) {
        summary.spanCount = count
        summary.errorCount = totals.errorCount
        summary.name = totals.root.label != 0 ? totals.root.label : totals.first.label
        summary.session = totals.session.label
        summary.startUnixNano = totals.start
        summary.endUnixNano = totals.end
        summary.durationNanos = totals.duration
        summary.longestSpanNanos = totals.longestSpan
        summary.mostSpanTokens = totals.mostTokens
    }

    /// Sums usage over model calls that have no model call beneath them: the outer ones repeat the inner ones' usage.
    private func addModelCalls(to summary: inout Summary) {
        guard !usages.isEmpty else { return }
        var holdsModelCall = [Bool](repeating: false, count: count)
        for usage in usages {
            var ancestor = parents[Int(usage.index)]
            while ancestor >= 0 && ancestor != usage.index && !holdsModelCall[Int(ancestor)] {
                holdsModelCall[Int(ancestor)] = true
                ancestor = parents[Int(ancestor)]
            }
        }
        for usage in usages where !holdsModelCall[Int(usage.index)] {
            summary.modelCallCount += 1
            if usage.input != nil || usage.output != nil { summary.modelCallsWithTokens += 1 }
            if let tokens = usage.input { summary.tokensInput = (summary.tokensInput ?? 0).addingClamped(tokens) }
            if let tokens = usage.output { summary.tokensOutput = (summary.tokensOutput ?? 0).addingClamped(tokens) }
        }
    }

    private mutating func addFacets(to summary: inout Summary) {
        var markCounts: [Int: Int] = [:]
        for index in 0..<count {
            facetCounts.add(.agent, agents[index], starts[index])
            if marks[index] == 0 { continue }
            let spanMarks = marks(at: index)
            summary.marks.formUnion(spanMarks)
            for named in SpanMarks.named where spanMarks.contains(named.mark) {
                markCounts[named.mark.rawValue, default: 0] += 1
            }
        }
        summary.services = facetCounts.values(of: .service)
        summary.agents = facetCounts.values(of: .agent)
        summary.models = facetCounts.values(of: .model)
        summary.facets = facetCounts.entries.map { Facet(field: $0.field, value: $0.value, spans: $0.spans) }
        for named in SpanMarks.named {
            guard let spans = markCounts[named.mark.rawValue] else { continue }
            summary.facets.append(Facet(field: .mark, value: Int64(named.mark.rawValue), spans: spans))
        }
    }
}
