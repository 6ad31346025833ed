import TraceModel

extension TraceSummarizer {
    /// What traces are counted and found by.
    ///
    /// The raw values are stored in the database: never renumber them.
    package enum Field: Int64, CaseIterable, Sendable {
        case service = 1
        case agent = 2
        /// The model that answered, else the one asked for.
        case model = 3
        case modelRequested = 4
        case tool = 5
        /// Values are raw values of `SpanKind`.
        case kind = 6
        /// Values are raw values of `Status`.
        case status = 7
        case name = 8
        case session = 9
        case errorType = 10
        /// Values are references to scopes.
        case scope = 11
        /// Values are references to resources.
        case resource = 12
        /// Values are references to shapes, the sets of attribute keys of spans.
        case shape = 13
        /// Values are single bits of `SpanMarks`.
        case mark = 14
        case modelResolved = 15
        // The summarizer knows nothing of the following; the store adds them from its own tables.
        /// Values are references to rules of findings; the spans are those that a finding is about.
        case finding = 16
        /// Values are raw values of `FindingSeverity`.
        case severity = 17
        /// Values are raw values of `FindingCertainty`.
        case certainty = 18
        /// Values are raw values of `TimingQuality`; the spans are those with a stored stream.
        case stream = 19

        /// The word for the field in the database.
        package var name: String {
            switch self {
            case .modelRequested: "model.requested"
            case .modelResolved: "model.resolved"
            case .errorType: "error"
            default: String(describing: self)
            }
        }
    }

    /// What became of a span, as filters and lists say it; a span may be both failed and cancelled.
    ///
    /// The raw values are stored in the database: never renumber them.
    package enum Status: Int64, CaseIterable, Sendable {
        case unset = 0
        case ok = 1
        case error = 2
        case cancelled = 3
    }

    /// A value of a field with the number of spans that have it.
    package struct Facet: Hashable, Sendable {
        package var field: Field
        package var value: Int64
        package var spans: Int
    }

    /// Counts of values, in the order in which the spans brought them.
    struct FacetCounts {
        private struct Key: Hashable {
            var field: Field
            var value: Int64
        }

        struct Entry {
            var field: Field
            var value: Int64
            var spans: Int
            /// The earliest start of a span with the value.
            var firstStart: Int64
        }

        private var places: [Key: Int] = [:]
        private(set) var entries: [Entry] = []
        /// The last entry of each field: neighbours often agree, which saves most look-ups.
        private var recent = [Int](repeating: -1, count: Field.allCases.count + 1)

        mutating func removeAll() {
            places.removeAll(keepingCapacity: true)
            entries.removeAll(keepingCapacity: true)
            for i in recent.indices { recent[i] = -1 }
        }

        /// Counts all but agents, which are known only with the tree.
        mutating func add(_ span: Span) {
            let start = span.startUnixNano ?? .max
            add(.service, span.service, start)
            add(.name, span.name, start)
            add(.model, span.modelResolved != 0 ? span.modelResolved : span.modelRequested, start)
            add(.modelRequested, span.modelRequested, start)
            add(.modelResolved, span.modelResolved, start)
            add(.tool, span.tool, start)
            add(.session, span.session, start)
            add(.errorType, span.errorType, start)
            add(.scope, span.scope, start)
            add(.resource, span.resource, start)
            add(.shape, span.shape, start)
            count(.kind, Int64(span.kind.rawValue), start)
            if span.isError { count(.status, Status.error.rawValue, start) }
            if span.isCancelled { count(.status, Status.cancelled.rawValue, start) }
            if !span.isError && !span.isCancelled {
                count(.status, span.status == .ok ? Status.ok.rawValue : Status.unset.rawValue, start)
            }
        }

        mutating func add(_ field: Field, _ label: Label, _ start: Int64) {
            if label != 0 { count(field, Int64(label), start) }
        }

        mutating func count(_ field: Field, _ value: Int64, _ start: Int64) {
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

        /// The values of a field, those of the earliest spans first.
        func values(of field: Field) -> [Label] {
            let found = entries.enumerated().filter { $0.element.field == field }
            return found.sorted { ($0.element.firstStart, $0.offset) < ($1.element.firstStart, $1.offset) }
                .map { Label(truncatingIfNeeded: $0.element.value) }
        }
    }
}
