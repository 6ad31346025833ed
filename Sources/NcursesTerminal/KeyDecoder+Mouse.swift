import Canvas

extension KeyDecoder {
    /// A mouse report in the form that xterm calls SGR: button, column and row from 1, `M` pressed or `m` released.
    func mouse(_ parameters: ArraySlice<UInt8>, _ final: UInt8) -> Step {
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map { part in
            part.reduce(0) { $1 >= 0x30 && $1 <= 0x39 && $0 < 1 << 24 ? $0 * 10 + Int($1 - 0x30) : $0 }
        }
        let isRelease = final == UInt8(ascii: "m")
        guard numbers.count == 3, isRelease || final == UInt8(ascii: "M") else { return .key(.unknown) }
        return .key(event(numbers[0], column: numbers[1] - 1, row: numbers[2] - 1, isRelease: isRelease))
    }

    /// A mouse report in the first form: three bytes, each 32 too large.
    mutating func oldMouse(_ start: Int) -> Step {
        guard start + 2 < buffer.count else { return .incomplete }
        position = start + 3
        let code = Int(buffer[start]) - 32
        guard code >= 0 else { return .key(.unknown) }
        return .key(
            event(
                code, column: Int(buffer[start + 1]) - 33, row: Int(buffer[start + 2]) - 33, isRelease: code & 3 == 3))
    }

    private func event(_ code: Int, column: Int, row: Int, isRelease: Bool) -> Key {
        guard column >= 0, row >= 0 else { return .unknown }
        let buttons: [MouseEvent.Button] = [.left, .middle, .right, .none]
        let button = buttons[code & 3]
        let action: MouseEvent.Action
        if code & 64 != 0 {
            guard code & 2 == 0 else { return .unknown }
            action = code & 1 == 0 ? .scrollUp : .scrollDown
        } else if isRelease {
            action = .release
        } else {
            action = code & 32 != 0 ? .drag : .press
        }
        return .mouse(
            MouseEvent(
                action, button: code & 64 != 0 ? .none : button, column: column, row: row, shift: code & 4 != 0,
                alt: code & 8 != 0, control: code & 16 != 0))
    }
}
