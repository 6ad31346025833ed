import TraceModel

/// The attributes of one thing, into which those of further records of it are united.
///
/// A record costs what it holds itself, however much was united before.
struct AttributeUnion {
    private var entries: [Attribute]
    /// The first place of each key; of keys that stand twice in one record that one counts.
    private var places: [String: Int] = [:]
    /// The other places of keys that stand twice.
    private var further: [String: [Int]] = [:]
    /// Where entries stand among each other, lowest first; nil while they stand as they came.
    private var ranks: [Int]?
    private var lowestRank = 0

    init(_ attributes: [Attribute]) {
        entries = []
        entries.reserveCapacity(attributes.count)
        for attribute in attributes { append(attribute) }
    }

    /// The attributes of all records, in the order of whoever is believed.
    var attributes: [Attribute] {
        guard let ranks else { return entries }
        return entries.indices.sorted { ranks[$0] < ranks[$1] }.map { entries[$0] }
    }

    /// Adds the attributes of a further record; false where it says nothing new.
    mutating func unite(
        _ arriving: [Attribute], _ authority: SpanUnion.Authority, _ change: inout SpanUnion.Change
    ) -> Bool {
        var isChanged = false
        var seen: Set<String> = []
        let known = entries.count
        for attribute in arriving {
            guard let place = places[attribute.key], place < known else {
                append(attribute)
                change.added.append(.map([attribute]))
                isChanged = true
                continue
            }
            let value = entries[place].value
            guard seen.insert(attribute.key).inserted, Self.replaces(value, attribute.value, authority) else {
                continue
            }
            change.removed.append(value)
            change.added.append(attribute.value)
            entries[place].value = attribute.value
            isChanged = true
        }
        if isChanged, authority == .arriving { moveToFront(arriving) }
        return isChanged
    }

    /// Whether the same span may say at one time what stands here and at another what a record says.
    ///
    /// - Parameter isLater: whether the record is the later one of both.
    /// - Returns: whether the later one says more; nil where something of the earlier one got less.
    func growth(with record: [Attribute], isLater: Bool) -> Bool? {
        var hasGrown = false
        var shared = 0
        var seen: Set<String> = []
        for attribute in record {
            let isFirst = seen.insert(attribute.key).inserted
            guard let first = places[attribute.key] else {
                if isLater { hasGrown = true }
                continue
            }
            if isFirst { shared += 1 }
            // Of the earlier one each that has the key is looked at, of the later one the first.
            if isLater, !isFirst { continue }
            for place in isLater ? [first] + (further[attribute.key] ?? []) : [first] {
                let (early, late) =
                    isLater ? (entries[place].value, attribute.value) : (attribute.value, entries[place].value)
                switch ValueRelation(early, late) {
                case .same: break
                case .grown: hasGrown = true
                case .shrunk, .other: return nil
                }
            }
        }
        // Keys that only the later one has.
        if !isLater, places.count > shared { hasGrown = true }
        return hasGrown
    }

    private static func replaces(
        _ known: AttributeValue, _ other: AttributeValue, _ authority: SpanUnion.Authority
    ) -> Bool {
        let relation = ValueRelation(known, other)
        switch (relation, authority) {
        case (.same, _), (_, .known), (.shrunk, .equal): return false
        case (_, .arriving), (.grown, .equal): return true
        case (.other, .equal):
            let (first, second) = (CanonicalBytes.of(known), CanonicalBytes.of(other))
            return first.count != second.count ? first.count < second.count : first.lexicographicallyPrecedes(second)
        }
    }

    private mutating func append(_ attribute: Attribute) {
        if places[attribute.key] == nil {
            places[attribute.key] = entries.count
        } else {
            further[attribute.key, default: []].append(entries.count)
        }
        ranks?.append(entries.count)
        entries.append(attribute)
    }

    /// In the order of another record, then what that one does not have.
    private mutating func moveToFront(_ record: [Attribute]) {
        var moved: [Int] = []
        var seen: Set<String> = []
        for attribute in record where seen.insert(attribute.key).inserted {
            if let first = places[attribute.key] { moved.append(first) }
            moved += further[attribute.key] ?? []
        }
        var ranks = self.ranks ?? Array(entries.indices)
        self.ranks = nil
        lowestRank -= moved.count
        for (offset, place) in moved.enumerated() { ranks[place] = lowestRank + offset }
        self.ranks = ranks
    }
}

/// Events or links of one span, into which those of further records are united: what two have stands once, as often as it
/// stands in one of them.
struct PartUnion<Part, Frame: Hashable> {
    /// How many parts that may be the same one a new part is compared with, and among how many of the latest they are
    /// looked for.
    private static var candidatesAtMost: Int { 32 }
    private static var latest: Int { 256 }

    private(set) var parts: [Part]
    private let canonical: (Part) -> [UInt8]
    /// What parts have in common that may be one.
    private let frame: (Part) -> Frame
    private var byContent: [[UInt8]: [Int]] = [:]
    private var byFrame: [Frame: [Int]] = [:]

    init(_ parts: [Part], canonical: @escaping (Part) -> [UInt8], frame: @escaping (Part) -> Frame) {
        self.parts = parts
        self.canonical = canonical
        self.frame = frame
        for place in parts.indices { note(place, canonical(parts[place])) }
    }

    /// Adds the parts of a further record; false where it has none of its own.
    ///
    /// - Parameters:
    ///   - merge: what two parts make that may be one; nil where they are two.
    ///   - onChange: called for each part that is new, with the one whose place it takes, if any.
    mutating func unite(
        _ arriving: [Part], merge: (Part, Part) -> Part?, onChange: (_ old: Part?, _ new: Part) -> Void
    ) -> Bool {
        var matched: Set<Int> = []
        var uses: [[UInt8]: Int] = [:]
        var added: [(part: Part, bytes: [UInt8])] = []
        for part in arriving {
            let bytes = canonical(part)
            let use = uses[bytes, default: 0]
            if let same = byContent[bytes], use < same.count {
                matched.insert(same[use])
                uses[bytes] = use + 1
            } else {
                added.append((part, bytes))
            }
        }
        var isChanged = false
        var new: [(part: Part, bytes: [UInt8])] = []
        for (part, bytes) in added {
            let candidates = (byFrame[frame(part)] ?? []).suffix(Self.latest).lazy.filter { !matched.contains($0) }
            var isMerged = false
            for place in candidates.prefix(Self.candidatesAtMost) {
                guard let merged = merge(parts[place], part) else { continue }
                matched.insert(place)
                isMerged = true
                let (before, after) = (canonical(parts[place]), canonical(merged))
                guard before != after else { break }
                onChange(parts[place], merged)
                byContent[before]?.removeAll { $0 == place }
                byContent[after, default: []].append(place)
                parts[place] = merged
                isChanged = true
                break
            }
            if isMerged { continue }
            onChange(nil, part)
            new.append((part, bytes))
        }
        for (part, bytes) in new {
            parts.append(part)
            note(parts.count - 1, bytes)
        }
        return isChanged || !new.isEmpty
    }

    private mutating func note(_ place: Int, _ bytes: [UInt8]) {
        byContent[bytes, default: []].append(place)
        byFrame[frame(parts[place]), default: []].append(place)
    }
}
