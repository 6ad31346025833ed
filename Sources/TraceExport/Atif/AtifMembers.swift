import FastJSON
import TraceModel

/// Gathers the members of an object, absent ones left out.
struct AtifMembers {
    private(set) var members: [JSONMember] = []

    mutating func add(_ key: String, _ value: JSONValue?) {
        guard let value else { return }
        members.append(JSONMember(key, value))
    }

    mutating func add(_ key: String, text: String?) {
        guard let text else { return }
        members.append(JSONMember(key, .string(text)))
    }

    mutating func add(_ key: String, int: Int64?) {
        guard let int else { return }
        members.append(JSONMember(key, .int(int)))
    }

    var isEmpty: Bool { members.isEmpty }
    var value: JSONValue { .object(members) }
}
