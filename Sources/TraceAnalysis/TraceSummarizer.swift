package import TraceModel

/// Builds the summary of one trace out of the structure of its spans.
///
/// Spans are added in the order of their keys. It keeps about 60 bytes a span, its time is linear in the spans, and it
/// never recurses, so that one trace may hold millions of spans in chains as long.
package struct TraceSummarizer {
    /// A text or an interned object of the store; 0 is absence.
    package typealias Label = Int32

    /// The structure of one span, with labels instead of texts.
    package struct Span {
        package var id: SpanID
        package var parent: SpanID?
        package var name: Label = 0
        package var service: Label = 0
        package var session: Label = 0
        /// The agent that the span itself names, or none.
        package var agent: Label = 0
        package var agentInstance: Label = 0
        /// `declared`, `inferred` or `missing`; `inherited` counts as missing and is found anew.
        package var agentSource = IdentitySource.missing
        package var modelRequested: Label = 0
        package var modelResolved: Label = 0
        package var tool: Label = 0
        package var errorType: Label = 0
        package var resource: Label = 0
        package var scope: Label = 0
        package var shape: Label = 0
        package var kind = SpanKind.other
        package var status = SpanStatus.Code.unset
        package var isError = false
        package var isCancelled = false
        package var marks: SpanMarks = []
        package var startUnixNano: Int64?
        package var endUnixNano: Int64?
        package var tokensInput: Int64?
        package var tokensOutput: Int64?

        package init(id: SpanID, parent: SpanID?) {
            self.id = id
            self.parent = parent
        }
    }

    // One entry a span.
    var parents: [Int32] = []
    var marks: [UInt16] = []
    var agents: [Label] = []
    var agentInstances: [Label] = []
    var agentSources: [IdentitySource] = []
    var starts: [Int64] = []

    /// The first span of each id, and the parents that spans name.
    var indices: [UInt64: Int32] = [:]
    var parentIDs: [UInt64] = []
    /// Usage of model calls: the span and what it states.
    var usages: [(index: Int32, input: Int64?, output: Int64?)] = []
    var facetCounts = FacetCounts()
    var totals = Totals()

    package init(expecting count: Int = 0) {
        parents.reserveCapacity(count)
        marks.reserveCapacity(count)
        agents.reserveCapacity(count)
        agentInstances.reserveCapacity(count)
        agentSources.reserveCapacity(count)
        starts.reserveCapacity(count)
        parentIDs.reserveCapacity(count)
        indices.reserveCapacity(count)
    }

    /// The number of spans added.
    package var count: Int { parents.count }

    /// Forgets all spans and keeps the memory.
    package mutating func removeAll() {
        parents.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        agents.removeAll(keepingCapacity: true)
        agentInstances.removeAll(keepingCapacity: true)
        agentSources.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        indices.removeAll(keepingCapacity: true)
        parentIDs.removeAll(keepingCapacity: true)
        usages.removeAll(keepingCapacity: true)
        facetCounts.removeAll()
        totals = Totals()
    }

    /// Adds the next span in the order of keys.
    package mutating func add(_ span: Span) {
        let index = Int32(parents.count)
        var spanMarks = span.marks.subtracting(.structural)
        if let first = indices[span.id.rawValue] {
            spanMarks.insert(.duplicateSpanID)
            marks[Int(first)] |= SpanMarks.duplicateSpanID.bits
        } else {
            indices[span.id.rawValue] = index
        }
        if span.parent == span.id { spanMarks.insert(.selfParent) }
        // The place of the parent is found when all spans are known; until then the sign says whether one is named.
        parents.append(span.parent == nil || span.parent == span.id ? Self.none : Self.unresolved)
        parentIDs.append(span.parent?.rawValue ?? 0)
        marks.append(spanMarks.bits)
        let isLabelled = span.agentSource == .declared || span.agentSource == .inferred
        agents.append(isLabelled ? span.agent : 0)
        agentInstances.append(isLabelled ? span.agentInstance : 0)
        agentSources.append(isLabelled ? span.agentSource : .missing)
        starts.append(span.startUnixNano ?? .max)
        if span.kind == .llm { usages.append((index, span.tokensInput, span.tokensOutput)) }
        totals.add(span, index: index)
        facetCounts.add(span)
    }

    static let none: Int32 = -1
    static let unresolved: Int32 = -2
}

extension SpanMarks {
    /// The marks in the few bytes that a large trace can afford.
    var bits: UInt16 { UInt16(truncatingIfNeeded: rawValue) }
}
