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
        if nulls.contains(key) { return JSONValue.null }
        guard let text = attributes.value(of: name)?.stringValue, let value = try? JSONValue(parsing: text),
            value.members != nil
        else { return .none }
        return value
    }

    /// The object of an attribute that may hold anything; a text that a placeholder replaced is kept within one.
    func openObject(_ name: String, _ key: String) -> JSONValue? {
        if let value = object(name, key) { return value }
        guard let text = attributes.value(of: name)?.stringValue else { return .none }
        return .object([JSONMember("_raw", .string(text))])
    }

    func list(_ name: String, _ key: String) -> JSONValue? {
        if nulls.contains(key) { return JSONValue.null }
        guard let text = attributes.value(of: name)?.stringValue, let value = try? JSONValue(parsing: text),
            value.elements != nil
        else { return .none }
        return value
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
        var remarks: [String] = []
        if otherSpans > 0 {
            remarks.append("\(otherSpans) spans are neither model calls nor tool runs and have no place in ATIF.")
        }
        if invalidMembers > 0 {
            remarks.append("\(invalidMembers) members that ATIF does not allow were left out.")
        }
        if deepAgents > 0 {
            remarks.append("\(deepAgents) agents are nested too deep and stand with an agent further out.")
        }
        if emptyTraces > 0 {
            remarks.append("\(emptyTraces) traces hold neither model calls nor tool runs and are no trajectories.")
        }
        return remarks
    }
}

/// Where a document comes from, as the member `spandrel` of its `extra`: texts only.
struct AtifProvenance {
    /// The key under which all that this program adds stands.
    static let key = "spandrel"

    let value: JSONValue
    let isPart: Bool

    init(_ provenance: ExportProvenance, _ trace: ExportTrace) {
        var members = [
            JSONMember("program", .string(provenance.program)),
            JSONMember("selection", .string(provenance.selection)),
            JSONMember("policy", .string(provenance.policy)),
        ]
        if let part = trace.part { members.append(JSONMember("part", .string(part))) }
        if let coverage = trace.coverage {
            let words = "\(coverage.recorded) of at least \(coverage.expectedAtLeast) calls"
            members.append(JSONMember("coverage", .string(words)))
        }
        members.append(JSONMember("trace_id", .string(trace.summary.traceID.hex)))
        if let name = trace.summary.name { members.append(JSONMember("trace_name", .string(name))) }
        // Documents have no times of their own; with them an import puts traces in the same order again.
        if let start = trace.summary.startUnixNano {
            members.append(JSONMember("start_unix_nano", .string(String(start))))
            if let duration = trace.summary.durationNanos {
                members.append(JSONMember("duration_nanos", .string(String(duration))))
            }
        }
        value = .object(members)
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
