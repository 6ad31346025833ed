import Basics
import FastJSON
import TraceModel
import TraceQuery
import TraceStore

extension AttributesRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [AttributeCardinality] {
        try AttributeReader(session: session).cardinalities(limit: limit)
    }
}

/// Reads how many distinct values each attribute has, out of the payload of the spans stored last.
struct AttributeReader {
    let session: ReadSession

    /// The most spans whose payload is read.
    static let spanLimit = 20_000
    /// The most values of an attribute that are told apart.
    static let valueLimit = 10_000
    /// Longer examples are cut, in characters.
    private static let exampleLimit = 200
    /// Values are told apart by this much of them: bytes of text, elements of a container.
    private static let textLimit = 1 << 16
    private static let elementLimit = 256

    /// The spans that have each key, out of the index of facets; numbers between dots stand as `#`.
    static let selectKeys = """
        SELECT shape_key.key, sum(facet.spans)
        FROM shape_key CROSS JOIN facet INDEXED BY facet_value
            ON facet.field = \(TraceFacet.Field.shape.rawValue) AND facet.value = shape_key.shape
        GROUP BY shape_key.key
        """
    /// The payload of the spans stored last.
    static let selectPayload = "SELECT attributes FROM span_payload ORDER BY key DESC LIMIT \(spanLimit + 1)"

    private struct Values {
        var spans = 0
        var digests: Set<UInt64> = []
        var example: String?
    }

    func cardinalities(limit: Int) throws -> [AttributeCardinality] {
        var values: [String: Values] = [:]
        let select = try session.statement(Self.selectPayload)
        defer { select.reset() }
        var read = 0
        while read < Self.spanLimit, try select.step() {
            read += 1
            if read & 0xFF == 0 { try session.checkCancelled() }
            let decoded = select.withBytes(0) { json in
                Result { () throws(JSONError) in try PayloadDecoder.attributes(json) }
            }
            guard let attributes = try? decoded.get() else { continue }
            for attribute in attributes { Self.add(attribute, to: &values[attribute.key, default: Values()]) }
        }
        let isPartial = read == Self.spanLimit ? try select.step() : false
        for (key, spans) in try spans() where isPartial || values[key] != nil {
            values[key, default: Values()].spans = spans
        }
        return values.map { key, values in
            AttributeCardinality(
                key: key, spans: values.spans, distinctValues: values.digests.count,
                isLowerBound: isPartial || values.digests.count >= Self.valueLimit, exampleValue: values.example)
        }
        .sorted { $0.distinctValues != $1.distinctValues ? $0.distinctValues > $1.distinctValues : $0.key < $1.key }
        .prefix(max(0, limit)).map { $0 }
    }

    private static func add(_ attribute: Attribute, to values: inout Values) {
        values.spans += 1
        let text = text(of: attribute.value)
        if values.example == nil { values.example = String(text.prefix(exampleLimit)) }
        guard values.digests.count < valueLimit else { return }
        values.digests.insert(StableHash.fnv(text.utf8))
    }

    /// A value in one line; of a container its first simple elements.
    private static func text(of value: AttributeValue) -> String {
        var text = ""
        var rest = [value]
        while let next = rest.popLast(), text.utf8.count < textLimit {
            if !text.isEmpty { text += " " }
            switch next {
            case .empty: text += "null"
            case .string(let value): text += value
            case .bool(let value): text += value ? "true" : "false"
            case .int(let value): text += String(value)
            case .double(let value): text += String(value)
            case .bytes(let bytes): text += "\(bytes.count) bytes"
            case .array(let values): rest += values.prefix(elementLimit).reversed()
            case .map(let members): rest += members.prefix(elementLimit).reversed().map(\.value)
            }
        }
        return text
    }

    /// The spans that have each key, over the whole database.
    private func spans() throws -> [(key: String, spans: Int)] {
        let select = try session.statement(Self.selectKeys)
        defer { select.reset() }
        var keys: [(key: String, spans: Int)] = []
        while try select.step() {
            guard let key = select.text(0), !key.contains("#") else { continue }
            keys.append((key, select.count(1)))
        }
        return keys
    }
}
