import TraceModel

/// The division of each agent run into steps.
///
/// A step is a model call and all that follows from it until the next one of the same run. The first step of a run
/// starts with the run, since what it does before is the input of its first call, and the last one ends with it. Of
/// nested model calls (a wrapper around the client's own span) the innermost opens the step. A call that starts while
/// the call that opened the step still runs is parallel to it, not next, and opens none. A framework's own spans of
/// steps win: each is a step as long as it says, and model calls beneath it open none; of nested ones the innermost
/// counts.
struct StepDivision {
    typealias Node = SpanForest.Node

    /// The steps that model calls open, those of one group together and in order of time, then the declared ones.
    private(set) var drafts: [StepDraft] = []
    /// Where the steps that model calls opened in a group stand in `drafts`.
    private(set) var draftsOfGroup: [Range<Int>]
    /// The draft of the declared step that each span lies in, in its own run; −1 for none.
    private(set) var declaredDraft: [Int32]

    init(_ input: TraceInput, forest: SpanForest, groups: StepGroups) {
        let marks = Marks(input, forest: forest, groups: groups)
        draftsOfGroup = Array(repeating: 0..<0, count: groups.runOf.count)
        declaredDraft = []
        // In order of group and start, since spans come by start.
        var openers = input.spans.indices.filter { marks.opens($0, input) }
        openers.sort { (groups.groupOf[$0], $0) < (groups.groupOf[$1], $1) }
        drafts.reserveCapacity(openers.count)
        var declared: [StepDraft] = []
        var first = openers.startIndex
        while first < openers.endIndex {
            let group = groups.groupOf[openers[first]]
            var limit = first
            while limit < openers.endIndex, groups.groupOf[openers[limit]] == group { limit += 1 }
            append(openers[first..<limit], group, input, groups, marks, &declared)
            first = limit
        }
        var draftOfStep: [Node: Int32] = [:]
        for draft in declared {
            draftOfStep[draft.opener] = Int32(drafts.count)
            drafts.append(draft)
        }
        declaredDraft =
            declared.isEmpty
            ? Array(repeating: -1, count: input.spans.count)
            : marks.nearestStep.map { $0 < 0 ? -1 : draftOfStep[$0] ?? -1 }
    }

    /// Divides one group at its openers.
    private mutating func append(
        _ openers: ArraySlice<Int>, _ group: Int32, _ input: TraceInput, _ groups: StepGroups, _ marks: Marks,
        _ declared: inout [StepDraft]
    ) {
        let begin = drafts.count
        var openCall: Int?
        var callEnd = Int64.min
        for opener in openers {
            guard let start = input.columns.start(opener).map(ClampedTime.time) else { continue }
            let end = input.columns.end(opener).map(ClampedTime.time)
            let isDeclared = marks.isStep[opener]
            if !isDeclared, start < callEnd { continue }
            if let open = openCall {
                drafts[open].to = start
                openCall = nil
            }
            if isDeclared {
                let to = max(start, end ?? groups.subtreeEnds[opener])
                declared.append(
                    StepDraft(opener: Node(opener), group: group, isDeclared: true, from: start, to: to))
                callEnd = .min
                continue
            }
            let isFirst = opener == openers.first
            openCall = drafts.count
            callEnd = end ?? .min
            drafts.append(
                StepDraft(
                    opener: Node(opener), group: group, isDeclared: false,
                    from: isFirst ? groups.starts[Int(group)] : start, to: max(start, groups.ends[Int(group)])))
        }
        draftsOfGroup[Int(group)] = begin..<drafts.count
    }
}

extension StepDivision {
    /// Which spans stand for steps, and which merely wrap others.
    fileprivate struct Marks {
        /// Declared steps, the outer ones of nested ones not among them.
        var isStep: [Bool]
        /// The declared step that each span is or lies in, in its own run; −1 for none.
        var nearestStep: [Node]
        private var isWrapper: [Bool]

        init(_ input: TraceInput, forest: SpanForest, groups: StepGroups) {
            let count = input.spans.count
            isStep = Array(repeating: false, count: count)
            isWrapper = Array(repeating: false, count: count)
            nearestStep = Array(repeating: -1, count: count)
            var nearestCall = [Node](repeating: -1, count: forest.nodeCount)
            for node in groups.order {
                let i = Int(node)
                let parent = forest.parents[i]
                if parent >= 0 { nearestCall[i] = nearestCall[Int(parent)] }
                guard i < count else { continue }
                if parent >= 0, Int(parent) < count, groups.groupOf[Int(parent)] == groups.groupOf[i] {
                    nearestStep[i] = nearestStep[Int(parent)]
                }
                if input.columns.kinds[i] == .llm {
                    let outer = Int(nearestCall[i])
                    if outer >= 0, groups.groupOf[outer] == groups.groupOf[i] { isWrapper[outer] = true }
                    nearestCall[i] = node
                }
                if let place = input.evidence(of: i, .steps), input.evidence[place].isStep,
                    input.columns.facts[i].contains(.start)
                {
                    isStep[i] = true
                    if nearestStep[i] >= 0 { isStep[Int(nearestStep[i])] = false }
                    nearestStep[i] = node
                }
            }
        }

        /// True for a span that a step starts with.
        func opens(_ span: Int, _ input: TraceInput) -> Bool {
            if isStep[span] { return true }
            guard input.columns.kinds[span] == .llm, !isWrapper[span], input.columns.facts[span].contains(.start) else {
                return false
            }
            return nearestStep[span] < 0 || !isStep[Int(nearestStep[span])]
        }
    }
}

/// Where one step begins and ends, before its time is divided.
struct StepDraft {
    /// The span that the step starts with.
    var opener: SpanForest.Node
    var group: Int32
    var isDeclared: Bool
    /// Nanoseconds since the Unix epoch; the end is not before the start.
    var from: Int64
    var to: Int64
}
