import Basics
import TraceModel

/// An object that many spans share and the database holds once.
protocol SharedObject {
    var attributes: [Attribute] { get }
    /// Whether two objects agree in all but their attributes.
    func agrees(with other: Self) -> Bool
}

extension Resource: SharedObject {
    func agrees(with other: Resource) -> Bool {
        droppedAttributesCount == other.droppedAttributesCount && schemaURL.hasSameBytes(as: other.schemaURL)
    }
}

extension InstrumentationScope: SharedObject {
    func agrees(with other: InstrumentationScope) -> Bool {
        name.hasSameBytes(as: other.name) && version.hasSameBytes(as: other.version)
            && droppedAttributesCount == other.droppedAttributesCount && schemaURL.hasSameBytes(as: other.schemaURL)
    }
}

/// The references of shared objects that the writer met lately.
struct ObjectCache<Object: SharedObject> {
    /// What is known of a stored object.
    struct Known {
        var reference: Int32
        /// The service name of a resource, the name of a scope.
        var label: Int32
    }

    private var recent: (object: Object, known: Known)?
    private var known: [Int64: Known] = [:]

    /// The object's reference if it is the very one that was met last: neighbours share their arrays.
    func recent(_ object: Object) -> Known? {
        guard let recent, recent.object.agrees(with: object) else { return nil }
        let isShared = recent.object.attributes.withUnsafeBufferPointer { mine in
            object.attributes.withUnsafeBufferPointer { theirs in
                mine.count == theirs.count && (mine.isEmpty || mine.baseAddress == theirs.baseAddress)
            }
        }
        return isShared ? recent.known : nil
    }

    subscript(digest: Int64) -> Known? {
        known[digest]
    }

    mutating func insert(_ object: Object, digest: Int64, _ value: Known) {
        if known.count >= 4096 { known.removeAll(keepingCapacity: true) }
        known[digest] = value
        recent = (object, value)
    }

    mutating func removeAll() {
        known.removeAll(keepingCapacity: true)
        recent = nil
    }
}

/// The references of shapes, the sets of attribute keys of spans, keyed by a digest of the keys as they stand.
struct ShapeCache {
    private var references: [Int64: Int32] = [:]

    subscript(digest: Int64) -> Int32? {
        references[digest]
    }

    mutating func insert(_ reference: Int32, digest: Int64) {
        if references.count >= 16_384 { references.removeAll(keepingCapacity: true) }
        references[digest] = reference
    }

    mutating func removeAll() {
        references.removeAll(keepingCapacity: true)
    }
}
