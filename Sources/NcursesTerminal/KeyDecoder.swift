import CNcurses
import Canvas
import Foundation

/// Turns what curses reads into keys.
struct KeyDecoder {
    private static let pasteBegin: Int32 = 0x1001
    private static let pasteEnd: Int32 = 0x1002
    /// A paste may arrive in several reads.
    private var paste: String?

    /// Teaches curses the sequences that terminfo does not name.
    static func defineSequences() {
        define_key("\u{1b}[200~", pasteBegin)
        define_key("\u{1b}[201~", pasteEnd)
        let shifted: [(String, Int32)] = [
            ("\u{1b}[1;2D", KEY_SLEFT), ("\u{1b}[1;2C", KEY_SRIGHT), ("\u{1b}[1;2A", KEY_SR), ("\u{1b}[1;2B", KEY_SF),
            ("\u{1b}[Z", KEY_BTAB),
        ]
        for (sequence, code) in shifted { define_key(sequence, code) }
    }

    /// Reads until nothing more is there; nil at the end of the input.
    mutating func read() -> [Key]? {
        var keys: [Key] = []
        while let (code, isFunction) = next() {
            if let key = decode(code, isFunction) { keys.append(key) }
        }
        return keys
    }

    private func next() -> (code: UInt32, isFunction: Bool)? {
        var code: wint_t = 0
        switch spandrel_read(&code) {
        case OK: return (UInt32(code), false)
        case KEY_CODE_YES: return (UInt32(code), true)
        default: return nil
        }
    }

    private mutating func decode(_ code: UInt32, _ isFunction: Bool) -> Key? {
        if isFunction, Int32(code) == KeyDecoder.pasteBegin {
            paste = ""
            return nil
        }
        if isFunction, Int32(code) == KeyDecoder.pasteEnd {
            defer { paste = nil }
            return paste.map { .paste($0) }
        }
        if paste != nil {
            if !isFunction, let scalar = Unicode.Scalar(code) {
                paste?.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
            }
            return nil
        }
        return isFunction ? function(Int32(code)) : character(code)
    }

    private mutating func character(_ code: UInt32) -> Key? {
        switch code {
        case 9: return .tab
        case 10, 13: return .enter
        case 8, 127: return .backspace
        case 27:
            // Alt sends an escape before the character; a lone escape is followed by nothing.
            guard let (code, isFunction) = next() else { return .escape }
            if !isFunction, code != 27, let key = character(code), case .character(let character) = key {
                return .alt(character)
            }
            return .escape
        case 0: return .control(" ")
        case 1..<27: return .control(Character(Unicode.Scalar(UInt8(code) + 96)))
        case 28..<32: return .control(Character(Unicode.Scalar(UInt8(code) + 64)))
        default: return Unicode.Scalar(code).map { .character(Character($0)) }
        }
    }

    private func function(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: return .up
        case KEY_DOWN: return .down
        case KEY_LEFT: return .left
        case KEY_RIGHT: return .right
        case KEY_SLEFT: return .shiftLeft
        case KEY_SRIGHT: return .shiftRight
        case KEY_SR: return .shiftUp
        case KEY_SF: return .shiftDown
        case KEY_HOME: return .home
        case KEY_END: return .end
        case KEY_PPAGE: return .pageUp
        case KEY_NPAGE: return .pageDown
        case KEY_BTAB: return .backTab
        case KEY_DC: return .delete
        case KEY_IC: return .insert
        case KEY_BACKSPACE: return .backspace
        case KEY_ENTER: return .enter
        case KEY_RESIZE: return nil
        case KEY_MOUSE: return mouse()
        // KEY_F is a macro: KEY_F0 and the number.
        case (KEY_F0 + 1)...(KEY_F0 + 63): return .function(Int(code - KEY_F0))
        default: return .unknown
        }
    }

    private func mouse() -> Key? {
        var column: Int32 = 0
        var row: Int32 = 0
        let (x, y): (Int, Int)
        let button = spandrel_mouse(&column, &row)
        (x, y) = (Int(column), Int(row))
        switch button {
        case 1: return .mouse(MouseEvent(.press, button: .left, column: x, row: y))
        case 4: return .mouse(MouseEvent(.scrollUp, column: x, row: y))
        case 5: return .mouse(MouseEvent(.scrollDown, column: x, row: y))
        default: return nil
        }
    }
}
