import Canvas
import TraceAnalysis
import TraceModel
import TraceTables

/// Lays out what was found about a span: what is claimed, how sure it is, and what it rests on.
struct FindingPageBuilder {
    let findings: [Finding]
    /// The spans that evidence can lead to.
    let names: [SpanID: String]
    let spanID: SpanID
    /// What reading the span noticed by itself.
    let marks: SpanMarks
    let metrics: TextMetrics

    private var isASCII: Bool { metrics.asciiOnly }

    /// The gravest first, those of one severity in the order they came.
    func blocks() -> [SpanBlock] {
        let noticed = SpanMarks.named.filter { marks.contains($0.mark) }
        if findings.isEmpty, noticed.isEmpty { return [.text("Nothing was found about this span.", role: .dim)] }
        var blocks: [SpanBlock] = []
        let ordered = findings.enumerated().sorted {
            ($0.element.severity.rawValue, -$0.offset) > ($1.element.severity.rawValue, -$1.offset)
        }
        for (_, finding) in ordered { append(finding, to: &blocks) }
        for mark in noticed { blocks.append(fact("mark", "\(mark.name): \(mark.help)", role: .text)) }
        return blocks
    }

    private func append(_ finding: Finding, to blocks: inout [SpanBlock]) {
        let index = blocks.count
        let rule = FindingRules.rule(finding.rule)
        var children = [fact("says", finding.message, role: .text)]
        if finding.spanID == nil { children.append(fact("about", "the whole trace", role: .dim)) }
        if let rule {
            children.append(fact(certainty(finding.certainty), rule.proves, role: .text))
            children.append(fact("cannot tell", rule.cannotTell, role: .text))
            children.append(fact("limits", rule.limits, role: .dim))
        } else {
            children.append(fact("sure", certainty(finding.certainty), role: .dim))
        }
        children += finding.evidence.map(evidence)
        var header = self.header(finding, title: rule?.title)
        header.sectionEnd = index + 1 + children.count
        blocks.append(header)
        for var child in children {
            child.section = index
            blocks.append(child)
        }
    }

    private func header(_ finding: Finding, title: String?) -> SpanBlock {
        var line = DisplayLine(hang: 2)
        line.append(Glyphs.finding(ascii: isASCII) + " " + finding.rule, .finding)
        if let title { line.append("  " + title, .header) }
        var block = SpanBlock(brief: line)
        block.gutter = finding.severity.name
        block.gutterRole = Role(finding.severity.tone)
        block.isProposedOpen = true
        return block
    }

    /// The word before what the rule shows, by how sure the finding is.
    private func certainty(_ certainty: FindingCertainty) -> String {
        switch certainty {
        case .proven: "proven"
        case .inferred: "inferred"
        case .cannotTell: "not told"
        }
    }

    private func evidence(_ evidence: FindingEvidence) -> SpanBlock {
        var line = DisplayLine(hang: 2)
        line.append(evidence.label + " ", .dim)
        line.append(LongText.prefix(evidence.value, bytes: 2000).text, .text)
        if let id = evidence.spanID {
            let name = names[id]
            line.append("  \(Glyphs.right(ascii: isASCII)) ", .accent)
            if id == spanID {
                line.append("this span", .accent)
            } else {
                line.append(name ?? "span \(id.hex.prefix(8)), not in this trace", name == nil ? .dim : .accent)
            }
        }
        var block = SpanBlock(brief: line)
        block.gutter = "evidence"
        block.gutterRole = .accent
        block.indent = 2
        block.target = evidence.spanID
        return block
    }

    private func fact(_ name: String, _ text: String, role: Role) -> SpanBlock {
        var block = SpanBlock.text(text, role: role)
        block.gutter = name
        block.indent = 2
        return block
    }
}
