import TraceModel

/// What most passes over a trace ask of each span, in columns beside the rows.
///
/// A row takes three cache lines; a pass that needs the kind of each span reads one byte of it here. Times are
/// nanoseconds since the Unix epoch.
struct ColumnarSpans: Sendable {
    /// What is known of a span.
    struct Facts: OptionSet, Sendable {
        let rawValue: UInt32

        static let start = Facts(rawValue: 1 << 0)
        static let end = Facts(rawValue: 1 << 1)
        static let isError = Facts(rawValue: 1 << 2)
        static let isCancelled = Facts(rawValue: 1 << 3)
        /// It names an agent or an instance itself.
        static let agent = Facts(rawValue: 1 << 4)
        static let marks = Facts(rawValue: 1 << 5)
        static let tokens = Facts(rawValue: 1 << 6)
        // The groups of its evidence that say something, and a verdict.
        static let identity = Facts(rawValue: 1 << 7)
        static let steps = Facts(rawValue: 1 << 8)
        static let model = Facts(rawValue: 1 << 9)
        static let tool = Facts(rawValue: 1 << 10)
        static let losses = Facts(rawValue: 1 << 11)
        static let verdict = Facts(rawValue: 1 << 12)
        /// A model asked for tool calls.
        static let requests = Facts(rawValue: 1 << 13)
        /// A prompt has a name or a digest.
        static let prompt = Facts(rawValue: 1 << 14)
        /// It states its tokens in all beside their parts.
        static let total = Facts(rawValue: 1 << 15)
        /// It names the model that was asked for and the one that answered.
        static let models = Facts(rawValue: 1 << 16)
        /// It continues a response that it names.
        static let continues = Facts(rawValue: 1 << 17)
    }

    let ids: [SpanID]
    let ordinals: [Int32]
    let kinds: [SpanKind]
    let facts: [Facts]
    private let starts: [Int64]
    private let ends: [Int64]

    init(_ spans: [SpanRow], evidenceIndices: [Int32], evidence: [SpanEvidence], repeated: Set<Int32>) {
        var ids: [SpanID] = []
        var ordinals: [Int32] = []
        var kinds: [SpanKind] = []
        var facts: [Facts] = []
        var starts: [Int64] = []
        var ends: [Int64] = []
        ids.reserveCapacity(spans.count)
        ordinals.reserveCapacity(spans.count)
        kinds.reserveCapacity(spans.count)
        facts.reserveCapacity(spans.count)
        starts.reserveCapacity(spans.count)
        ends.reserveCapacity(spans.count)
        for place in spans.indices {
            ids.append(spans[place].spanID)
            ordinals.append(spans[place].ordinal)
            kinds.append(!repeated.isEmpty && repeated.contains(Int32(place)) ? .other : spans[place].kind)
            starts.append(spans[place].startUnixNano ?? 0)
            ends.append(spans[place].endUnixNano ?? 0)
            var known = Facts(spans[place])
            let index = Int(evidenceIndices[place])
            if index >= 0 { known.formUnion(Facts(evidence[index])) }
            facts.append(known)
        }
        (self.ids, self.ordinals, self.kinds, self.facts) = (ids, ordinals, kinds, facts)
        (self.starts, self.ends) = (starts, ends)
    }

    func start(_ span: Int) -> Int64? { facts[span].contains(.start) ? starts[span] : nil }
    func end(_ span: Int) -> Int64? { facts[span].contains(.end) ? ends[span] : nil }
}

extension ColumnarSpans.Facts {
    fileprivate init(_ row: SpanRow) {
        self = []
        if row.startUnixNano != nil { insert(.start) }
        if row.endUnixNano != nil { insert(.end) }
        if row.isError { insert(.isError) }
        if row.isCancelled { insert(.isCancelled) }
        if row.agentSource != .inherited, row.agentInstance != 0 || row.agentSource != .missing && row.agent != 0 {
            insert(.agent)
        }
        if row.modelRequested != 0, row.modelResolved != 0 { insert(.models) }
        if !row.marks.isEmpty { insert(.marks) }
        if row.tokensInput != nil || row.tokensOutput != nil { insert(.tokens) }
    }

    fileprivate init(_ evidence: SpanEvidence) {
        self = []
        if !evidence.identity.isEmpty {
            insert(.identity)
            if evidence.promptName != nil { insert(.prompt) }
        }
        if !evidence.steps.isEmpty { insert(.steps) }
        if !evidence.model.isEmpty {
            insert(.model)
            if !evidence.requestedCalls.isEmpty { insert(.requests) }
            if evidence.promptDigest != nil { insert(.prompt) }
            if evidence.previousResponseID != nil { insert(.continues) }
            if evidence.statedTotalTokens != nil { insert(.total) }
        }
        if !evidence.tool.isEmpty { insert(.tool) }
        if !evidence.losses.isEmpty { insert(.losses) }
        if evidence.isAccepted != nil { insert(.verdict) }
    }
}
