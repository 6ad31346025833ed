import TraceAnalysis
package import TraceModel

/// All that is recorded of one trace, gathered span by span in the order of arrival.
///
/// Whatever can be counted as it comes is counted at once, so that little more is kept of a span than its row.
package struct TraceRecords: Sendable {
    package var id: TraceID
    /// The texts that the rows refer to.
    package var names: NameTable
    package private(set) var rows: [SpanRow] = []
    package var streams: [StreamRecord] = []
    package var findings: [KnownFinding] = []

    var clockNames: [String] = []
    private var clocks: [String: Int32] = [:]
    var evidence: [SpanEvidence] = []
    /// Where the evidence of each row stands, −1 where it has none.
    var evidenceIndices: [Int32] = []
    /// The calls of models, the runs of tools, and agents that state tokens.
    var calls: [Call] = []
    var counts = FacetTally()
    var totals = TraceTotals()

    /// What a call of a model, a run of a tool or an agent states beside its row.
    struct Call {
        var span: Int32
        var provider: NameIndex
        var scope: Int32
        var usage: TokenUsage
        /// A span of another trace, which came before, counts for it.
        var isToldElsewhere: Bool
    }

    package init(_ id: TraceID, names: NameTable = NameTable(), expecting count: Int = 0) {
        self.id = id
        self.names = names
        rows.reserveCapacity(count)
        evidenceIndices.reserveCapacity(count)
    }

    /// The number of spans added.
    package var count: Int { rows.count }

    /// The number for the clock of a name, for rows.
    package mutating func clock(named name: String) -> Int32 {
        if let number = clocks[name] { return number }
        let number = Int32(clockNames.count)
        clocks[name] = number
        clockNames.append(name)
        return number
    }

    /// Adds the next span.
    package mutating func add(_ record: consuming SpanRecord) {
        let states = record.row.kind == .agent && record.row.tokensTotal != nil
        if record.row.kind == .llm || record.row.kind == .tool || states {
            calls.append(
                Call(
                    span: Int32(rows.count), provider: record.provider, scope: record.scope, usage: record.usage,
                    isToldElsewhere: record.isToldElsewhere))
        }
        totals.add(record.row, session: record.session)
        counts.add(record)
        if let found = record.evidence {
            evidenceIndices.append(Int32(evidence.count))
            evidence.append(found)
        } else {
            evidenceIndices.append(-1)
        }
        rows.append(record.row)
    }

    /// Gives the rows away, so that nobody holds a second copy of them.
    mutating func takeRows() -> [SpanRow] {
        defer { rows = [] }
        return rows
    }

    /// Puts the rows in order of start, those without one last, ties in order of arrival.
    ///
    /// Gives the new place of each row by its old one; empty where all stay where they are.
    mutating func sortByStart() -> [Int32] {
        var last = Int64.min
        var isSorted = true
        for row in rows {
            let start = row.startUnixNano ?? .max
            if start < last { isSorted = false }
            last = start
        }
        if isSorted { return [] }
        // Small pairs move faster than whole rows.
        var order = rows.indices.map { (start: rows[$0].startUnixNano ?? .max, place: Int32($0)) }
        order.sort { $0.start != $1.start ? $0.start < $1.start : $0.place < $1.place }
        var places = [Int32](repeating: 0, count: rows.count)
        for (place, element) in order.enumerated() { places[Int(element.place)] = Int32(place) }
        // Each circle of moves is gone round once, with one row in hand: a second array would double the peak.
        for start in order.indices where order[start].place >= 0 {
            let row = rows[start]
            let index = evidenceIndices[start]
            var at = start
            while true {
                let source = Int(order[at].place)
                order[at].place = -1
                if source == start { break }
                rows[at] = rows[source]
                evidenceIndices[at] = evidenceIndices[source]
                at = source
            }
            rows[at] = row
            evidenceIndices[at] = index
        }
        return places
    }

    /// Numbers the clocks in the order in which the rows come to them.
    mutating func numberClocks() {
        if clockNames.count < 2 { return }
        var numbers = [Int32](repeating: -1, count: clockNames.count)
        var next: Int32 = 0
        var sorted: [String] = []
        for index in rows.indices {
            let old = Int(rows[index].clock)
            if numbers[old] < 0 {
                numbers[old] = next
                sorted.append(clockNames[old])
                next += 1
            }
            rows[index].clock = numbers[old]
        }
        clockNames = sorted
    }

    /// Changes a row in place.
    mutating func change(_ index: Int, _ body: (inout SpanRow) -> Void) { body(&rows[index]) }

    /// The calls with the places of their rows; empty `places` where all stand as they came.
    func placedCalls(_ places: [Int32]) -> [Call] {
        if places.isEmpty { return calls }
        return calls.map { call in
            var placed = call
            placed.span = places[Int(call.span)]
            return placed
        }
    }

    /// Marks the rows whose call another row counts for, and gives those that analysis takes for no calls.
    ///
    /// What a row that counts does not tell of messages, it gets from the others of its call.
    mutating func markSameCalls(_ calls: [Call], _ forest: SpanForest) -> Set<Int32> {
        let same = SameCalls(self, calls: calls, forest: forest)
        var repeated = same.hidden
        for (place, counting) in same.counting.enumerated() where counting >= 0 {
            rows[place].marks.insert(.sameCall)
            rows[place].countedBy = rows[Int(counting)].arrival
            let (mine, theirs) = (Int(evidenceIndices[place]), Int(evidenceIndices[Int(counting)]))
            guard mine >= 0, evidence[mine].hasMessages, theirs < 0 || !evidence[theirs].hasMessages else { continue }
            if theirs >= 0 { evidence[mine].responseID = evidence[mine].responseID ?? evidence[theirs].responseID }
            evidenceIndices[Int(counting)] = Int32(mine)
        }
        for call in calls where call.isToldElsewhere {
            rows[Int(call.span)].marks.insert(.sameCall)
            repeated.insert(call.span)
        }
        return repeated
    }

    /// Decides marks and agents of the rows by their tree.
    mutating func resolve(_ forest: SpanForest) { TreeResolver.resolve(&rows, forest) }
}
