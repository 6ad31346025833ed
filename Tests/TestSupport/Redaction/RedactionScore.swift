/// How well a finder does on labelled texts.
package struct RedactionScore: Sendable {
    package struct Row: Sendable {
        package var name: String
        package var group: String
        package var texts = 0
        package var found = 0
        package var falseHits = 0

        package var recall: Double { texts == 0 ? 1 : Double(found) / Double(texts) }
    }

    /// A row a label, in the order of the samples.
    package private(set) var positives: [Row] = []
    /// A row a kind of text without secrets.
    package private(set) var negatives: [Row] = []
    /// What was not found, or found where nothing is.
    package private(set) var mistakes: [(sample: LabelledRedactions.Sample, matches: [(Range<Int>, String)])] = []

    package init(_ samples: [LabelledRedactions.Sample], finder: LabelledRedactions.Finder) {
        for sample in samples { add(sample, finder(sample.text)) }
    }

    package func recall(of group: String) -> Double {
        let rows = positives.filter { $0.group == group }
        return Double(rows.reduce(0) { $0 + $1.found }) / Double(max(1, rows.reduce(0) { $0 + $1.texts }))
    }

    /// The share of matches that are right.
    package var precision: Double {
        let found = positives.reduce(0) { $0 + $1.found }
        let wrong = (positives + negatives).reduce(0) { $0 + $1.falseHits }
        return Double(found) / Double(max(1, found + wrong))
    }

    /// Matches must cover what is labelled and nothing else.
    private mutating func add(_ sample: LabelledRedactions.Sample, _ matches: [(Range<Int>, String)]) {
        guard let range = sample.range, let group = sample.group else {
            Self.count(in: &negatives, sample.kind, "", found: false, falseHits: matches.count)
            if !matches.isEmpty { mistakes.append((sample, matches)) }
            return
        }
        let within = matches.filter { range.contains($0.0.lowerBound) && $0.0.upperBound <= range.upperBound }
        // Several matches may share a secret, such as the lines of one.
        let covered = within.reduce(0) { $0 + $1.0.count } == range.count
        let falseHits = matches.count - within.count
        Self.count(in: &positives, sample.kind, group, found: covered, falseHits: falseHits)
        if !covered || falseHits > 0 { mistakes.append((sample, matches)) }
    }

    private static func count(in rows: inout [Row], _ name: String, _ group: String, found: Bool, falseHits: Int) {
        if rows.last?.name != name, !rows.contains(where: { $0.name == name }) {
            rows.append(Row(name: name, group: group))
        }
        guard let index = rows.firstIndex(where: { $0.name == name }) else { return }
        rows[index].texts += 1
        rows[index].found += found ? 1 : 0
        rows[index].falseHits += falseHits
    }
}

extension LabelledRedactions {
    /// The score of a finder as Markdown: a row a rule, a row a kind of texts without secrets, and totals.
    package static func table(finder: Finder) -> String {
        let score = RedactionScore(samples(), finder: finder)
        var lines = ["| rule | group | texts | found | recall | false hits |", "|---|---|--:|--:|--:|--:|"]
        for row in score.positives.sorted(by: { ($1.group, $0.name) < ($0.group, $1.name) }) {
            lines.append(
                "| `\(row.name)` | \(row.group) | \(row.texts) | \(row.found) | \(percent(row.recall)) | \(row.falseHits) |"
            )
        }
        lines += ["", "| texts without secrets | texts | false hits |", "|---|--:|--:|"]
        for row in score.negatives { lines.append("| \(row.name) | \(row.texts) | \(row.falseHits) |") }
        let positives = score.positives.reduce(0) { $0 + $1.texts }
        let negatives = score.negatives.reduce(0) { $0 + $1.texts }
        lines += [
            "",
            "\(positives) texts with and \(negatives) without: recall \(percent(score.recall(of: "secret"))) of secrets, "
                + "\(percent(score.recall(of: "personal"))) of personal data, precision \(percent(score.precision)).",
        ]
        return lines.joined(separator: "\n")
    }

    /// A share with one decimal, rounded down, so that 100.0 % means all.
    private static func percent(_ share: Double) -> String {
        let tenths = Int(share * 1_000)
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
