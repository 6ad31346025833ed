package import TraceModel
package import TraceQuery

/// A hit of a search with the texts that its row points to.
package struct SearchLine: Sendable {
    package var hit: SearchPage.Hit
    package var names: NameTable

    func name(_ path: KeyPath<SpanRow, NameIndex>) -> String? { names[hit.row[keyPath: path]] }
}
