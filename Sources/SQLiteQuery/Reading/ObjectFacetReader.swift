import FastJSON
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

/// Counts what shared objects say: names of scopes, attributes of resources, keys of attributes.
///
/// Several objects may say the same, so that their counts are joined here and not in SQL.
struct ObjectFacetReader {
    /// What is counted.
    enum Subject {
        case scopeName
        case attributeKey
        case resourceKey
        case resourceValue(key: String)

        var field: TraceFacet.Field {
            switch self {
            case .scopeName: .scope
            case .attributeKey: .shape
            case .resourceKey, .resourceValue: .resource
            }
        }

        /// The object of a reference.
        var select: String {
            switch self {
            case .scopeName: "SELECT name FROM scope WHERE id = ?1"
            case .attributeKey: "SELECT keys FROM shape WHERE id = ?1"
            case .resourceKey, .resourceValue: "SELECT attributes FROM resource WHERE id = ?1"
            }
        }

        /// What an object says.
        func values(_ bytes: UnsafeRawBufferPointer) -> [String] {
            switch self {
            case .scopeName: [String(decoding: bytes, as: UTF8.self)]
            case .attributeKey, .resourceKey: AttributeMatcher.keys(in: bytes)
            case .resourceValue(let key): AttributeMatcher.values(of: key, in: bytes)
            }
        }
    }

    let session: ReadSession
    let subject: Subject
    private var known: [Int64: Set<String>] = [:]

    init(_ session: ReadSession, _ subject: Subject) {
        self.session = session
        self.subject = subject
    }

    /// Objects with the traces that have them, trace by trace.
    static func selectPairs(_ field: TraceFacet.Field, of selection: TraceSelection) -> SQLFragment {
        "SELECT facet.trace, facet.value FROM " + selection.source(order: "start")
            + " CROSS JOIN facet ON facet.trace = trace.key AND facet.field = \(field.rawValue) WHERE "
            + selection.condition
    }

    /// Counts spans; the statement gives references with their counts.
    mutating func spans(_ select: SQLFragment) throws -> FacetCounts {
        let select = try session.statement(select)
        defer { select.reset() }
        var counts = FacetCounts()
        while try select.step() {
            for value in try values(select.int(0)) { counts.add(value, select.count(1)) }
        }
        return counts
    }

    /// Counts each trace once a value.
    mutating func traces(_ selection: TraceSelection) throws -> FacetCounts {
        let select = try session.statement(Self.selectPairs(subject.field, of: selection))
        defer { select.reset() }
        var counts = FacetCounts()
        var seen: Set<String> = []
        var last: Int64 = -1
        while try select.step() {
            if select.int(0) != last { seen.removeAll(keepingCapacity: true) }
            last = select.int(0)
            for value in try values(select.int(1)) where seen.insert(value).inserted { counts.add(value, 1) }
        }
        return counts
    }

    private mutating func values(_ reference: Int64) throws -> Set<String> {
        if let values = known[reference] { return values }
        let select = try session.statement(subject.select)
        select.bind(1, reference)
        defer { select.reset() }
        guard try select.step() else { return [] }
        let values = Set(select.withBytes(0) { subject.values($0) })
        if known.count >= 4096 { known.removeAll() }
        known[reference] = values
        return values
    }
}
