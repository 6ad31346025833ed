/// One position of a canvas: a grapheme cluster of one or two columns, or the right half of a wide one.
package struct Cell: Equatable, Sendable {
    /// The cluster, already safe for a terminal; empty in the right half of a wide cluster.
    package var text: String
    package var style: Style
    /// 1 or 2; 0 in the right half of a wide cluster.
    package var width: UInt8

    package init(text: String, style: Style, width: UInt8) {
        self.text = text
        self.style = style
        self.width = width
    }

    /// A space.
    package static let blank = Cell(text: " ", style: .plain, width: 1)
}
