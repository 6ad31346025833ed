import CNcurses
import Canvas

/// Styles as curses knows them; pairs of colours are allocated on demand and their number is bounded.
struct StyleCache {
    struct Entry {
        let attributes: attr_t
        let pair: Int32
    }

    private struct Colors: Hashable {
        let foreground: Int
        let background: Int
    }

    private let reduction: ColorReduction
    private let limit: Int
    private var entries: [Style: Entry] = [:]
    private var pairs: [Colors: Int32] = [:]

    init(depth: ColorDepth, availablePairs: Int) {
        reduction = ColorReduction(depth: depth)
        limit = depth == .mono ? 0 : min(availablePairs - 1, 1024)
    }

    /// The entry of a style.
    mutating func entry(_ style: Style) -> Entry {
        if let known = entries[style] { return known }
        // Styles are few unless someone computes colours; then start over rather than grow.
        if entries.count >= 4096 { entries.removeAll(keepingCapacity: true) }
        let colors = Colors(
            foreground: reduction.number(style.foreground), background: reduction.number(style.background))
        let pair = pair(colors)
        let entry = Entry(attributes: Self.attributes(reduction.attributes(style)), pair: pair)
        entries[style] = entry
        return entry
    }

    /// Pair 0 is what is left when no pair is.
    ///
    /// The terminal's own colours get a pair as well: from a colour to that one curses sends a change of colour alone,
    /// from a colour to pair 0 an end of all attributes too.
    private mutating func pair(_ colors: Colors) -> Int32 {
        if let known = pairs[colors] { return known }
        guard pairs.count < limit else { return 0 }
        let number = Int32(pairs.count + 1)
        guard init_extended_pair(number, Int32(colors.foreground), Int32(colors.background)) == OK else { return 0 }
        pairs[colors] = number
        return number
    }

    private static func attributes(_ attributes: Style.Attributes) -> attr_t {
        let bits: [(Style.Attributes, attr_t)] = [
            (.bold, spandrel_attribute_bold()), (.dim, spandrel_attribute_dim()),
            (.italic, spandrel_attribute_italic()), (.underline, spandrel_attribute_underline()),
            (.reverse, spandrel_attribute_reverse()),
        ]
        return bits.reduce(0) { attributes.contains($1.0) ? $0 | $1.1 : $0 }
    }
}
