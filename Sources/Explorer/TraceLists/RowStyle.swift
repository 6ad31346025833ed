import Canvas

/// The styles of one row of a list: those of its roles, or that of the selection.
struct RowStyle {
    let theme: Theme
    let isSelected: Bool

    subscript(role: Role) -> Style { theme[isSelected ? .selection : role] }
}
