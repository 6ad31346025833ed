import TraceModel

/// A stretch of a span's time that went into one phase.
struct PhasePiece {
    /// Nanoseconds since the Unix epoch.
    var from: Int64
    var to: Int64
    var phase: Phase
    /// It includes something that was not measured apart.
    var isBounded: Bool
    var span: Int32
    /// Where it stands among all that runs at once: the highest has the time.
    var rank: Int

    /// Appends the stretches of one span that has a start.
    ///
    /// A stated wait in a queue comes first, as orchestration. What a server states of a model call's prefill and decode
    /// stands next to it and at the end, and what neither covers is not split. Without that, the time to the first chunk
    /// parts them: prefill is then bounded, since it includes queueing and the network. Without either the call is not
    /// split. An unfinished span is taken to end at `openEnd`, and everything of it is bounded.
    static func append(
        of span: Int, _ input: TraceInput, phase: Phase, depth: Int32, openEnd: (Int64) -> Int64,
        to pieces: inout [PhasePiece]
    ) {
        guard let start = input.columns.start(span).map(ClampedTime.time) else { return }
        let known = input.columns.end(span).map(ClampedTime.time)
        let end = known ?? max(start, openEnd(start))
        guard end >= start else { return }
        var builder = Builder(
            cursor: start, end: end, span: Int32(span), depth: Int(depth), isUnfinished: known == nil)
        let stated = input.evidence(of: span, .steps).map { input.evidence[$0].steps.value } ?? .none
        if let queue = stated.queueNanos, queue > 0 {
            builder.add(.orchestration, nanos: queue, to: &pieces)
        }
        guard phase == .modelUnsplit else {
            builder.add(phase, until: end, to: &pieces)
            return
        }
        let prefill = stated.serverPrefillNanos.flatMap { $0 < 0 ? nil : $0 }
        let decode = stated.serverDecodeNanos.flatMap { $0 < 0 ? nil : $0 }
        switch (prefill, decode) {
        case (let prefill?, let decode?):
            builder.add(.prefill, nanos: prefill, to: &pieces)
            let decodeStart = max(builder.cursor, ClampedTime.time(end - min(decode, end - start)))
            if decodeStart > builder.cursor { builder.add(.modelUnsplit, until: decodeStart, to: &pieces) }
            builder.add(.decode, until: end, to: &pieces)
        case (let prefill?, nil):
            builder.add(.prefill, nanos: prefill, to: &pieces)
            builder.add(.decode, until: end, isBounded: true, to: &pieces)
        case (nil, let decode?):
            builder.add(.prefill, until: end - min(decode, end - start), isBounded: true, to: &pieces)
            builder.add(.decode, until: end, to: &pieces)
        case (nil, nil):
            if let first = input.spans[span].timeToFirstChunkNanos, first >= 0 {
                builder.add(.prefill, until: ClampedTime.time(start, plus: first), isBounded: true, to: &pieces)
                builder.add(.decode, until: end, to: &pieces)
            } else {
                builder.add(.modelUnsplit, until: end, to: &pieces)
            }
        }
    }

    /// Lays the stretches of one span end to end.
    private struct Builder {
        var cursor: Int64
        let end: Int64
        let span: Int32
        let depth: Int
        let isUnfinished: Bool

        mutating func add(_ phase: Phase, nanos: Int64, to pieces: inout [PhasePiece]) {
            add(phase, until: ClampedTime.time(cursor, plus: nanos), to: &pieces)
        }

        mutating func add(_ phase: Phase, until: Int64, isBounded: Bool = false, to pieces: inout [PhasePiece]) {
            let to = min(end, max(cursor, until))
            pieces.append(
                PhasePiece(
                    from: cursor, to: to, phase: phase, isBounded: isBounded || isUnfinished, span: span,
                    rank: depth * 16 + phase.precedence))
            cursor = to
        }
    }
}

extension Phase {
    /// Which of two spans equally deep has the time that they share: the model before tools, tools before humans
    /// who are waited for, and those before glue.
    fileprivate var precedence: Int {
        switch self {
        case .decode: 9
        case .prefill: 8
        case .modelUnsplit: 7
        case .toolExecution: 6
        case .retrieval: 5
        case .humanWait: 4
        case .resultHandling: 3
        case .inputAssembly: 2
        case .orchestration: 1
        case .unattributed: 0
        }
    }
}

/// What each span of a trace says its time went into.
///
/// Chains, agents, workflows and unknown spans say nothing, unless their evidence tells a phase: the spans around them
/// speak for them. Whatever waited for a human is that; retrievers, rerankers, embeddings and memory are retrieval; guardrails and evaluators are result
/// handling.
struct SpanPhases {
    private static let silent: UInt8 = 255
    private var raw: [UInt8]
    /// The nearest span above each one that says something; −1 for none.
    private(set) var tellingParents: [Int32]

    init(_ input: TraceInput, forest: SpanForest, groups: StepGroups) {
        raw = input.spans.indices.map { i in
            if input.spans[i].marks.contains(.humanWait) { return UInt8(Phase.humanWait.rawValue) }
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
