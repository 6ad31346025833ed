import TraceModel

/// How stages and comparisons are written.
enum JointWords {
    /// Which of asked, ran and delivered are recorded: `●→■→●`.
    static func way(_ joint: ToolJoint, ascii: Bool) -> String {
        let arrow = ascii ? ">" : "→"
        func mark(_ stages: [JointStage], _ kind: SpanKind) -> String {
            stages.contains { stage in
                joint.hop(stage).map { $0.comparison != .absent } ?? false
            } ? Glyphs.kind(kind, ascii: ascii) : Glyphs.unknown(ascii: ascii)
        }
        return [mark([.asked], .llm), mark([.ran, .returned], .tool), mark([.delivered], .llm)].joined(separator: arrow)
    }

    static func comparison(_ comparison: JointComparison, ascii: Bool) -> String {
        switch comparison {
        case .unknown: Glyphs.unknown(ascii: ascii)
        case .first: ""
        default: comparison.name
        }
    }

    /// What became of the call in a word: the gravest difference, or what its result is where that says more.
    static func outcome(_ joint: ToolJoint, worst: JointComparison, ascii: Bool) -> String {
        if worst.isLoss { return comparison(worst, ascii: ascii) }
        switch joint.hop(.returned)?.payload?.content ?? joint.hop(.delivered)?.payload?.content {
        case .empty?: return "empty"
        case .error?: return "error"
        case .redacted?: return "redacted"
        case .value?, nil: return comparison(worst, ascii: ascii)
        }
    }

    /// What happened to the payload, or what it is where that says more.
    static func word(_ hop: JointHop, ascii: Bool) -> String {
        let word = comparison(hop.comparison, ascii: ascii)
        guard !hop.comparison.isLoss, hop.comparison != .equal else { return word }
        switch hop.payload?.content {
        case .empty?: return "empty"
        case .error?: return "error"
        case .redacted?: return "redacted"
        case .value?, nil: return word
        }
    }

    /// A number with its thousands apart: `48,211`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
