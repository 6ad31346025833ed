import Basics

/// The secrets within values of HTTP headers: credentials behind their scheme, and cookies.
struct HeaderText {
    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private let bytes: UnsafeBufferPointer<UInt8>
    private let range: Range<Int>

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, ByteSet.blanks.contains(bytes[lower]) { lower += 1 }
        while upper > lower, ByteSet.blanks.contains(bytes[upper - 1]) { upper -= 1 }
        self.range = lower..<upper
    }

    // MARK: Credentials

    /// What of an `Authorization` header is secret; nil where nothing is.
    ///
    /// Source: RFC 9110, section 11.4; schemes beside those of its registry are told from words by what follows.
    var credentials: Range<Int>? {
        let start = end(of: Self.schemeBytes, from: range.lowerBound)
        let isScheme = start > range.lowerBound && start - range.lowerBound <= Self.longestScheme
        guard isScheme, start < range.upperBound, bytes[start] == 0x20 else {
            let rest = range.lowerBound..<end(of: Self.tokenBytes, from: range.lowerBound)
            return isToken(rest, isKnown: false) ? rest : nil
        }
        var first = start
        while first < range.upperBound, bytes[first] == 0x20 { first += 1 }
        let scheme = bytes[range.lowerBound..<start]
        let parameters = first..<range.upperBound
        if Self.schemesWithParameters.isWhole(scheme), bytes[parameters].prefix(64).contains(UInt8(ascii: "=")) {
            return CredentialText.isTemplate(bytes[parameters]) ? nil : parameters
        }
        let rest = first..<end(of: Self.tokenBytes, from: first)
        return isToken(rest, isKnown: Self.schemes.isWhole(scheme)) ? rest : nil
    }

    private static let longestScheme = 24

    /// A word of letters and digits behind a scheme.
    ///
    /// Behind a known one a token may be weak, as long as it is no word of a sentence.
    private func isToken(_ token: Range<Int>, isKnown: Bool) -> Bool {
        guard token.count >= 6, !CredentialText.isTemplate(bytes[token]) else { return false }
        let text = CredentialText(bytes, token)
        if text.isKey || Base64.isNameAndPassword(bytes[token]) { return true }
        return isKnown && token.count >= 8 && text.isMixed
    }

    private func end(of set: ByteSet, from start: Int) -> Int {
        var position = start
        while position < range.upperBound, set.contains(bytes[position]) { position += 1 }
        return position
    }

    private static let schemeBytes = ByteSet.word.union(ByteSet("-".utf8))
    private static let tokenBytes = ByteSet.blanks.union(ByteSet("\"'`<>;{}()\\".utf8)).union(ByteSet(",".utf8))
        .inverted
    private static let schemes = WordList([
        "bearer", "basic", "token", "apikey", "api-key", "bot", "ssws", "geniekey", "negotiate", "ntlm", "key",
        "jwt", "api-token", "apitoken", "private-token", "zoho-oauthtoken", "splunk", "sso-key", "client-id", "oauth2",
        "klaviyo-api-key", "deepl-auth-key", "pvea", "access_token", "x-api-key", "sharedkey", "dpop", "shared",
    ])
    private static let schemesWithParameters = WordList([
        "digest", "aws4-hmac-sha256", "aws4-ecdsa-p256-sha256", "oauth", "hawk", "mac", "signature", "hmac",
        "sharedaccesssignature", "googlelogin", "aws", "goog4-rsa-sha256", "hmac-sha256", "hmacauth",
        "acs3-hmac-sha256",
        "tc3-hmac-sha256", "scram-sha-256", "mutual", "token", "gnap", "vapid",
    ])

    // MARK: Cookies

    /// The values of the cookies of a `Cookie` or `Set-Cookie` header that may open something.
    ///
    /// Source: RFC 6265, section 4.
    var cookies: [Range<Int>] {
        var found: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, !Self.cookieEnds.contains(bytes[end]) { end += 1 }
            if let value = cookie(start..<end) { found.append(value) }
            start = end + 1
        }
        return found
    }

    private static let cookieEnds = ByteSet(";\r\n".utf8)

    private func cookie(_ part: Range<Int>) -> Range<Int>? {
        guard let equals = bytes[part].firstIndex(of: UInt8(ascii: "=")) else { return nil }
        var lower = part.lowerBound
        while lower < equals, ByteSet.blanks.contains(bytes[lower]) { lower += 1 }
        let name = bytes[lower..<equals]
        guard !name.isEmpty, !Self.cookieAttributes.isWhole(name), name.allSatisfy({ $0 > 0x20 }) else { return nil }
        var first = equals + 1
        while first < part.upperBound, bytes[first] == UInt8(ascii: "\"") { first += 1 }
        var last = first
        while last < part.upperBound, bytes[last] > 0x20, bytes[last] != UInt8(ascii: "\"") { last += 1 }
        let value = first..<last
        guard value.count >= Self.shortestCookie, !CredentialText.isTemplate(bytes[value]) else { return nil }
        let text = CredentialText(bytes, value)
        return text.isMixed || text.isKey || value.count >= 16 && !text.isWords ? value : nil
    }

    private static let shortestCookie = 8
    private static let cookieAttributes = WordList([
        "path", "domain", "expires", "max-age", "samesite", "secure", "httponly", "partitioned", "priority",
        "theme", "lang", "locale", "timezone", "tz",
    ])
}

extension Base64 {
    /// True for the base64 of a name, a colon and a password.
    ///
    /// Source: RFC 7617.
    static func isNameAndPassword(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let bytes = Base64.decode(text, [.urlSafe, .endsAtPadding, .escapedSlashes], limit: 512) else {
            return false
        }
        return bytes.contains(UInt8(ascii: ":")) && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
