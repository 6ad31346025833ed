/// A key press, or what else arrives from the keyboard's side of a terminal.
package enum Key: Hashable, Sendable {
    /// A printable character; a space is one.
    case character(Character)
    /// Ctrl with a character in lower case: `^D` is `.control("d")`.
    case control(Character)
    /// Alt with a character.
    case alt(Character)
    case enter
    case escape
    case tab
    case backTab
    case backspace
    case delete
    case insert
    case up
    case down
    case left
    case right
    case shiftLeft
    case shiftRight
    case shiftUp
    case shiftDown
    case home
    case end
    case pageUp
    case pageDown
    /// F1 is 1.
    case function(Int)
    case mouse(MouseEvent)
    /// The terminal has another size.
    case resize
    /// Pasted text, whole and raw: it may hold newlines and control characters.
    case paste(String)
    /// A sequence that means nothing here.
    case unknown
}
