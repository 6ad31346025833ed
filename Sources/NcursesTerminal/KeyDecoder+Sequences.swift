import Canvas

extension KeyDecoder {
    /// `ESC [` parameters, a final byte.
    mutating func controlSequence() -> Step {
        let start = position + 2
        guard start < buffer.count else { return .incomplete }
        // The Linux console's F1 to F5 have a second bracket.
        if buffer[start] == UInt8(ascii: "[") {
            guard start + 1 < buffer.count else { return .incomplete }
            position = start + 2
            let letter = buffer[start + 1]
            return .key(letter >= 0x41 && letter <= 0x45 ? .function(Int(letter) - 0x40) : .unknown)
        }
        if buffer[start] == UInt8(ascii: "M") { return oldMouse(start + 1) }
        var end = start
        while end < buffer.count, buffer[end] >= 0x20, buffer[end] < 0x40, end - start < Self.sequenceLimit { end += 1 }
        guard end < buffer.count else { return .incomplete }
        let final = buffer[end]
        // rxvt ends the shifted forms of its keys with a dollar sign, which is no final byte.
        guard final >= 0x40, final < 0x7F else {
            position = final == 0x1B || end - start >= Self.sequenceLimit ? end : end + 1
            return .key(.unknown)
        }
        let parameters = buffer[start..<end]
        position = end + 1
        if parameters.first == UInt8(ascii: "<") { return mouse(parameters.dropFirst(), final) }
        return step(numbers(parameters), final)
    }

    private func step(_ numbers: [Int], _ final: UInt8) -> Step {
        let first = numbers.first ?? 0
        let modifiers = max(0, (numbers.count > 1 ? numbers[1] : 1) - 1)
        let isShifted = modifiers & 1 != 0
        switch final {
        case UInt8(ascii: "~"):
            if first == 200 { return .pasteBegins }
            if first == 201 { return .nothing }
            if first == 27, numbers.count > 2 { return .key(Self.key(code: numbers[2], modifiers: modifiers)) }
            return .key(Self.tilde(first))
        case UInt8(ascii: "u"): return .key(Self.key(code: first, modifiers: modifiers))
        // The window came into focus or left it.
        case UInt8(ascii: "I"), UInt8(ascii: "O"): return .nothing
        case UInt8(ascii: "a"): return .key(.shiftUp)
        case UInt8(ascii: "b"): return .key(.shiftDown)
        case UInt8(ascii: "c"): return numbers.isEmpty ? .key(.shiftRight) : .nothing
        case UInt8(ascii: "d"): return .key(.shiftLeft)
        default: return .key(Self.letter(final, isShifted: isShifted) ?? .unknown)
        }
    }

    /// `ESC O` and a letter, in application mode.
    mutating func singleShift() -> Step {
        guard position + 2 < buffer.count else { return .incomplete }
        let letter = buffer[position + 2]
        if letter == 0x1B || letter < 0x20 {
            position += 2
            return .key(.alt("O"))
        }
        position += 3
        if letter == UInt8(ascii: "M") { return .key(.enter) }
        // The keypad: `j` to `y` are the characters 64 positions below.
        if (0x6A...0x79).contains(letter) { return .key(.character(Character(Unicode.Scalar(letter - 0x40)))) }
        return .key(Self.letter(letter, isShifted: false) ?? .unknown)
    }

    private static func letter(_ final: UInt8, isShifted: Bool) -> Key? {
        switch final {
        case UInt8(ascii: "A"): isShifted ? .shiftUp : .up
        case UInt8(ascii: "B"): isShifted ? .shiftDown : .down
        case UInt8(ascii: "C"): isShifted ? .shiftRight : .right
        case UInt8(ascii: "D"): isShifted ? .shiftLeft : .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
        default: nil
        }
    }

    private static func tilde(_ number: Int) -> Key {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23...26: .function(number - 12)
        case 28, 29: .function(number - 13)
        case 31...34: .function(number - 14)
        default: .unknown
        }
    }

    /// A key as a code point with modifiers: shift 1, alt 2, control 4.
    private static func key(code: Int, modifiers: Int) -> Key {
        switch code {
        case 9: return modifiers & 1 != 0 ? .backTab : .tab
        case 13: return .enter
        case 27: return .escape
        case 127, 8: return .backspace
        default: break
        }
        guard code >= 0x20, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init),
            !SafeText.isUnsafe(Character(scalar))
        else { return .unknown }
        let character = Character(scalar)
        if modifiers & 4 != 0 { return .control(character.lowercased().first ?? character) }
        if modifiers & 2 != 0 { return .alt(character) }
        if modifiers & 1 != 0, let upper = character.uppercased().first { return .character(upper) }
        return .character(character)
    }

    private func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
        guard !parameters.isEmpty else { return [] }
        return parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
            // Kitty appends details after a colon.
            var value = 0
            for byte in part {
                guard byte >= 0x30, byte <= 0x39, value < 1 << 24 else { break }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
    }
}
