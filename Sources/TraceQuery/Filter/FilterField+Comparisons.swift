extension FilterField {
    /// The comparisons that make sense for the field.
    public var comparisons: [FilterTerm.Comparison] {
        if takesKey { return [.matches, .equal, .notEqual, .contains, .less, .lessOrEqual, .greater, .greaterOrEqual] }
        switch name {
        case "text": return [.matches, .contains]
        case "since", "until": return [.matches, .equal]
        case "severity":
            // Severities have an order: `severity>=warning`.
            return [.matches, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        case "trace", "span", "mark", "finding", "certainty", "stream", "attempt.reason", "layer":
            return [.matches, .equal, .notEqual]
        default: break
        }
        switch type {
        case .text: return [.matches, .equal, .notEqual, .contains]
        case .kind, .status: return [.matches, .equal, .notEqual]
        case .duration, .count, .size, .time:
            return [.matches, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        }
    }

    /// The name of a field that was probably meant; nil where none is close.
    static func nearest(to name: String) -> String? {
        let lower = name.lowercased()
        let candidates = all.flatMap { [$0.name] + $0.aliases }
        let ranked = candidates.map { (name: $0, distance: distance(lower, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(lower.count, best.name.count) / 3) ? best.name : nil
    }

    /// The number of insertions, deletions and replacements between two words.
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b.utf8.prefix(64))
        var row = Array(0...b.count)
        for (i, byte) in a.utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (byte == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
