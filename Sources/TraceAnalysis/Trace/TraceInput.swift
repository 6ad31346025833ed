package import TraceModel

/// One whole trace, as its analysis reads it.
///
/// Spans come in order of start, those without one last, ties in order of keys.
package struct TraceInput: Sendable {
    package var spans: [SpanRow]
    package var names: NameTable
    /// The clock of each span, as an index into `clockNames`; parallel to `spans`.
    package var clocks: [Int32]
    package var clockNames: [String]
    /// Where the evidence of each span stands in `evidence`, −1 where it has none; parallel to `spans`.
    package var evidenceIndices: [Int32]
    package var evidence: [SpanEvidence]

    package init(
        spans: [SpanRow], names: NameTable, clocks: [Int32], clockNames: [String], evidenceIndices: [Int32],
        evidence: [SpanEvidence]
    ) {
        self.spans = spans
        self.names = names
        self.clocks = clocks
        self.clockNames = clockNames
        self.evidenceIndices = evidenceIndices
        self.evidence = evidence
    }

    /// The evidence of a span; nil where its payload says nothing that analysis needs.
    package func evidence(of span: Int) -> SpanEvidence? {
        let index = evidenceIndices[span]
        return index < 0 ? nil : evidence[Int(index)]
    }
}
