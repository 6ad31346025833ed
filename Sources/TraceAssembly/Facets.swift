import TraceAnalysis
import TraceModel

/// What a trace is counted and found by, once its tree and its findings are known.
struct Facets {
    private(set) var counts: FacetTally
    private(set) var all: [TraceFacet]
    /// The rules of all findings: the oddities of the structure first, then the others by their names.
    private(set) var rules: [String] = []
    private(set) var severity: FindingSeverity?
    private let marks: [TraceFacet]

    init(_ records: TraceRecords, _ rows: [SpanRow]) {
        counts = records.counts
        var found: [Int: Int] = [:]
        for row in rows {
            counts.add(.agent, row.agent, row.startUnixNano ?? .max)
            if row.marks.isEmpty { continue }
            found[row.marks.rawValue, default: 0] += 1
        }
        marks = SpanMarks.named.compactMap { named in
            let spans = found.reduce(0) { $0 + (SpanMarks(rawValue: $1.key).contains(named.mark) ? $1.value : 0) }
            return spans == 0 ? nil : TraceFacet(field: .mark, value: Int64(named.mark.rawValue), spans: spans)
        }
        all = counts.facets + marks
    }

    /// Adds what the analysis and earlier looks at streams found, and the streams themselves.
    mutating func addFindings(
        _ report: TraceReport, _ records: TraceRecords, _ rows: [SpanRow], places: [Int32], _ names: inout NameTable
    ) {
        addStructure(&names)
        addStreams(records.streams)
        var tally = Tally()
        for finding in records.findings {
            let place = finding.span.map { places.isEmpty ? $0 : Int(places[$0]) }
            tally.add(
                finding.rule, finding.severity, finding.certainty,
                span: place.map { rows[$0].spanID })
        }
        for finding in report.findings {
            tally.add(finding.rule, finding.severity, finding.certainty, span: finding.spanID)
        }
        // The marks of the structure are counted apart: of their findings not all are listed.
        let listed = tally.spans.keys.filter { $0.field == .finding && !$0.rule.hasPrefix("structure.") }
            .sorted { $0.rule < $1.rule }
        for key in listed {
            let spans = tally.spans[key]?.count ?? 0
            rules.append(key.rule)
            all.append(TraceFacet(field: .finding, value: Int64(names.intern(key.rule)), spans: spans))
        }
        for (key, spans) in tally.spans where key.field != .finding {
            all.append(TraceFacet(field: key.field, value: Int64(key.value), spans: spans.count))
        }
        severity = tally.severity
    }

    private mutating func addStructure(_ names: inout NameTable) {
        for (mark, name, _) in SpanMarks.named where SpanMarks.structural.contains(mark) {
            guard let spans = marks.first(where: { $0.value == Int64(mark.rawValue) })?.spans else { continue }
            rules.append("structure." + name)
            all.append(TraceFacet(field: .finding, value: Int64(names.intern("structure." + name)), spans: spans))
        }
    }

    private mutating func addStreams(_ streams: [StreamRecord]) {
        var timings: [Int: Int] = [:]
        for stream in streams { timings[stream.timing.rawValue, default: 0] += 1 }
        for (timing, spans) in timings.sorted(by: { $0.key < $1.key }) {
            all.append(TraceFacet(field: .stream, value: Int64(timing), spans: spans))
        }
    }

    /// The spans that findings are about, by rule, severity and certainty.
    private struct Tally {
        struct Key: Hashable {
            var field: TraceFacet.Field
            var rule = ""
            var value = 0
        }

        private(set) var spans: [Key: Set<SpanID>] = [:]
        private(set) var severity: FindingSeverity?

        mutating func add(
            _ rule: String, _ severity: FindingSeverity, _ certainty: FindingCertainty, span: SpanID?
        ) {
            self.severity = max(self.severity ?? severity, severity)
            for key in [
                Key(field: .finding, rule: rule), Key(field: .severity, value: severity.rawValue),
                Key(field: .certainty, value: certainty.rawValue),
            ] {
                // A finding about the trace counts no span, yet the trace is found by it.
                if let span { spans[key, default: []].insert(span) } else if spans[key] == nil { spans[key] = [] }
            }
        }
    }
}
