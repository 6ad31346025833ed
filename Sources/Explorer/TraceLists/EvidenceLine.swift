import TraceModel

/// A value that a statement rests on, as a line.
enum EvidenceLine {
    static func line(_ evidence: FindingEvidence) -> DisplayLine {
        var line = DisplayLine(indent: 2, hang: 2)
        line.append(evidence.label + " ", .dim)
        line.append(evidence.value, .text)
        if let span = evidence.spanID { line.append("  span \(span.hex.prefix(8))", .dim) }
        return line
    }
}
