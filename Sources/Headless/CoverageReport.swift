import Canvas
import Tables
package import TraceModel
import TraceTables

/// What the sources of some input tell and leave out, as a page for people.
package struct CoverageReport {
    private let sources: [SourceCoverage]
    private let safe: SafeLine
    /// Of attributes that nobody reads only the most frequent are listed.
    private static let leftLimit = 12

    package init(_ sources: [SourceCoverage], presentation: Presentation) {
        self.sources = sources
        safe = SafeLine(metrics: presentation.metrics)
    }

    package var text: String {
        sources.flatMap(lines).joined(separator: "\n") + "\n"
    }

    private func lines(_ source: SourceCoverage) -> [String] {
        let name = [source.name.isEmpty ? "(no scope)" : source.name, source.version].filter { !$0.isEmpty }
        let kinds = SpanKind.allCases.compactMap { kind in source.kinds[kind].map { "\(kind.name) \($0)" } }
        var lines = [
            "== " + safe.line(name.joined(separator: " ")).text,
            "  \(Counted.whole(source.spans, "span")): \(kinds.joined(separator: ", "))",
        ]
        for (rule, count) in ordered(source.kindRules) {
            lines.append("  kind " + safe.line("\(rule)  (\(count))").text)
        }
        for (fact, keys) in source.facts.sorted(by: { $0.key < $1.key }) {
            let told = ordered(keys).map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
            lines.append("  \(fact): " + safe.line(told).text)
        }
        let shares = SourceCoverage.Trait.allCases.compactMap { trait -> String? in
            guard let share = source.traits[trait], share.told > 0 else { return nil }
            return "\(trait.rawValue.replacing("_", with: " ")) \(share.text)"
        }
        if !shares.isEmpty { lines.append("  told: " + shares.joined(separator: ", ")) }
        for trait in source.notRecorded {
            let share = source.traits[trait] ?? SourceCoverage.Share()
            lines.append(
                "  not recorded by this source: \(trait.rawValue.replacing("_", with: " ")) "
                    + "(0 of \(share.of) \(trait.bearers))")
        }
        let left = ordered(source.left)
        if !left.isEmpty {
            let shown = left.prefix(Self.leftLimit).map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
            let more = left.count > Self.leftLimit ? ", and \(left.count - Self.leftLimit) more" : ""
            lines.append("  kept, read by no rule: " + safe.line(shown).text + more)
        }
        return lines
    }

    private func ordered(_ counts: [String: Int]) -> [(String, Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
}
