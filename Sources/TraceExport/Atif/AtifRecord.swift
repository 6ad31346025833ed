import FastJSON
import TraceModel

/// Reads from the attributes of a span what the import of a trajectory wrote there.
struct AtifRecord {
    let attributes: [Attribute]
    let nulls: Set<String>

    /// `nulls` names the list of the members that are null.
    init(_ attributes: [Attribute], nulls name: String) {
        self.attributes = attributes
        guard case .array(let keys)? = attributes.value(of: name) else {
            nulls = []
            return
        }
        nulls = Set(keys.compactMap(\.stringValue))
    }

    /// The scalar of an attribute, or null where the member of this key is null.
    func scalar(_ name: String, _ key: String) -> JSONValue? {
        if nulls.contains(key) { return JSONValue.null }
        return switch attributes.value(of: name) {
        case .string(let text)?: .string(text)
        case .int(let number)?: .int(number)
        case .double(let number)?: .double(number)
        case .bool(let truth)?: .bool(truth)
        default: .none
        }
    }

    func text(_ name: String, _ key: String) -> JSONValue? {
        let value = scalar(name, key)
        return value == .some(.null) || value?.string != nil ? value : .none
    }

    /// The object of an attribute.
    func object(_ name: String, _ key: String) -> JSONValue? {
        nulls.contains(key) ? JSONValue.null : parsed(name).flatMap { $0.members == nil ? .none : $0 }
    }

    func list(_ name: String, _ key: String) -> JSONValue? {
        nulls.contains(key) ? JSONValue.null : parsed(name).flatMap { $0.elements == nil ? .none : $0 }
    }

    private func parsed(_ name: String) -> JSONValue? {
        attributes.value(of: name)?.stringValue.flatMap { try? JSONValue(parsing: $0) }
    }

    /// The object of an attribute that may hold anything; a text that a placeholder replaced is kept within one.
    func openObject(_ name: String, _ key: String) -> JSONValue? {
        if let value = object(name, key) { return value }
        guard let text = attributes.value(of: name)?.stringValue else { return .none }
        return .object([JSONMember("_raw", .string(text))])
    }

    func int(_ name: String) -> Int? {
        guard case .int(let number)? = attributes.value(of: name) else { return nil }
        return Int(exactly: number)
    }

    func truth(_ name: String) -> Bool { attributes.value(of: name) == .bool(true) }

    /// The members kept aside in an attribute.
    func invalidCount(_ names: String...) -> Int {
        names.reduce(0) { sum, name in
            guard let text = attributes.value(of: name)?.stringValue else { return sum }
            return sum + ((try? JSONValue(parsing: text))?.members?.count ?? 1)
        }
    }
}

/// What a trajectory could not say, counted.
struct AtifOmissions: Equatable {
    /// Spans that are neither model calls nor tool runs, nor stand for an agent.
    var otherSpans = 0
    /// Members that the format does not allow.
    var invalidMembers = 0
    /// Agents nested deeper than documents are.
    var deepAgents = 0

    /// Traces without a single step of an agent, which no document is written of.
    var emptyTraces = 0

    mutating func add(_ other: AtifOmissions) {
        otherSpans += other.otherSpans
        invalidMembers += other.invalidMembers
        deepAgents += other.deepAgents
        emptyTraces += other.emptyTraces
    }

    var remarks: [String] {
        [
            (otherSpans, "spans are neither model calls nor tool runs and have no place in ATIF."),
            (invalidMembers, "members that ATIF does not allow were left out."),
            (deepAgents, "agents are nested too deep and stand with an agent further out."),
            (emptyTraces, "traces hold neither model calls nor tool runs and are no trajectories."),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}

/// Where a document comes from, as the member `spandrel` of its `extra`: texts only.
struct AtifProvenance {
    /// The key under which all that this program adds stands.
    static let key = "spandrel"

    let value: JSONValue
    let isPart: Bool

    init(_ provenance: ExportProvenance, _ trace: ExportTrace) {
        let summary = trace.summary
        var members = AtifMembers()
        members.add("program", text: provenance.program)
        members.add("selection", text: provenance.selection)
        members.add("policy", text: provenance.policy)
        members.add("part", text: trace.part)
        members.add(
            "coverage", text: trace.coverage.map { "\($0.recorded) of at least \($0.expectedAtLeast) calls" })
        members.add("trace_id", text: summary.traceID.hex)
        members.add("trace_name", text: summary.name)
        // Documents have no times of their own; with them an import puts traces in the same order again.
        if let start = summary.startUnixNano {
            members.add("start_unix_nano", text: String(start))
            members.add("duration_nanos", text: summary.durationNanos.map { String($0) })
        }
        value = members.value
        isPart = trace.part != nil
    }

    /// An `extra` with this provenance in the place of any other.
    func added(to extra: JSONValue?) -> JSONValue {
        var members = extra?.members ?? []
        members.removeAll { $0.key == Self.key }
        members.append(JSONMember(Self.key, value))
        return .object(members)
    }
}
