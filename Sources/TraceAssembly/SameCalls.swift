import TraceAnalysis
import TraceModel

/// Finds the records of a trace that tell of a call which another record tells of too.
///
/// A provider's own package, a framework and an instrumentation each trace the call of a model, nested, side by side or
/// in traces of their own, and a protocol between agent and tool traces each run of a tool again on both of its ends. A
/// call of a model is known by its response's id, else by nesting or by standing beside each other with equal model,
/// tokens and times; a run of a tool by the id of its call, else by its name and times. Of the records of one call one
/// counts: the one that states most.
struct SameCalls {
    /// By row: the row that counts for it; −1 for rows that count themselves.
    private(set) var counting: [Int32] = []
    /// The rows that analysis takes for no calls.
    ///
    /// Nested runs of tools are not among them: there the outer one is the dispatch and the inner one what ran.
    private(set) var hidden: Set<Int32> = []

    /// How much later than the record around it a record may begin or end, for clocks that tick in milliseconds.
    private static let tolerance: Int64 = 5_000_000
    /// How many earlier calls are looked at for one that stands around another.
    private static let reach = 64

    /// One record of a call.
    private struct Record {
        var row: Int32
        var scope: Int32
        /// The nearest record of the same sort above it that no agent, and no call of the other sort, separates; −1.
        var outer: Int32 = -1
        var usage = TokenUsage()
    }

    private let rows: [SpanRow]
    private let names: NameTable
    private let evidence: [SpanEvidence]
    private let indices: [Int32]
    private var records: [Record]
    /// For each record another one of the same call, or itself.
    private var links: [Int]

    /// - Parameter calls: the calls of models and tools; their spans are places among the rows.
    init(_ records: borrowing TraceRecords, calls: [TraceRecords.Call], forest: SpanForest) {
        rows = records.rows
        names = records.names
        evidence = records.evidence
        indices = records.evidenceIndices
        self.records = calls.filter { records.rows[Int($0.span)].kind != .agent }.map {
            Record(row: $0.span, scope: $0.scope, usage: $0.usage)
        }
        self.records.sort { $0.row < $1.row }
        links = Array(self.records.indices)
        counting = Array(repeating: -1, count: rows.count)
        guard self.records.count > 1 else { return }
        findOuter(forest)
        joinResponses()
        joinNested()
        joinSiblings(forest)
        joinTools()
        choose(forest)
    }

    // MARK: Which belong together

    private mutating func findOuter(_ forest: SpanForest) {
        var recordOf = [Int32](repeating: -1, count: rows.count)
        for (place, record) in records.enumerated() { recordOf[Int(record.row)] = Int32(place) }
        var nearest = [Int32](repeating: -1, count: forest.nodeCount)
        for node in forest.preorder where !forest.isPlaceholder(node) {
            let parent = Int(forest.parents[Int(node)])
            var above: Int32 = -1
            if parent >= 0, parent < rows.count { above = rows[parent].kind == .agent ? -1 : nearest[parent] }
            let own = recordOf[Int(node)]
            nearest[Int(node)] = own < 0 ? above : own
            guard own >= 0, above >= 0 else { continue }
            if kind(Int(own)) == kind(Int(above)) { records[Int(own)].outer = above }
        }
    }

    private mutating func joinResponses() {
        var known: [String: [Int]] = [:]
        for place in records.indices where kind(place) == .llm {
            guard let id = evidence(of: place)?.responseID, id.utf8.count >= 8 else { continue }
            // A cache may give one response twice: then the calls are apart in time.
            if let other = known[id]?.last(where: { overlap($0, place) || isBeneath(place, $0) }) { join(other, place) }
            known[id, default: []].append(place)
        }
    }

    private mutating func joinNested() {
        var inner: [Int32: [Int]] = [:]
        for place in records.indices where records[place].outer >= 0 {
            inner[records[place].outer, default: []].append(place)
        }
        for (outer, places) in inner {
            let same = places.filter { isConsistent(Int(outer), $0) }
            if same.count == 1, kind(same[0]) == .tool || places.count == 1 || hasTokens(same[0]) {
                join(Int(outer), same[0])
            }
        }
    }

    /// Two instrumentations tell of one call side by side, the inner one within the times of the outer one.
    private mutating func joinSiblings(_ forest: SpanForest) {
        let groups = Dictionary(grouping: records.indices.filter { kind($0) == .llm }) {
            forest.parents[Int(records[$0].row)]
        }
        for places in groups.values where places.count > 1 {
            var taken: Set<Int> = []
            for (number, place) in places.enumerated() where records[place].scope != 0 {
                let around = places[max(0, number - Self.reach)..<number].last {
                    records[$0].scope != records[place].scope && !taken.contains($0) && contains($0, place)
                        && responses($0, place) && isConsistent($0, place)
                }
                guard let around, root(around) != root(place) else { continue }
                taken.insert(around)
                join(around, place)
            }
        }
    }

