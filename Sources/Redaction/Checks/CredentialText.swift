/// A value beside a name such as `password`, judged by what it is made of.
///
/// Code, documentation and configuration name secrets far more often than they hold them: variables, templates, types,
/// prompts and placeholders are none.
struct CredentialText {
    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private let bytes: UnsafeBufferPointer<UInt8>
    private let range: Range<Int>
    private let digits: Int
    private let lower: Int
    private let upper: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
        var digits = 0
        var lower = 0
        var upper = 0
        for byte in bytes[range] {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x61...0x7A: lower += 1
            case 0x41...0x5A: upper += 1
            default: break
            }
        }
        self.digits = digits
        self.lower = lower
        self.upper = upper
    }

    private var text: Text { bytes[range] }
    private var letters: Int { lower + upper }
    private var others: Int { range.count - letters - digits }

    // MARK: - Verdicts

    /// True for what may be the value of `api_key`, `token` or `client_secret`.
    var isKey: Bool {
        guard !Self.isTemplate(text), !isPath, !isCode, !isMember, !isOfPage, !isName, !endsAsName, !isLocation else {
            return false
        }
        if digits == 0 { return range.count >= 24 && lower > 0 && upper > 0 && Randomness.bitsPerByte(text) >= 4 }
        return letters > 0 && Randomness.bitsPerByte(text) >= (range.count < 16 ? 2.5 : 3)
    }

    /// True for what may be the value of `password`, also a weak one.
    var isPassword: Bool {
        guard !Self.isTemplate(text), !isPath, !isCode, !isMember, !Self.words.isWhole(text) else {
            return false
        }
        if isConstant { return false }
        if isQuoted { return isOfList ? digits > 0 && !isName && !isVariable : letters + digits > 0 }
        if isVariable { return false }
        if follows(">") && !precedes("<") { return false }
        // A colon is as common in prose and schemas as in configuration, and what else may stand there even more so.
        if !follows("=") {
            return range.count >= 6 && letters + digits >= 4 && (digits > 0 || others > 0 && upper > 0)
        }
        return letters + digits > 0
    }

    /// True for what is a key whatever stands beside it: long, of letters in both cases and digits, and random.
    var isPlainlyKey: Bool {
        range.count >= 20 && digits > 1 && lower > 1 && upper > 1 && others * 8 <= range.count
            && Randomness.bitsPerByte(text) >= 3.8 && isKey
    }

    /// True for what no words make up: a key behind a mark.
    var isRandom: Bool {
        guard !Self.isTemplate(text), letters > 0, !isName else { return false }
        if digits == 0 { return lower > 2 && upper > 2 && Randomness.bitsPerByte(text) >= 3.8 }
        return Randomness.bitsPerByte(text) >= 3
    }

    /// True where letters stand beside digits or marks, or in both cases within the text.
    var isMixed: Bool {
        letters > 0 && (digits > 0 || upper > 1 && lower > 1) && !isName
    }

    /// True where some letter or digit is in it.
    var hasContent: Bool { letters + digits > 0 || range.count >= 4 && bytes[range].contains { $0 >= 0x80 } }

    /// True for words with marks between them.
    var isWords: Bool { isName }

    /// True for a description rather than a value: many words.
    var isSentence: Bool { text.filter { $0 == 0x20 }.count > 5 }

    var isNameOrPlace: Bool { isPath || isLocation || isName || endsAsName || isCode }

    /// True for what may be a password behind the flag of a command.
    var isCommandPassword: Bool {
        !Self.isTemplate(text) && !isPath && !Self.words.isWhole(text) && !isLocation
            && (letters > 0 || range.count >= 6) && !text.contains(UInt8(ascii: "/"))
            && (digits > 0 || others > 0 || range.count >= 6)
    }

    /// True for what may be a password between a user and a host, also a weak one.
    var isURLPassword: Bool {
        !Self.isTemplate(text) && !Self.words.isWhole(text)
    }

    // MARK: - What it is made of

    /// True for `${VAR}`, `{{var}}`, `<token>`, `***`, `YOUR_API_KEY` and the like.
    static func isTemplate(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        // Templates are short, and the text may be megabytes.
        let text = text.prefix(longestTemplate)
        if Set(text).count <= 2 && text.count >= 3 && !text.allSatisfy({ ByteSet.digits.contains($0) }) { return true }
        if first == UInt8(ascii: "$") && text.count > 1 && !ByteSet.digits.contains(text[text.startIndex + 1]) {
            return text.dropFirst().allSatisfy { ByteSet.word.contains($0) || "{}:-.()".utf8.contains($0) }
        }
        if first == UInt8(ascii: "%") && (last == first || text.count == 2) { return true }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "<") || first == UInt8(ascii: "[") { return true }
        return placeholders.isPart(of: text)
    }

    /// True for `/etc/key`, `./key`, `~/key` and `C:\key`.
    private var isPath: Bool {
        let start = text.prefix(2)
        guard let first = start.first else { return false }
        if first == UInt8(ascii: "/") || start.elementsEqual("./".utf8) || start.elementsEqual("~/".utf8) {
            return true
        }
        return start.last == UInt8(ascii: ":") && start.count == 2 && range.count > 2
            && (bytes[range.lowerBound + 2] == UInt8(ascii: "\\") || bytes[range.lowerBound + 2] == UInt8(ascii: "/"))
    }

    /// True for an address, a digest, a time, or a path within code: `https://…`, `sha256:…`, `a::b`, `2026-01-01T…`.
    var isLocation: Bool {
        let start = text.prefix(Self.longestTemplate)
        var previous: UInt8 = 0
        var isOfHost = false
        for byte in start {
            if previous == UInt8(ascii: ":"), byte == UInt8(ascii: "/") || byte == previous { return true }
            if previous == UInt8(ascii: "-") || previous == UInt8(ascii: "="), byte == UInt8(ascii: ">") { return true }
            if isOfHost, byte == UInt8(ascii: ".") { return true }
            if byte == UInt8(ascii: "@") { isOfHost = true }
            previous = byte
        }
        if Self.locations.contains(where: { start.starts(with: $0.utf8) }) { return true }
        let digits = start.prefix(4)
        return start.count >= 10 && digits.allSatisfy { ByteSet.digits.contains($0) }
            && start[start.startIndex + 4] == UInt8(ascii: "-") && start[start.startIndex + 7] == UInt8(ascii: "-")
    }

    private static let locations = [
        "sha1:", "sha1-", "sha256:", "sha256-", "sha384-", "sha512:", "sha512-", "md5:", "arn:", "urn:", "data:",
    ]

    /// True where the value is called or indexed.
    private var isCode: Bool {
        let name = text.prefix { ByteSet.word.contains($0) || $0 == UInt8(ascii: ".") }
        if !name.isEmpty, name.count < text.count, "([".utf8.contains(text[name.endIndex]) { return true }
        guard range.upperBound < bytes.count else { return false }
        let next = bytes[range.upperBound]
        return next == UInt8(ascii: "(") || next == UInt8(ascii: "[")
    }

    /// True where the value is the name of the next member of a JSON object.
    private var isMember: Bool {
        var position = range.upperBound
        while position < bytes.count, bytes[position] == UInt8(ascii: "\\") { position += 1 }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return false }
        return bytes[position + 1] == UInt8(ascii: ":")
    }

    /// True for `settings.db_password`, `DB_PASSWORD`, `db_password` and `userPassword`.
    private var isVariable: Bool {
        guard digits * 3 < range.count, let first = text.first, !ByteSet.digits.contains(first) else { return false }
        guard text.allSatisfy({ ByteSet.word.contains($0) || $0 == UInt8(ascii: ".") }) else { return false }
        let hasSeparator = text.contains(UInt8(ascii: "_")) || text.contains(UInt8(ascii: "."))
        if hasSeparator { return digits <= 2 && isName }
        return digits == 0 && endsAsName
    }

    /// True for `sec1PrivateKey`.
    private var endsAsName: Bool {
        digits <= 2 && range.count <= Self.longestName && Self.nameEndings.isEnd(of: text)
            && text.allSatisfy { ByteSet.word.contains($0) }
    }

    /// True for the name of an environment variable, such as `DB_PASSWORD`.
    private var isConstant: Bool {
        lower == 0 && digits <= 2 && text.contains(UInt8(ascii: "_")) && text.allSatisfy { ByteSet.word.contains($0) }
    }

    /// True where each part between marks is a word or a short number, as in `prod-key-2024`.
    private var isName: Bool {
        guard upper == 0 || lower == 0 || others > 0 || digits == 0 else { return false }
        let marks = ByteSet("._-/+~=".utf8)
        let parts = text.split { marks.contains($0) }
        return parts.allSatisfy { part in
            let letters = part.prefix { !ByteSet.digits.contains($0) }
            let rest = part.dropFirst(letters.count)
            guard rest.allSatisfy({ ByteSet.digits.contains($0) }) else { return false }
            if letters.isEmpty { return rest.count <= 8 }
            return rest.count <= 2 && letters.count <= 16 && Self.isWord(letters)
        }
    }

    /// True for letters with capitals at the start, throughout, or at the starts of words within.
    private static func isWord(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let capitals = letters.filter { (0x41...0x5A).contains($0) }.count
        return capitals <= 1 + letters.count / 5 || capitals == letters.count
    }

    // MARK: - What stands around it

    private var isQuoted: Bool {
        guard range.lowerBound > 0 else { return false }
        return "\"'`".utf8.contains(bytes[range.lowerBound - 1])
    }

    /// True after a comma, where the name may be one of many, as in `["password", "email"]`.
    private var isOfList: Bool {
        var position = range.lowerBound - 1
        while position >= 0, "\\\"'` ".utf8.contains(bytes[position]) { position -= 1 }
        return position >= 0 && bytes[position] == UInt8(ascii: ",")
    }

    private func precedes(_ mark: Character) -> Bool {
        range.upperBound < bytes.count && mark.asciiValue == bytes[range.upperBound]
    }

    /// True where the mark stands before the value, blanks left out.
    private func follows(_ mark: Character) -> Bool {
        var position = range.lowerBound - 1
        while position >= 0, range.lowerBound - position <= 8, ByteSet.blanks.contains(bytes[position]) {
            position -= 1
        }
        return position >= 0 && mark.asciiValue == bytes[position]
    }

    /// True for `next_page_token`, `nextPageToken`, `sync_token` and their like, which open nothing.
    private var isOfPage: Bool {
        Self.pageNames.isPart(of: bytes[max(0, range.lowerBound - 40)..<range.lowerBound])
    }
}

