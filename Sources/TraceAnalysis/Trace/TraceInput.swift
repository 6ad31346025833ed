package import TraceModel

/// One whole trace, as its analysis reads it.
///
/// Spans come in order of start, those without one last, ties in order of arrival.
package struct TraceInput: Sendable {
    package let spans: [SpanRow]
    package let names: NameTable
    /// The clock of each span, as an index into `clockNames`; parallel to `spans`.
    package let clocks: [Int32]
    package let clockNames: [String]
    /// Where the evidence of each span stands in `evidence`, −1 where it has none; parallel to `spans`.
    package let evidenceIndices: [Int32]
    package let evidence: [SpanEvidence]
    let columns: ColumnarSpans

    /// - Parameter repeated: the places of spans that tell of a call which another span tells of too; they are taken
    ///   for spans of no kind, so that each call is one.
    package init(
        spans: [SpanRow], names: NameTable, clocks: [Int32], clockNames: [String], evidenceIndices: [Int32],
        evidence: [SpanEvidence], repeated: Set<Int32> = []
    ) {
        self.spans = spans
        self.names = names
        self.clocks = clocks
        self.clockNames = clockNames
        self.evidenceIndices = evidenceIndices
        self.evidence = evidence
        columns = ColumnarSpans(spans, evidenceIndices: evidenceIndices, evidence: evidence, repeated: repeated)
    }

    /// Gives the spans back to whoever goes on with them, without a copy.
    package consuming func takeSpans() -> [SpanRow] { spans }

    /// Where the evidence of a span stands where one of these groups of it says something; nil elsewhere.
    func evidence(of span: Int, _ groups: ColumnarSpans.Facts) -> Int? {
        columns.facts[span].isDisjoint(with: groups) ? nil : Int(evidenceIndices[span])
    }

    /// The evidence of a span; nil where its payload says nothing that analysis needs.
    package func evidence(of span: Int) -> SpanEvidence? {
        let index = evidenceIndices[span]
        return index < 0 ? nil : evidence[Int(index)]
    }
}
