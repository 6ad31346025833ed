/// STUB
package struct MouseEvent: Hashable, Sendable {
    package enum Kind: Sendable { case press, release, wheelUp, wheelDown }
    package var kind: Kind
    package var column: Int
    package var row: Int
}
package enum Key: Hashable, Sendable {
    case character(Character), control(Character), alt(Character), enter, escape, tab, backTab, backspace, delete,
        insert
    case up, down, left, right, shiftLeft, shiftRight, shiftUp, shiftDown, home, end, pageUp, pageDown
    case function(Int), mouse(MouseEvent), resize, paste(String), unknown
    package var name: String {
        switch self {
        case .character(let c): c == " " ? "Space" : String(c)
        case .control(let c): "^" + String(c).uppercased()
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "S-Tab"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let n): "F\(n)"
        default: "?"
        }
    }
    package init?(name: String) {
        let table: [String: Key] = [
            "Space": .character(" "), "Enter": .enter, "Esc": .escape, "Tab": .tab, "S-Tab": .backTab, "Up": .up,
            "Down": .down, "Left": .left, "Right": .right, "Home": .home, "End": .end, "PgUp": .pageUp,
            "PgDn": .pageDown, "F1": .function(1), "F2": .function(2), "F5": .function(5),
        ]
        if let key = table[name] { self = key; return }
        if name.count == 1 { self = .character(Character(name)); return }
        if name.count == 2, name.hasPrefix("^") { self = .control(Character(name.dropFirst().lowercased())); return }
        return nil
    }
}