extension CredentialText {
    static let longestTemplate = 200
    static let longestName = 40

    /// What stands in texts that are to be replaced by a secret.
    static let placeholders = WordList([
        "${", "{{", "}}", "***", "xxxx", "...", "your", "example", "placeholder", "changeme", "change-me", "change_me",
        "redacted", "dummy", "insert", "replace", "_here", "-here", "sample", "\u{2026}", "\u{2022}", "\u{25CF}",
    ])

    /// Words in the place of a password: types, prompts, names of fields and messages.
    static let words = WordList([
        "password", "passwd", "pass", "pwd", "passphrase", "secret", "token", "value", "string", "str", "text", "none",
        "null", "nil", "undefined", "true", "false", "bool", "boolean", "int", "integer", "number", "array", "object",
        "required", "optional", "missing", "invalid", "incorrect", "wrong", "hidden", "masked", "empty", "unknown",
        "encrypted", "plaintext", "field", "input", "user", "username", "email", "data", "config", "credentials",
        "args",
        "self", "this", "request", "getpass", "bearer", "basic", "char", "varchar", "byte", "bytes", "hash", "hashed",
        "filtered", "not_set", "notset", "expired", "failed", "denied", "test_password", "authentication", "error",
        "success", "okay", "anonymous",
    ])

    /// How names of variables end that hold a secret or ask for one.
    static let nameEndings = WordList([
        "password", "passwd", "pwd", "secret", "token", "key", "input", "value", "field",
    ])

    /// Names of tokens that open nothing.
    static let pageNames = WordList([
        "page_token", "page-token", "pagetoken", "next_token", "nexttoken", "sync_token", "synctoken",
        "continuation_token", "continuationtoken", "cursor_token", "idempotency", "changetoken", "change_token",
        // The name of a secret in the name of a resource.
        ":secret:",
    ])
}
