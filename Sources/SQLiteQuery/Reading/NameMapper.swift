import TraceModel
import TraceStore

/// Turns the references of the database into the small indices of one result.
struct NameMapper {
    /// The index of each reference, 0 where it has none yet; for the many references that are small.
    private var dense: [NameIndex] = []
    private var sparse: [Int32: NameIndex] = [:]
    private var references: [Int32] = []
    /// References below this are looked up without hashing.
    private static let denseLimit = 1 << 20

    /// The index of a reference, 0 for 0.
    @inline(__always)
    mutating func index(_ reference: Int32) -> NameIndex {
        if reference == 0 { return 0 }
        let place = Int(reference)
        if place < dense.count, place > 0 {
            let index = dense[place]
            if index != 0 { return index }
        }
        return add(reference)
    }

    @inline(never)
    private mutating func add(_ reference: Int32) -> NameIndex {
        let place = Int(reference)
        if place > 0 && place < Self.denseLimit {
            if place >= dense.count {
                dense.append(contentsOf: repeatElement(0, count: max(place + 1 - dense.count, dense.count + 64)))
            }
            references.append(reference)
            dense[place] = NameIndex(references.count)
            return dense[place]
        }
        if let index = sparse[reference] { return index }
        references.append(reference)
        sparse[reference] = NameIndex(references.count)
        return NameIndex(references.count)
    }

    /// The texts behind the indices given out.
    ///
    /// A table holds equal texts once. Where Swift takes two texts of the database for equal, `remap` says which index
    /// stands for which; it is nil as a rule.
    func table(_ session: ReadSession) throws -> (names: NameTable, remap: [NameIndex]?) {
        let select = try session.statement("SELECT text FROM name WHERE id = ?1")
        var names = NameTable()
        var remap: [NameIndex] = [0]
        var isIdentity = true
        for (place, reference) in references.enumerated() {
            select.bind(1, Int64(reference))
            defer { select.reset() }
            let index = try select.step() ? names.intern(select.text(0)) : names.intern("?")
            remap.append(index)
            if Int(index) != place + 1 { isIdentity = false }
        }
        return (names, isIdentity ? nil : remap)
    }
}
