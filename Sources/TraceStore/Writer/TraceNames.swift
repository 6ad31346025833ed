import TraceModel

/// The texts of a trace between the references of the store and the table that comes with the trace.
///
/// Every reference has an index of its own, even where Swift takes two texts for equal.
struct TraceNames {
    private var table = NameTable()
    private var references: [Int32] = [0]
    private var indices: [Int32: NameIndex] = [:]

    /// The index of a stored text.
    mutating func index(_ reference: Int32, text: (Int32) throws -> String?) rethrows -> NameIndex {
        // Most names of most spans are absent.
        if reference == 0 { return 0 }
        if let index = indices[reference] { return index }
        let index = table.append(try text(reference) ?? "")
        indices[reference] = index
        references.append(reference)
        return index
    }

    /// Gives the table away, so that nobody holds a second copy of it.
    mutating func takeTable() -> NameTable {
        defer { table = NameTable() }
        return table
    }

    /// The reference of an index; nil for texts that came into the table later.
    func reference(_ index: NameIndex) -> Int32? {
        references.indices.contains(Int(index)) ? references[Int(index)] : nil
    }
}
