import Canvas

/// The styles of a row's cells, those of blanks chosen so that little is sent.
///
/// A blank without background looks the same in any colour. A gap between words of one style, and a short one between
/// others, therefore keeps the style of the word before it, which saves ending and beginning a style. Longer gaps and
/// the end of a row are plain, so that they stay equal from frame to frame and can be skipped or erased.
enum RowStyles {
    /// A gap that is longer is skipped or erased rather than written.
    private static let shortGap = 12

    static func chosen(_ cells: some RandomAccessCollection<Cell>) -> [Style] {
        var styles = cells.map(\.style)
        let isBlank = cells.map { $0.text == " " && hidesColor($0.style) }
        var index = 0
        while index < styles.count {
            guard isBlank[index] else {
                index += 1
                continue
            }
            var end = index
            while end < styles.count, isBlank[end] { end += 1 }
            var style = Style.plain
            if index > 0, end < styles.count, hidesColor(styles[index - 1]),
                end - index <= shortGap || styles[index - 1] == styles[end]
            {
                style = styles[index - 1]
            }
            for blank in index..<end { styles[blank] = style }
            index = end
        }
        return styles
    }

    /// Nothing of the style shows on a blank.
    private static func hidesColor(_ style: Style) -> Bool {
        style.background == .standard && style.attributes.isDisjoint(with: [.reverse, .underline])
    }
}
