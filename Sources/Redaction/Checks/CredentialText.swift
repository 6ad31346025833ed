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
        guard !Self.isTemplate(text), !isPath, !isCode, !isOfPage, !isName else { return false }
        if digits == 0 { return range.count >= 24 && lower > 0 && upper > 0 && Randomness.bitsPerByte(text) >= 4 }
        return letters > 0 && Randomness.bitsPerByte(text) >= (range.count < 16 ? 2.5 : 3)
    }

    /// True for what may be the value of `password`, also a weak one.
    var isPassword: Bool {
        guard !Self.isTemplate(text), !isPath, !isCode, !Self.words.contains(lowercased) else { return false }
        if isQuoted { return letters + digits > 0 }
        if isVariable { return false }
        // A colon is as common in prose and schemas as in configuration.
        if follows(":") || follows(">") {
            return range.count >= 6 && letters + digits >= 4 && (digits > 0 || others > 0 && upper > 0)
        }
        return letters + digits > 0
    }

    /// True for what may be a password between a user and a host, also a weak one.
    var isURLPassword: Bool {
        !Self.isTemplate(text) && !Self.words.contains(lowercased)
    }

    // MARK: - What it is made of

    /// True for `${VAR}`, `{{var}}`, `<token>`, `***`, `YOUR_API_KEY` and the like.
    static func isTemplate(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        if Set(text).count <= 2 && text.count >= 3 && !text.allSatisfy({ ByteSet.digits.contains($0) }) { return true }
        if first == UInt8(ascii: "$") && text.count > 1 && !ByteSet.digits.contains(text[text.startIndex + 1]) {
            return text.dropFirst().allSatisfy { ByteSet.word.contains($0) || "{}:-.()".utf8.contains($0) }
        }
        if first == UInt8(ascii: "%") && (last == first || text.count == 2) { return true }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "<") || first == UInt8(ascii: "[") { return true }
        let lowercased = String(decoding: text, as: UTF8.self).lowercased()
        return placeholders.contains { lowercased.contains($0) }
    }

    private static let placeholders = [
        "${", "{{", "}}", "***", "xxxx", "...", "your", "example", "placeholder", "changeme", "change-me", "change_me",
        "redacted", "dummy", "insert", "replace", "_here", "-here", "sample", "\u{2026}", "\u{2022}", "\u{25CF}",
    ]

    /// Words in the place of a password: types, prompts, names of fields and messages.
    private static let words: Set<String> = [
        "password", "passwd", "pass", "pwd", "passphrase", "secret", "token", "value", "string", "str", "text", "none",
        "null", "nil", "undefined", "true", "false", "bool", "int", "required", "optional", "missing", "invalid",
        "incorrect", "wrong", "hidden", "masked", "empty", "unknown", "encrypted", "plaintext", "field", "input",
        "user",
        "username", "data", "config", "credentials", "args", "self", "this", "request", "getpass", "bearer", "basic",
        "object", "char", "varchar", "byte", "bytes", "hash", "hashed", "filtered", "not_set", "notset", "expired",
        "failed", "denied", "test_password", "authentication", "error", "success", "ok", "yes", "no",
    ]

    private var lowercased: String { String(decoding: text, as: UTF8.self).lowercased() }

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

    /// True where the value is called or indexed.
    private var isCode: Bool {
        guard range.upperBound < bytes.count else { return false }
        let next = bytes[range.upperBound]
        return next == UInt8(ascii: "(") || next == UInt8(ascii: "[")
    }

    /// True for `settings.db_password`, `DB_PASSWORD`, `db_password` and `userPassword`.
    private var isVariable: Bool {
        guard digits * 3 < range.count, let first = text.first, !ByteSet.digits.contains(first) else { return false }
        guard text.allSatisfy({ ByteSet.word.contains($0) || $0 == UInt8(ascii: ".") }) else { return false }
        let hasSeparator = text.contains(UInt8(ascii: "_")) || text.contains(UInt8(ascii: "."))
        if hasSeparator { return digits <= 2 }
        let name = lowercased
        return digits == 0 && Self.nameEndings.contains { name.hasSuffix($0) }
    }

    private static let nameEndings = ["password", "passwd", "pwd", "secret", "token", "key", "input", "value", "field"]

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
        let before = bytes[max(0, range.lowerBound - 40)..<range.lowerBound]
        let name = String(decoding: before, as: UTF8.self).lowercased()
        return Self.pageNames.contains { name.contains($0) }
    }

    private static let pageNames = [
        "page_token", "page-token", "pagetoken", "next_token", "nexttoken", "sync_token", "synctoken",
        "continuation_token", "continuationtoken", "cursor_token", "idempotency",
    ]
}
