import BuiltinThemes
package import Canvas

/// The look of every role.
package struct Theme: Equatable, Sendable {
    package let name: String
    private let styles: [Role: Style]

    package init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = styles
    }

    /// The style of a role; `text` where the theme has none.
    package func style(_ role: Role) -> Style {
        styles[role] ?? styles[.text] ?? .plain
    }

    package subscript(role: Role) -> Style { style(role) }

    /// The theme of a name that comes with the program; nil if there is none.
    package static func named(_ name: String) -> Theme? {
        BuiltinThemes.all.first { $0.name == name }.map { ThemeParser.parse($0.text, name: name).theme }
    }

    /// The names of the themes that come with the program.
    package static var names: [String] { BuiltinThemes.all.map(\.name) }

    /// The same without colours: what had a background is in reverse video, the attributes stay.
    ///
    /// For `NO_COLOR` and for terminals without colours. Meaning survives, since no theme lets it rest on colour alone.
    package func withoutColor() -> Theme {
        Theme(
            name: name,
            styles: styles.mapValues { style in
                let ground = styles[.text]?.background ?? .standard
                let marked = style.background != .standard && style.background != ground
                return Style(attributes: marked ? style.attributes.union(.reverse) : style.attributes)
            })
    }
}
