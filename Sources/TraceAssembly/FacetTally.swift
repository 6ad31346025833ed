import TraceModel

/// How many spans have which value of which field, in the order in which the spans brought them.
struct FacetTally: Sendable {
    private struct Key: Hashable {
        var field: TraceFacet.Field
        var value: Int64
    }

    private struct Entry {
        var field: TraceFacet.Field
        var value: Int64
        var spans: Int
        /// The earliest start of a span with the value.
        var firstStart: Int64
    }

    private var places: [Key: Int] = [:]
    private var entries: [Entry] = []
    /// The last entry of each field: neighbours often agree, which saves most look-ups.
    private var recent = [Int](repeating: -1, count: TraceFacet.Field.allCases.count + 1)

    /// Counts all of a span but agents and marks, which are known only with the tree.
    mutating func add(_ record: borrowing SpanRecord) {
        let row = record.row
        let start = row.startUnixNano ?? .max
        add(.service, row.service, start)
        add(.name, row.name, start)
        add(.model, row.modelResolved != 0 ? row.modelResolved : row.modelRequested, start)
        add(.modelRequested, row.modelRequested, start)
        add(.modelResolved, row.modelResolved, start)
        add(.tool, row.tool, start)
        add(.session, record.session, start)
        add(.errorType, row.errorType, start)
        add(.scope, record.scope, start)
        add(.resource, record.resource, start)
        add(.shape, record.shape, start)
        count(.kind, Int64(row.kind.rawValue), start)
        if row.isError { count(.status, TraceFacet.Outcome.error.rawValue, start) }
        if row.isCancelled { count(.status, TraceFacet.Outcome.cancelled.rawValue, start) }
        if !row.isError && !row.isCancelled {
            let outcome: TraceFacet.Outcome = row.status == .ok ? .ok : .unset
            count(.status, outcome.rawValue, start)
        }
    }

    /// Counts a value that may be absent, which is 0.
    mutating func add(_ field: TraceFacet.Field, _ name: NameIndex, _ start: Int64) {
        if name != 0 { count(field, Int64(name), start) }
    }

    private mutating func count(_ field: TraceFacet.Field, _ value: Int64, _ start: Int64) {
        let last = recent[Int(field.rawValue)]
        if last >= 0, entries[last].value == value {
            entries[last].spans += 1
            if start < entries[last].firstStart { entries[last].firstStart = start }
            return
        }
        let key = Key(field: field, value: value)
        if let place = places[key] {
            entries[place].spans += 1
            if start < entries[place].firstStart { entries[place].firstStart = start }
            recent[Int(field.rawValue)] = place
        } else {
            places[key] = entries.count
            recent[Int(field.rawValue)] = entries.count
            entries.append(Entry(field: field, value: value, spans: 1, firstStart: start))
        }
    }

    /// The names of a field, those of the earliest spans first.
    func names(of field: TraceFacet.Field) -> [NameIndex] {
        let found = entries.enumerated().filter { $0.element.field == field }
        return found.sorted { ($0.element.firstStart, $0.offset) < ($1.element.firstStart, $1.offset) }
            .map { NameIndex(truncatingIfNeeded: $0.element.value) }
    }

    var facets: [TraceFacet] { entries.map { TraceFacet(field: $0.field, value: $0.value, spans: $0.spans) } }
}
