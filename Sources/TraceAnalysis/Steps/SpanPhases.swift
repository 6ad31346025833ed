import TraceModel

/// What each span of a trace says its time went into.
///
/// Chains, agents, workflows and unknown spans say nothing, unless their evidence tells a phase: the spans around them
/// speak for them. Retrievers, rerankers, embeddings and memory are retrieval; guardrails and evaluators are result
/// handling.
struct SpanPhases {
    private static let silent: UInt8 = 255
    private var raw: [UInt8]
    /// The nearest span above each one that says something; −1 for none.
    private(set) var tellingParents: [Int32]

    init(_ input: TraceInput, forest: SpanForest, groups: StepGroups) {
        raw = input.spans.indices.map { i in
            let stated = input.evidence(of: i, .steps).flatMap { input.evidence[$0].phase }
            return Self.phase(input.columns.kinds[i], stated).map { UInt8($0.rawValue) } ?? Self.silent
        }
        tellingParents = Array(repeating: -1, count: forest.nodeCount)
        for node in groups.order {
            let parent = forest.parents[Int(node)]
            guard parent >= 0 else { continue }
            let isTelling = Int(parent) < raw.count && raw[Int(parent)] != Self.silent
            tellingParents[Int(node)] = isTelling ? parent : tellingParents[Int(parent)]
        }
    }

    var indices: Range<Int> { raw.indices }

    func isTelling(_ span: Int) -> Bool { raw[span] != Self.silent }

    /// The phase of a span; model calls are `modelUnsplit` here, and divided by `pieces`.
    func phase(_ span: Int) -> Phase? { Phase(rawValue: Int(raw[span])) }

    private static func phase(_ kind: SpanKind, _ stated: Phase?) -> Phase? {
        let stated = stated == .unattributed ? nil : stated
        switch kind {
        case .llm: return .modelUnsplit
        case .tool: return .toolExecution
        case .retrieval, .reranker, .embedding, .memory: return .retrieval
        case .guardrail, .evaluator: return stated ?? .resultHandling
        case .chain, .agent, .workflow, .other: return stated
        }
    }
}
