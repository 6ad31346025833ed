/// A colour as a theme states it; terminals reduce it to what they have.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the terminal's 256 palette entries; 0–15 are its own colours.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// How a cell is drawn.
package struct Style: Hashable, Sendable {
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let italic = Attributes(rawValue: 4)
        package static let underline = Attributes(rawValue: 8)
        package static let reverse = Attributes(rawValue: 16)
    }

    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours, nothing else.
    package static let plain = Style()

    /// The same with more attributes.
    package func adding(_ more: Attributes) -> Style {
        var copy = self
        copy.attributes.formUnion(more)
        return copy
    }
}

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
