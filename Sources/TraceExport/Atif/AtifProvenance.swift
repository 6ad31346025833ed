import FastJSON
import TraceModel

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
