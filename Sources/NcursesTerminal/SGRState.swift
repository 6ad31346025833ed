/// The style of a terminal as its own parameters say it (SGR of ECMA-48).
struct SGRState: Equatable {
    /// A colour's parameters, `31` or `38;5;246`; nil is the terminal's own.
    private var foreground: String?
    private var background: String?
    /// The parameters 1 to 9 that are on, a bit each.
    private var attributes: UInt16 = 0

    /// Takes the parameters of a sequence in; false if one of them is not understood.
    mutating func apply(_ parameters: ArraySlice<UInt8>) -> Bool {
        var next = self
        var parts = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        while let part = parts.popFirst() {
            guard let number = Self.number(part) else { return false }
            switch number {
            case 0: next = SGRState()
            case 1...9: next.attributes |= 1 << number
            case 22: next.attributes &= ~(1 << 1 | 1 << 2)
            case 23...25, 27...29: next.attributes &= ~(1 << (number - 20))
            case 30...37, 90...97: next.foreground = "\(number)"
            case 40...47, 100...107: next.background = "\(number)"
            case 39: next.foreground = nil
            case 49: next.background = nil
            case 38, 48:
                guard let color = Self.color(part, &parts) else { return false }
                if number == 38 { next.foreground = color } else { next.background = color }
            default: return false
            }
        }
        self = next
        return true
    }

    /// The shortest sequence that leads here from another state, or from any if that is not known.
    func sequence(from other: SGRState?) -> [UInt8] {
        let whole = [""] + on(attributes) + [foreground, background].compactMap(\.self)
        let afresh = whole.count == 1 ? "" : whole.joined(separator: ";")
        guard let other else { return Array("\u{1B}[\(afresh)m".utf8) }
        var change: [String] = []
        var lost = other.attributes & ~attributes
        var added = attributes & ~other.attributes
        // Bold and dim are ended by one parameter.
        if lost & 0b110 != 0 {
            change.append("22")
            lost &= ~0b110
            added |= attributes & 0b110
        }
        for number in 3...9 where lost & 1 << number != 0 { change.append("\(20 + number)") }
        change += on(added)
        if foreground != other.foreground { change.append(foreground ?? "39") }
        if background != other.background { change.append(background ?? "49") }
        let changed = change.joined(separator: ";")
        return Array("\u{1B}[\(changed.utf8.count < afresh.utf8.count ? changed : afresh)m".utf8)
    }

    private func on(_ attributes: UInt16) -> [String] {
        (1...9).filter { attributes & 1 << $0 != 0 }.map { "\($0)" }
    }

    /// The number before a colon, if there is one; an empty parameter is 0.
    private static func number(_ part: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in part.prefix(while: { $0 != UInt8(ascii: ":") }) {
            guard (0x30...0x39).contains(byte), value < 1000 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// A colour that begins with 38 or 48: its parts after colons, or as parameters of their own.
    private static func color(_ part: ArraySlice<UInt8>, _ rest: inout ArraySlice<ArraySlice<UInt8>>) -> String? {
        if part.contains(UInt8(ascii: ":")) { return String(decoding: part, as: UTF8.self) }
        guard let mode = rest.first.flatMap(number) else { return nil }
        let count = mode == 5 ? 2 : mode == 2 ? 4 : 0
        guard count > 0, rest.count >= count else { return nil }
        let parts = [part] + rest.prefix(count)
        rest = rest.dropFirst(count)
        return String(decoding: Array(parts.joined(separator: [UInt8(ascii: ";")])), as: UTF8.self)
    }
}
