import Basics
import FastJSON

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
        case .keyValue: return CredentialText(bytes, range).isKey
        case .passwordValue: return CredentialText(bytes, range).isPassword
        case .urlPassword: return CredentialText(bytes, range).isURLPassword
        case .basicCredentials: return Self.isNameAndPassword(text)
        case .mailbox: return ContactText.isMailbox(bytes, range)
        case .phone: return ContactText.isPhone(text)
        }
    }

    /// Headers are short; what is longer is something else.
    private static let longestHeader = 4_096

    private static func isToken(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let header = text.prefix { $0 != UInt8(ascii: ".") }
        guard header.count <= longestHeader, let bytes = Base64.decode(header, .quoted, limit: longestHeader),
            let value = try? JSONValue(parsing: bytes), case .object(let members) = value
        else { return false }
        return members.contains { $0.key == "alg" }
    }

    private static func isNameAndPassword(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let bytes = Base64.decode(text, .quoted, limit: 512) else { return false }
        return bytes.contains(UInt8(ascii: ":")) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

extension Base64.Leniency {
    /// As secrets stand in texts and in JSON.
    fileprivate static let quoted: Base64.Leniency = [.urlSafe, .endsAtPadding, .escapedSlashes]
}
