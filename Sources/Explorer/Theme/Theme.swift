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
}
