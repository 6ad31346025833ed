/// What the mouse did, and where; column 0, row 0 is the upper left.
package struct MouseEvent: Hashable, Sendable {
    package enum Action: String, Hashable, Sendable {
        case press
        case release
        case drag
        case scrollUp
        case scrollDown
    }

    package enum Button: String, Hashable, Sendable {
        case left
        case middle
        case right
        /// None is held, or the terminal does not say which.
        case none
    }

    package var action: Action
    package var button: Button
    package var column: Int
    package var row: Int
    package var shift: Bool
    package var alt: Bool
    package var control: Bool

    package init(
        _ action: Action, button: Button = .none, column: Int, row: Int, shift: Bool = false, alt: Bool = false,
        control: Bool = false
    ) {
        self.action = action
        self.button = button
        self.column = column
        self.row = row
        self.shift = shift
        self.alt = alt
        self.control = control
    }

    /// A name for help, such as `Mouse-press`.
    var name: String { "Mouse-" + action.rawValue }
}
