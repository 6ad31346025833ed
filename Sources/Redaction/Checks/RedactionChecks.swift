import Basics
import FastJSON
import Glibc

extension RedactionCheck {
    /// True where a match is what the rule looks for.
    func passes(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let text = bytes[range]
        switch self {
        case .none: return true
        case .luhn: return CheckDigits.isCard(text)
        case .iban: return CheckDigits.isAccount(text)
        case .jwt: return Self.isToken(text)
        case .entropy(let minimum): return Randomness.bitsPerByte(text) >= minimum && !CredentialText.isTemplate(text)
        case .randomKey: return CredentialText(bytes, range).isRandom
        case .keyValue: return CredentialText(bytes, range).isKey
        case .passwordValue: return CredentialText(bytes, range).isPassword
        case .urlPassword: return CredentialText(bytes, range).isURLPassword
        case .commandPassword: return CredentialText(bytes, range).isCommandPassword
        case .webKey: return isOfWebKey(bytes, range)
        case .basicCredentials: return Base64.isNameAndPassword(text)
        case .ruleFile(let check): return check.passes(text)
        case .mailbox: return ContactText.isMailbox(bytes, range)
        case .phone: return ContactText.isPhone(text)
        }
    }

    /// Headers are short; what is longer is something else.
    private static let longestHeader = 4_096

    private func isOfWebKey(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let around = max(0, range.lowerBound - 2_048)..<min(bytes.count, range.upperBound + 2_048)
        return Self.keyType.isPart(of: bytes[around])
    }

    private static let keyType = WordList(["\"kty\""])

    private static func isToken(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let header = text.prefix { $0 != UInt8(ascii: ".") }
        guard header.count <= longestHeader, let bytes = Base64.decode(header, .quoted, limit: longestHeader),
            let value = try? JSONValue(parsing: bytes), case .object(let members) = value
        else { return false }
        return members.contains { $0.key == "alg" }
    }
}

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

/// How random a text looks.
enum Randomness {
    /// Shannon's entropy of the bytes of a text, in bits a byte.
    static func bitsPerByte(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Double {
        guard !text.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in text { counts[Int(byte)] += 1 }
        let total = Double(text.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * log2(share)
        }
    }
}

extension Base64.Leniency {
    /// As secrets stand in texts and in JSON.
    fileprivate static let quoted: Base64.Leniency = [.urlSafe, .endsAtPadding, .escapedSlashes]
}
