import TraceModel

/// Unites the attributes of two records of one thing.
struct AttributeUnion {
    let authority: SpanUnion.Authority
    /// Whether the second record added or changed something.
    private(set) var isChanged = false

    init(authority: SpanUnion.Authority) {
        self.authority = authority
    }

    /// The attributes of both, in the order of whoever is believed; of keys that stand twice the first one counts.
    mutating func unite(_ known: [Attribute], _ arriving: [Attribute]) -> [Attribute] {
        var places: [String: Int] = [:]
        for (place, attribute) in arriving.enumerated() where places[attribute.key] == nil {
            places[attribute.key] = place
        }
        var united: [Attribute] = []
        var keys: Set<String> = []
        for attribute in known {
            // What stands twice in one record stays as it is there.
            guard keys.insert(attribute.key).inserted, let place = places[attribute.key] else {
                united.append(attribute)
                continue
            }
            united.append(Attribute(attribute.key, choose(attribute.value, arriving[place].value)))
        }
        let added = arriving.filter { !keys.contains($0.key) }
        if !added.isEmpty { isChanged = true }
        guard authority == .arriving, isChanged else { return united + added }
        return ordered(united + added, as: arriving)
    }

    private mutating func choose(_ known: AttributeValue, _ other: AttributeValue) -> AttributeValue {
        let relation = ValueRelation(known, other)
        let isOther: Bool
        switch (relation, authority) {
        case (.same, _), (_, .known): isOther = false
        case (_, .arriving), (.grown, .equal): isOther = true
        case (.shrunk, .equal): isOther = false
        case (.other, .equal):
            let (first, second) = (CanonicalBytes.of(known), CanonicalBytes.of(other))
            isOther =
                first.count != second.count ? first.count < second.count : first.lexicographicallyPrecedes(second)
        }
        if isOther { isChanged = true }
        return isOther ? other : known
    }

    /// In the order of another record, then what that one does not have.
    private func ordered(_ attributes: [Attribute], as record: [Attribute]) -> [Attribute] {
        var ranks: [String: Int] = [:]
        for (rank, attribute) in record.enumerated() where ranks[attribute.key] == nil { ranks[attribute.key] = rank }
        return attributes.enumerated().sorted {
            let (first, second) = (ranks[$0.element.key] ?? .max, ranks[$1.element.key] ?? .max)
            return first == second ? $0.offset < $1.offset : first < second
        }.map(\.element)
    }
}

/// Unites events or links of two records: each that both have stands once, however often it stands in each.
struct PartUnion<Part> {
    private(set) var parts: [Part]
    private(set) var isChanged = false
    private let canonical: (Part) -> [UInt8]
    /// The parts of the known record that the other one does not have, and the reverse.
    private var unmatched: [Int] = []
    private var added: [Part] = []

    init(_ known: [Part], _ arriving: [Part], canonical: @escaping (Part) -> [UInt8]) {
        parts = known
        self.canonical = canonical
        guard !arriving.isEmpty else { return }
        var places: [[UInt8]: [Int]] = [:]
        for (place, part) in known.enumerated().reversed() { places[canonical(part), default: []].append(place) }
        var matched: Set<Int> = []
        for part in arriving {
            let bytes = canonical(part)
            if let place = places[bytes]?.popLast() { matched.insert(place) } else { added.append(part) }
        }
        unmatched = known.indices.filter { !matched.contains($0) }
    }

    /// Whether the second record has nothing of its own.
    var isComplete: Bool { added.isEmpty }

    /// Merges parts of both that may be one thing, and adds the rest.
    mutating func pair(_ mayBeOne: (Part, Part) -> Bool, merge: (Part, Part) -> Part?) {
        for part in added {
            var isMerged = false
            for (index, place) in unmatched.enumerated() where mayBeOne(parts[place], part) {
                guard let merged = merge(parts[place], part) else { continue }
                if canonical(merged) != canonical(parts[place]) {
                    parts[place] = merged
                    isChanged = true
                }
                unmatched.remove(at: index)
                isMerged = true
                break
            }
            if isMerged { continue }
            parts.append(part)
            isChanged = true
        }
        added = []
    }
}
