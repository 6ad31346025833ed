import FastJSON
import TraceModel

/// The members of one object of a trajectory, sorted into what the format allows and what it does not.
struct AtifObject {
    private var values: [String: JSONValue] = [:]
    /// The allowed members in their order, null ones included.
    private(set) var allowed: [JSONMember] = []
    private(set) var nulls: [String] = []
    /// What the format does not allow, kept as it is.
    private(set) var invalid: [JSONMember] = []
    /// What is wrong, one clause each.
    private(set) var faults: [String] = []

    init(_ value: JSONValue, _ shape: AtifShape) {
        var seen: Set<String> = []
        for member in value.members ?? [] {
            guard let form = shape.forms[member.key] else {
                reject(member, "\(member.key.quoted) is no key of the format")
                continue
            }
            guard seen.insert(member.key).inserted else {
                reject(member, "\(member.key) stands twice")
                continue
            }
            if member.value.isNull && !shape.required.contains(member.key) {
                nulls.append(member.key)
                allowed.append(member)
            } else if form.fits(member.value) {
                values[member.key] = member.value
                allowed.append(member)
            } else {
                reject(member, "\(member.key) is \(form.words)")
            }
        }
        for key in shape.required where !seen.contains(key) { faults.append("\(key) is missing") }
    }

    /// The value of an allowed member that is not null.
    subscript(key: String) -> JSONValue? { values[key] }

    /// Takes a member for invalid whose value turns out to be so.
    mutating func refuse(_ key: String, _ fault: String) {
        guard let value = values.removeValue(forKey: key) else { return }
        allowed.removeAll { $0.key == key }
        reject(JSONMember(key, value), fault)
    }

    private mutating func reject(_ member: JSONMember, _ fault: String) {
        invalid.append(member)
        faults.append(fault)
    }

    /// The attributes that keep what has no value: nulls, and what is invalid.
    func remainder(nulls nullsName: String, invalid invalidName: String) -> [Attribute] {
        var attributes: [Attribute] = []
        if !nulls.isEmpty { attributes.append(Attribute(nullsName, .array(nulls.map { .string($0) }))) }
        if !invalid.isEmpty { attributes.append(Attribute(invalidName, .string(JSONValue.object(invalid).text()))) }
        return attributes
    }
}

extension String {
    /// A key that someone else chose, cut to a length that fits a line.
    fileprivate var quoted: String { "\"" + (count > 64 ? prefix(63) + "…" : self[...]) + "\"" }
}
