import Canvas
import Redaction
import Tables
import TraceModel

/// Tells which rules put placeholders into a page: beside the texts that have some, and in a section at its end.
struct RedactionSection {
    /// How often a rule's placeholders stand on the page, and for how many different values.
    private struct Tally {
        var count = 0
        var hashes: Set<String> = []
    }

    private var tallies: [String: Tally] = [:]
    private var labels: [String] = []

    /// The blocks of a page, with what is to be said of their placeholders.
    static func append(to blocks: [SpanBlock]) -> [SpanBlock] {
        var section = RedactionSection()
        var blocks = blocks
        for index in blocks.indices {
            let found = section.count(blocks[index])
            if !found.isEmpty, blocks[index].note.isEmpty, !blocks[index].isRule {
                blocks[index].note = note(found)
            }
        }
        if !section.labels.isEmpty { section.appendSection(to: &blocks) }
        return blocks
    }

    /// Counts the placeholders of a block; returns their labels, each once.
    private mutating func count(_ block: SpanBlock) -> [String] {
        var found: [String] = []
        // A brief form repeats what the body says.
        for text in [block.gutter, block.lead, block.body?.text ?? block.brief?.text ?? ""] {
            for (_, placeholder) in RedactionPlaceholder.all(in: text) {
                let label = placeholder.label
                if !found.contains(label) { found.append(label) }
                if tallies[label] == nil { labels.append(label) }
                tallies[label, default: Tally()].count += 1
                if let hash = placeholder.hash { tallies[label]?.hashes.insert(hash) }
            }
        }
        return found
    }

    private static func note(_ labels: [String]) -> String {
        let titles = labels.prefix(2).map(RedactionTitles.title)
        return titles.joined(separator: ", ") + (labels.count > 2 ? " +\(labels.count - 2)" : "")
    }

    /// The rules in the order in which the page shows them.
    private func appendSection(to blocks: inout [SpanBlock]) {
        let header = blocks.count
        let total = tallies.values.reduce(0) { $0 + $1.count }
        var rule = SpanBlock.rule("redacted \(Figures.count(Int64(total)))")
        rule.isProposedOpen = true
        rule.sectionEnd = header + 1 + labels.count
        blocks.append(rule)
        for label in labels {
            guard let tally = tallies[label] else { continue }
            var block = SpanBlock(brief: DisplayLine(RedactionTitles.title(of: label), role: .text))
            block.gutter = label
            block.gutterRole = .redacted
            // Equal values have equal placeholders: how many there are tells whether it is one secret or several.
            block.note = "\(Counted.text(tally.count, "time")), \(Counted.text(tally.hashes.count, "value"))"
            block.section = header
            blocks.append(block)
        }
    }
}

/// What the rules behind placeholders are called.
enum RedactionTitles {
    /// The title of a rule, such as `Stripe API key`; of a label that no built-in rule has, the label.
    static func title(of label: String) -> String { byLabel[label] ?? label }

    private static let byLabel = Dictionary(
        RedactionRules.all.map { ($0.label, $0.title) }, uniquingKeysWith: { first, _ in first })
}