    /// The ends of a protocol tell nothing but the tool's name; the record around them tells the rest.
    private mutating func joinTools() {
        let tools = records.indices.filter { kind($0) == .tool }
        for (number, place) in tools.enumerated() {
            guard root(place) == place, records[place].outer < 0 else { continue }
            let own = evidence(of: place)
            guard own?.toolCallID == nil, own?.arguments == nil, own?.result == nil else { continue }
            let around = tools[max(0, number - Self.reach)..<number].last {
                records[$0].scope != records[place].scope && contains($0, place) && isSameTool($0, place)
            }
            if let around { join(around, place) }
        }
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(a), root(b))
        if first != second { links[max(first, second)] = min(first, second) }
    }

    private func root(_ place: Int) -> Int {
        var place = place
        while links[place] != place { place = links[place] }
        return place
    }

    // MARK: What two records have in common

    private func kind(_ place: Int) -> SpanKind { rows[Int(records[place].row)].kind }

    private func evidence(of place: Int) -> SpanEvidence? {
        let index = indices[Int(records[place].row)]
        return index < 0 ? nil : evidence[Int(index)]
    }

    private func overlap(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (rows[Int(records[a].row)], rows[Int(records[b].row)])
        guard let firstEnd = first.endUnixNano, let secondEnd = second.endUnixNano,
            let firstStart = first.startUnixNano,
            let secondStart = second.startUnixNano
        else { return true }
        return firstStart <= secondEnd && secondStart <= firstEnd
    }

    /// True where the second record lies within the times of the first, but for ticks of their clocks.
    private func contains(_ a: Int, _ b: Int) -> Bool {
        let (outer, inner) = (rows[Int(records[a].row)], rows[Int(records[b].row)])
        guard let start = outer.startUnixNano, let end = outer.endUnixNano, let innerStart = inner.startUnixNano,
            let innerEnd = inner.endUnixNano
        else { return false }
        return innerStart >= start - Self.tolerance && innerEnd <= end + Self.tolerance && innerStart <= end
    }

    private func isBeneath(_ place: Int, _ other: Int) -> Bool {
        var at = Int(records[place].outer)
        while at >= 0, at != other { at = Int(records[at].outer) }
        return at == other
    }

    /// False where both name a response, and not the same.
    private func responses(_ a: Int, _ b: Int) -> Bool {
        guard let first = evidence(of: a)?.responseID, let second = evidence(of: b)?.responseID else { return true }
        return first == second
    }

    /// Nothing that both state differs.
    private func isConsistent(_ a: Int, _ b: Int) -> Bool {
        if kind(a) == .tool { return isSameTool(a, b) }
        return responses(a, b) && isSameModel(a, b) && hasSameTokens(a, b)
    }

    private func isSameModel(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (rows[Int(records[a].row)], rows[Int(records[b].row)])
        let mine = [first.modelRequested, first.modelResolved].compactMap { names[$0]?.lowercased() }
        let theirs = [second.modelRequested, second.modelResolved].compactMap { names[$0]?.lowercased() }
        if mine.isEmpty || theirs.isEmpty { return true }
        // A dated name begins with the one that was asked for.
        return mine.contains { name in theirs.contains { $0.hasPrefix(name) || name.hasPrefix($0) } }
    }

    /// Sources count the cache and the reasoning in or not, and the last of a stream's counts once more.
    private func hasSameTokens(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (rows[Int(records[a].row)], rows[Int(records[b].row)])
        if let mine = first.tokensInput, let theirs = second.tokensInput, mine != theirs {
            let cached = [records[a].usage, records[b].usage].map { ($0.cacheRead ?? 0) + ($0.cacheWrite ?? 0) }
            guard cached.contains(abs(mine - theirs)) else { return false }
        }
        if let mine = first.tokensOutput, let theirs = second.tokensOutput, abs(mine - theirs) > 1 {
            let reasoning = [records[a].usage.reasoning, records[b].usage.reasoning].compactMap { $0 }
            guard reasoning.contains(abs(mine - theirs)) else { return false }
        }
        return true
    }

    private func hasTokens(_ place: Int) -> Bool { rows[Int(records[place].row)].tokensTotal != nil }

    private func isSameTool(_ a: Int, _ b: Int) -> Bool {
        if let mine = evidence(of: a), let theirs = evidence(of: b) {
            if let first = mine.toolCallID, let second = theirs.toolCallID { return first == second }
            if let first = mine.arguments, let second = theirs.arguments, !first.matches(second) { return false }
        }
        guard let first = names[rows[Int(records[a].row)].tool], let second = names[rows[Int(records[b].row)].tool]
        else { return false }
        return first == second || Self.isQualified(first, second) || Self.isQualified(second, first)
    }

    /// True for `server__name` and the like beside `name`.
    private static func isQualified(_ long: String, _ short: String) -> Bool {
        guard long.hasSuffix(short), let before = long.dropLast(short.count).last else { return false }
        return before == "_" && long.dropLast(short.count).hasSuffix("__") || "-./:".contains(before)
    }

    // MARK: Which one counts

    private mutating func choose(_ forest: SpanForest) {
        var groups: [Int: [Int]] = [:]
        for place in records.indices { groups[root(place), default: []].append(place) }
        for places in groups.values where places.count > 1 {
            var best = places[0]
            for place in places.dropFirst() where isBetter(place, best) { best = place }
            for place in places where place != best {
                counting[Int(records[place].row)] = records[best].row
                let isLayer = kind(place) == .tool && (isBeneath(place, best) || isBeneath(best, place))
                if !isLayer { hidden.insert(records[place].row) }
            }
        }
    }

    private func isBetter(_ a: Int, _ b: Int) -> Bool {
        let (mine, theirs) = (weight(a), weight(b))
        if mine != theirs { return theirs.lexicographicallyPrecedes(mine) }
        // Of equals the inner one is nearer to what a model did, and the outer one to what a tool was asked.
        return kind(a) == .tool ? isBeneath(b, a) : isBeneath(a, b)
    }

    private func weight(_ place: Int) -> [Int] {
        let row = rows[Int(records[place].row)]
        func one(_ isKnown: Bool) -> Int { isKnown ? 1 : 0 }
        let known = evidence(of: place)
        if row.kind == .tool {
            return [one(known?.toolCallID != nil), one(known?.arguments != nil) + one(known?.result != nil)]
        }
        return [
            one(row.tokensInput != nil) + one(row.tokensOutput != nil), one(row.timeToFirstChunkNanos != nil),
            one(known?.hasMessages ?? false),
        ]
    }
}
