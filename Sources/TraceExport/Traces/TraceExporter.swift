/// Writes traces in one format, piece by piece: memory holds at most one trace, and most formats only a span.
///
/// The calls come as `begin`, then for each trace `beginTrace`, `add` for its spans in order of start time, `endTrace`,
/// and at the end `end`. The same calls give the same bytes. Whatever is appended to `out` is written and taken away
/// between calls.
package protocol TraceExporter {
    /// Whether spans need their streams and their content.
    var needs: ExportNeeds { get }

    mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8])
    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8])
    mutating func add(_ span: ExportSpan, into out: inout [UInt8])
    mutating func endTrace(into out: inout [UInt8])
    mutating func end(into out: inout [UInt8])
    /// What the format has no place for or could not say of the traces so far, one sentence each; told to the user.
    var remarks: [String] { get }
}

extension TraceExporter {
    package var remarks: [String] { [] }
}

/// What a writer wants to be told of each span.
package struct ExportNeeds: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// `ExportSpan.stream`.
    package static let streams = ExportNeeds(rawValue: 1 << 0)
    /// `ExportSpan.content` and the facts that go beyond the row.
    package static let content = ExportNeeds(rawValue: 1 << 1)
}
