/// Check digits of numbers that people are charged by.
enum CheckDigits {
    private static let zero = UInt8(ascii: "0")

    /// True for 12 to 19 digits, blanks and hyphens left out, of which the last is right.
    ///
    /// Source: ISO/IEC 7812-1, annex B (Luhn).
    static func isCard(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var sum = 0
        var count = 0
        var distinct = ByteSet()
        for byte in text.reversed() where ByteSet.digits.contains(byte) {
            let digit = Int(byte - zero) * (count % 2 == 0 ? 1 : 2)
            sum += digit > 9 ? digit - 9 : digit
            count += 1
            distinct.insert(byte)
        }
        return (12...19).contains(count) && sum % 10 == 0 && distinct != ByteSet([zero])
    }

    /// True where the number of an account is 1 modulo 97, with its country and check digits at the end.
    ///
    /// Source: ISO 13616-1.
    static func isAccount(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let characters = text.filter { $0 != 0x20 }
        guard characters.count > 4 else { return false }
        var remainder = 0
        for byte in characters[4...] + characters[..<4] {
            switch byte {
            case zero...UInt8(ascii: "9"): remainder = (remainder * 10 + Int(byte - zero)) % 97
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                remainder = (remainder * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
            default: return false
            }
        }
        return remainder == 1
    }
}
