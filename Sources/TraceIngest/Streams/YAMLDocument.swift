import FastJSON
import Yams

/// Turns YAML into the JSON that it was made from.
enum YAMLDocument {
    /// Nodes of a document that are read: aliases can make a small file stand for an endless one.
    static let nodeLimit = 1_000_000
    private static let depthLimit = 256

    /// The value of a node; recursion ends at a depth that no request has.
    static func json(_ node: Node, depth: Int, budget: inout Int) -> JSONValue {
        budget -= 1
        guard budget > 0, depth < depthLimit else { return .null }
        switch node {
        case .mapping(let mapping):
            var members: [JSONMember] = []
            for (key, value) in mapping {
                members.append(JSONMember(key.string ?? "", json(value, depth: depth + 1, budget: &budget)))
            }
            return .object(members)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence { elements.append(json(element, depth: depth + 1, budget: &budget)) }
            return .array(elements)
        case .scalar(let scalar):
            return json(scalar, node)
        case .alias:
            return .null
        }
    }

    private static func json(_ scalar: Node.Scalar, _ node: Node) -> JSONValue {
        let tag = node.tag.description
        if tag.hasSuffix(":null") { return .null }
        if tag.hasSuffix(":bool"), let value = node.bool { return .bool(value) }
        if tag.hasSuffix(":int"), let value = node.int { return .int(Int64(value)) }
        if tag.hasSuffix(":float"), let value = node.float { return .double(value) }
        return .string(scalar.string)
    }
}
