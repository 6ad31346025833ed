import TraceModel

/// A resource or a scope, into which what further records of a span state of theirs is united.
///
/// The one that says more stands, with what only the other one says: the choice must not depend on who came first.
struct OriginUnion<Origin: UnitableOrigin> {
    private(set) var origin: Origin
    /// The keys of its attributes, once they were asked for.
    private var keys: Set<String>?

    init(_ origin: Origin) {
        self.origin = origin
    }

    /// Unites what a further record states; false where that is nothing new.
    mutating func unite(_ other: Origin) -> Bool {
        var isOther = origin.weight.lexicographicallyPrecedes(other.weight)
        if origin.weight == other.weight {
            // As many attributes, so that this costs what the record holds.
            let (first, second) = (origin.canonical, other.canonical)
            if first == second { return false }
            isOther = first.lexicographicallyPrecedes(second)
        }
        guard isOther else { return fill(from: other) }
        let rest = origin
        origin = other
        keys = nil
        _ = fill(from: rest)
        return true
    }

    /// Takes over what only another one says.
    private mutating func fill(from rest: Origin) -> Bool {
        guard origin.isFilled(from: rest) else { return false }
        var isChanged = origin.fillFields(from: rest)
        if rest.attributes.isEmpty { return isChanged }
        var known = keys ?? Set(origin.attributes.map(\.key))
        keys = nil
        let added = rest.attributes.filter { !known.contains($0.key) }
        if !added.isEmpty {
            origin.attributes += added
            known.formUnion(added.map(\.key))
            isChanged = true
        }
        keys = known
        return isChanged
    }
}

/// What a record states of where it comes from.
protocol UnitableOrigin {
    var attributes: [Attribute] { get set }
    /// How much it says; of equals `canonical` decides.
    var weight: [Int] { get }
    var canonical: [UInt8] { get }
    /// Whether what another one says is said of this one too.
    func isFilled(from rest: Self) -> Bool
    /// Takes over what only the other one says beside attributes; false where that is nothing.
    mutating func fillFields(from rest: Self) -> Bool
}

extension Resource: UnitableOrigin {
    var weight: [Int] { [attributes.count] }
    var canonical: [UInt8] { CanonicalBytes.of(self) }

    func isFilled(from rest: Resource) -> Bool { true }

    mutating func fillFields(from rest: Resource) -> Bool {
        let before = (schemaURL, droppedAttributesCount)
        if schemaURL.isEmpty { schemaURL = rest.schemaURL }
        droppedAttributesCount = max(droppedAttributesCount, rest.droppedAttributesCount)
        return before != (schemaURL, droppedAttributesCount)
    }
}

extension InstrumentationScope: UnitableOrigin {
    var weight: [Int] { [name.utf8.count, attributes.count] }
    var canonical: [UInt8] { CanonicalBytes.of(self) }

    /// Another library's version and attributes are not this one's.
    func isFilled(from rest: InstrumentationScope) -> Bool { name == rest.name }

    mutating func fillFields(from rest: InstrumentationScope) -> Bool {
        let before = (version, schemaURL)
        if version.isEmpty { version = rest.version }
        if schemaURL.isEmpty { schemaURL = rest.schemaURL }
        return before != (version, schemaURL)
    }
}
