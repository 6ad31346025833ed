import TraceModel

/// Which spans the time of which steps is divided among.
///
/// A scope is an agent run with all the steps that its model calls open, or one declared step. Its members are the
/// spans beneath it that say what their time went into, nested agent runs included: in the step that invoked them
/// their time counts by what they did, and in their own steps once more.
struct StepScopes {
    /// How many scopes around a span take it as a member, so that endlessly nested agents cost linear time; what lies
    /// deeper counts in a step as what the spans around it say.
    private static let depthLimit = 16

    /// The steps of each scope, as a range of drafts.
    private(set) var drafts: [Range<Int>] = []
    private var offsets: [Int32] = []
    private var list: [Int32] = []

    /// The members of a scope, by start time.
    func members(of scope: Int) -> ArraySlice<Int32> { list[Int(offsets[scope])..<Int(offsets[scope + 1])] }

    init(_ division: StepDivision, forest: SpanForest, groups: StepGroups, phases: SpanPhases) {
        var scopeOfGroup = [Int32](repeating: -1, count: division.draftsOfGroup.count)
        for (group, range) in division.draftsOfGroup.enumerated() where !range.isEmpty {
            scopeOfGroup[group] = Int32(drafts.count)
            drafts.append(range)
        }
        var scopeOfDraft = [Int32](repeating: -1, count: division.drafts.count)
        for (draft, step) in division.drafts.enumerated() where step.isDeclared {
            scopeOfDraft[draft] = Int32(drafts.count)
            drafts.append(draft..<draft + 1)
        }

        var chain = ScopeChain(limit: Self.depthLimit)
        var linkOf = [Int32](repeating: -1, count: forest.nodeCount)
        for node in groups.order {
            let i = Int(node)
            let parent = forest.parents[i]
            var link = parent < 0 ? -1 : linkOf[Int(parent)]
            let group = groups.group(node)
            if group >= 0 {
                if parent < 0 || groups.group(parent) != group { link = chain.push(scopeOfGroup[Int(group)], on: link) }
                let draft = division.declaredDraft[i]
                if draft >= 0, division.drafts[Int(draft)].opener == node {
                    link = chain.push(scopeOfDraft[Int(draft)], on: link)
                }
            }
            linkOf[i] = link
        }
        fill(chain, linkOf, phases)
    }

    private mutating func fill(_ chain: ScopeChain, _ linkOf: [Int32], _ phases: SpanPhases) {
        offsets = Array(repeating: 0, count: drafts.count + 1)
        for i in phases.indices where phases.isTelling(i) {
            chain.forEach(from: linkOf[i]) { offsets[Int($0) + 1] += 1 }
        }
        for i in drafts.indices { offsets[i + 1] += offsets[i] }
        list = Array(repeating: 0, count: Int(offsets.last ?? 0))
        var next = offsets
        for i in phases.indices where phases.isTelling(i) {
            chain.forEach(from: linkOf[i]) {
                list[Int(next[Int($0)])] = Int32(i)
                next[Int($0)] += 1
            }
        }
    }
}

/// The scopes around each span, as chains that share their outer parts.
private struct ScopeChain {
    private var links: [(scope: Int32, outer: Int32)] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The chain with a scope added, unless there is none or the chain holds it.
    mutating func push(_ scope: Int32, on outer: Int32) -> Int32 {
        guard scope >= 0 else { return outer }
        var isKnown = false
        forEach(from: outer) { isKnown = isKnown || $0 == scope }
        if isKnown { return outer }
        links.append((scope, outer))
        return Int32(links.count - 1)
    }

    /// Calls the body for the innermost scopes of a chain.
    func forEach(from link: Int32, _ body: (Int32) -> Void) {
        var link = link
        var count = 0
        while link >= 0, count < limit {
            body(links[Int(link)].scope)
            link = links[Int(link)].outer
            count += 1
        }
    }
}
