/// Counts as a row of bars, a cell each.
package enum Histogram {
    private static let blocks = Array("▁▂▃▄▅▆▇█").map(String.init)
    private static let marks = Array(".:-=+*%#").map(String.init)

    /// The bars, scaled to the largest count; a count of zero is a blank, so that it differs from a small one.
    package static func text(_ counts: [Int], ascii: Bool) -> String {
        let most = max(1, counts.max() ?? 1)
        let glyphs = ascii ? marks : blocks
        return counts.map { count in
            count <= 0 ? " " : glyphs[min(glyphs.count - 1, (count * glyphs.count - 1) / most)]
        }.joined()
    }
}
