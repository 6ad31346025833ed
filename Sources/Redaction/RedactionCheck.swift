/// What must hold of a match beside its pattern.
package enum RedactionCheck: Sendable {
    case none
    /// The check digit of cards. Source: ISO/IEC 7812-1, annex B.
    case luhn
    /// The check digits of bank accounts. Source: ISO 13616-1.
    case iban
    /// A header that is base64url of a JSON object with `alg`. Source: RFC 7519.
    case jwt
    /// The text is as random as a key: bits per character at least this.
    case entropy(Double)
    /// A value after a name such as `api_key` that is random enough for a key, and no template.
    case keyValue
    /// A value after a name such as `password`, which may be weak, but no template, name or plain word.
    case passwordValue
    /// A password in a URL or connection string, which may be weak, but no template.
    case urlPassword
    /// Base64 of a name, a colon and a password. Source: RFC 7617.
    case basicCredentials
    /// An address of a person: no `git@`, no file such as `logo@2x.png`, no part of a URL.
    case mailbox
    /// Digits of a telephone number, from 7 to 15. Source: ITU-T E.164.
    case phone
}
