/// Reads the value beside a name that stands in a text: in JSON, YAML, TOML, ini, code, URLs, headers, XML, tables,
/// commands or prose.
///
/// It looks a bounded way around the name, so that all names of a text together take linear time.
struct NamedValueReader {
    typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    /// How a value is joined to its name.
    enum Joint {
        case equals
        case colon
        /// A word such as `is`.
        case copula
        /// `<name>value<`
        case element
        /// A cell of a table beside that of the name.
        case cell
        /// A flag of a command, or a directive of a file.
        case flag
        /// Two texts of a list or a call, or the members `name` and `value` of an object.
        case pair
    }

    struct Value {
        var range: Range<Int>
        var joint: Joint
        var isQuoted: Bool
    }

    /// The longest value that is looked at.
    static let longest = 4_096
    private static let longestBlank = 24

    let bytes: UnsafeBufferPointer<UInt8>
    let room: Range<Int>
    /// The name with up to two words before it.
    private(set) var name: Range<Int>
    /// Where the one word begins that holds the literal.
    private(set) var wordStart: Int

    /// Nil where no word holds the literal.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, literal: Int, in room: Range<Int>) {
        self.bytes = bytes
        self.room = room
        var start = literal
        while start > room.lowerBound, literal - start < SecretName.longest, Self.isName(bytes[start - 1]) {
            start -= 1
        }
        if start > room.lowerBound, EscapedText.isEscape(in: bytes, at: start) { start += 1 }
        var end = literal
        while end < room.upperBound, end - literal < SecretName.longest, Self.isName(bytes[end]) { end += 1 }
        // Chinese, Japanese and Korean have no blank between a name and what follows.
        if bytes[literal] >= 0x80, let count = SecretNameWords.foreign(bytes[literal..<end]) { end = literal + count }
        // The full stop of a sentence is no part of a name.
        while end > literal, ".-".utf8.contains(bytes[end - 1]) { end -= 1 }
        guard start < end else { return nil }
        wordStart = start
        name = start..<end
        for _ in 0..<2 {
            let blank = name.lowerBound - 1
            guard blank > room.lowerBound, bytes[blank] == 0x20, Self.isName(bytes[blank - 1]) else { break }
            var first = blank
            while first > room.lowerBound, blank - first < 24, Self.isName(bytes[first - 1]) { first -= 1 }
            guard name.upperBound - first <= SecretName.longest else { break }
            name = first..<name.upperBound
        }
    }

    private static let names = ByteSet.word.union(ByteSet("-.$".utf8)).union(ByteSet(0x80...0xFF))

    static func isName(_ byte: UInt8) -> Bool { names.contains(byte) }

    // MARK: What stands around the name

    /// True after `?` or `&`, and after `;` in the query of a URL.
    var isParameter: Bool {
        guard wordStart > room.lowerBound else { return false }
        let before = bytes[wordStart - 1]
        if before == UInt8(ascii: ";") { return wordStart - 5 >= room.lowerBound && ends("&amp;", at: wordStart) }
        return before == UInt8(ascii: "?") || before == UInt8(ascii: "&")
    }

    /// True for a variable that is set at the start of a line, as in the files of environments.
    private var isSetting: Bool {
        var position = wordStart
        while position > room.lowerBound, bytes[position - 1] == 0x20 || bytes[position - 1] == 0x09 { position -= 1 }
        if position == 0 || position > room.lowerBound && Self.lineEnds.contains(bytes[position - 1]) { return true }
        return ["export", "ENV", "set", "ARG", "env", "setx", "-e", "--env"].contains { ends($0, at: position) }
    }

    private static let lineEnds = ByteSet("\r\n".utf8)

    /// Whether the bytes before a position are these.
    private func ends(_ word: String, at position: Int) -> Bool {
        let word = word.utf8
        return position - word.count >= room.lowerBound
            && bytes[(position - word.count)..<position].elementsEqual(word)
    }

    func byte(_ position: Int) -> UInt8? { position < room.upperBound ? bytes[position] : nil }

    func isAt(_ position: Int, _ word: StaticString) -> Bool {
        position + word.utf8CodeUnitCount <= room.upperBound
            && UnsafeRawBufferPointer(
                rebasing: UnsafeRawBufferPointer(bytes)[position..<position + word.utf8CodeUnitCount]
            )
            .elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// The position behind blanks.
    func skip(from start: Int, lines: Bool = false) -> Int {
        var position = start
        while let next = byte(position), position - start < Self.longestBlank,
            next == 0x20 || next == 0x09 || (lines && Self.lineEnds.contains(next))
        {
            position += 1
        }
        return position
    }

    /// A quote that may be escaped, and where it ends.
    func quote(at position: Int) -> (mark: UInt8, slashes: Int, end: Int)? {
        var end = position
        while end - position < 8, byte(end) == UInt8(ascii: "\\") { end += 1 }
        guard let mark = byte(end), Self.quotes.contains(mark) else { return nil }
        return (mark, end - position, end + 1)
    }

    private static let quotes = ByteSet("\"'`".utf8)

    // MARK: The value

    /// The value of the name; nil where none stands beside it.
    func value(of kind: SecretName) -> Value? {
        var position = name.upperBound
        let nameQuote = quote(at: position)
        if let nameQuote {
            position = nameQuote.end
            // Quotes are doubled in CSV and SQL.
            if byte(position) == nameQuote.mark, nameQuote.slashes == 0 { position += 1 }
        }
        if byte(position) == UInt8(ascii: "]") { position += 1 }
        for word in Self.wideJoints where isAt(position, word) {
            return start(at: position + word.utf8CodeUnitCount, .colon, kind, isTight: false)
        }
        let isTight = byte(position) != 0x20
        let afterName = position
        position = skip(from: position)
        guard let mark = byte(position) else { return nil }
        switch mark {
        case UInt8(ascii: "="):
            position += 1
            if let next = byte(position), next == mark || next == UInt8(ascii: ">") { position += 1 }
            return start(at: position, .equals, kind, isTight: isTight)
        case UInt8(ascii: "?"), UInt8(ascii: "+"):
            guard byte(position + 1) == UInt8(ascii: "=") else { return nil }
            return start(at: position + 2, .equals, kind, isTight: false)
        case UInt8(ascii: ":"):
            if byte(position + 1) == mark { return nil }
            if byte(position + 1) == UInt8(ascii: "=") { return start(at: position + 2, .equals, kind, isTight: false) }
            if !kind.isHeader, let equals = afterType(position + 1) {
                return start(at: equals, .equals, kind, isTight: false)
            }
            return start(at: position + 1, .colon, kind, isTight: isTight)
        case UInt8(ascii: ">"):
            return element(from: position + 1, nameQuote != nil)
        case UInt8(ascii: "<"):
            // <key>name</key><string>value</string>
            guard isAt(position, "</"), let close = index(of: ">", from: position, within: 40) else { return nil }
            let next = skip(from: close + 1, lines: true)
            guard byte(next) == mark, let open = index(of: ">", from: next, within: 40) else { return nil }
            return element(from: open + 1, true)
        case UInt8(ascii: "|"):
            if isAt(position, "||=") { return start(at: position + 3, .equals, kind, isTight: false) }
            return start(at: position + 1, .cell, kind, isTight: false)
        case UInt8(ascii: ","):
            return nameQuote == nil ? nil : pair(from: position + 1, kind)
        case UInt8(ascii: "("), UInt8(ascii: "/"):
            return isAt(position, "(\"") ? start(at: position + 1, .equals, kind, isTight: false) : nil
        case UInt8(ascii: ")"):
            // getenv("NAME") or "value"
            guard nameQuote != nil else { return nil }
            let next = skip(from: position + 1)
            for word: StaticString in ["or ", "|| ", "?? "] where isAt(next, word) {
                let value = skip(from: next + word.utf8CodeUnitCount)
                return quote(at: value) == nil ? nil : start(at: value, .equals, kind, isTight: false)
            }
            return nil
        default:
            guard position > afterName else { return nil }
            if nameQuote != nil { return attribute(at: position) }
            return spaced(from: position, kind, isTab: bytes[afterName] == 0x09)
        }
    }

    /// Behind the type of a declaration, such as that of `token: str = "…"`.
    private func afterType(_ start: Int) -> Int? {
        var position = skip(from: start)
        let first = position
        while let next = byte(position), position - first < 24,
            ByteSet.word.contains(next) || "?[].|<>".utf8.contains(next)
        {
            position += 1
        }
        guard position - first >= 2 else { return nil }
        position = skip(from: position)
        guard byte(position) == UInt8(ascii: "="), byte(position + 1) != UInt8(ascii: "=") else { return nil }
        return position + 1
    }

    /// A value that only blanks part from its name.
    private func spaced(from position: Int, _ kind: SecretName, isTab: Bool) -> Value? {
        for word in Self.copulas where isAt(position, word) {
            var next = position + word.utf8CodeUnitCount
            if byte(next) == UInt8(ascii: ":") { next += 1 }
            guard byte(next) == 0x20 else { continue }
            return start(at: next, .copula, kind, isTight: false)
        }
        if isFlag || isTab { return start(at: position, isTab ? .cell : .flag, kind, isTight: false) }
        // PASSWORD 'x', as in SQL.
        return quote(at: position) == nil ? nil : start(at: position, .flag, kind, isTight: false)
    }

    /// What joins a name and its value where no blanks do.
    private static let wideJoints: [StaticString] = ["：", "＝", "是", "为", "為", "は", "는", "은"]
    private static let copulas: [StaticString] = [
        "is", "was", "are", "ist", "lautet", "war", "est", "es", "é", "è", "are", "equals", "to", "will be",
        "should be",
        "är", "er", "jest", "это",
    ]

    /// True for `--token`, for `password` in a .netrc, and for directives such as `requirepass`.
    private var isFlag: Bool {
        if ends("--", at: min(wordStart + 2, name.upperBound)) && wordStart + 2 < name.upperBound { return true }
        if isSetting, ends("ENV ", at: wordStart) || ends("setx ", at: wordStart) { return true }
        let word = bytes[wordStart..<name.upperBound]
        if Self.directives.isWhole(word) { return true }
        guard word.elementsEqual("password".utf8) else { return false }
        // login NAME password VALUE, user NAME password VALUE
        var position = wordStart
        guard position > room.lowerBound, ByteSet.blanks.contains(bytes[position - 1]) else { return false }
        while position > room.lowerBound, ByteSet.blanks.contains(bytes[position - 1]) { position -= 1 }
        let last = position
        while position > room.lowerBound, last - position < 64, !ByteSet.blanks.contains(bytes[position - 1]) {
            position -= 1
        }
        while position > room.lowerBound, ByteSet.blanks.contains(bytes[position - 1]) { position -= 1 }
        return ends("login", at: position)
    }

    private static let directives = WordList([
        "requirepass", "masterauth", "aws_secret_access_key", "aws_session_token", "_authtoken", "identitytoken",
    ])

    /// The content of an element: `<password>value</password>`, `<string name="password">value</string>`.
    private func element(from start: Int, _ isNamed: Bool) -> Value? {
        var first = start
        if isAt(first, "<![CDATA[") { first += 9 }
        guard isNamed || wordStart > room.lowerBound, let end = index(of: "<", from: first, within: 512) else {
            return nil
        }
        let stop = isAt(end - 3, "]]>") ? end - 3 : end
        let range = trimmed(first..<max(first, stop))
        return range.isEmpty ? nil : Value(range: range, joint: .element, isQuoted: false)
    }

    /// The value in another attribute of the same element: `name="password" value="…"`.
    private func attribute(at start: Int) -> Value? {
        var position = start
        for _ in 0..<3 {
            let first = position
            while let next = byte(position), position - first < 32, ByteSet.word.contains(next) || next == 0x2D {
                position += 1
            }
            guard position > first, byte(position) == UInt8(ascii: "="), let open = quote(at: position + 1),
                let end = self.end(ofQuoted: open, from: open.end)
            else { break }
            if Self.valueKeys.isWhole(bytes[first..<position]) {
                return end > open.end ? Value(range: open.end..<end, joint: .equals, isQuoted: true) : nil
            }
            position = skip(from: end + open.slashes + 1)
        }
        if byte(position) == UInt8(ascii: ">") { return element(from: position + 1, true) }
        return nil
    }

    private static let valueKeys = WordList(["value", "val", "stringvalue", "string_value", "content", "v", "data"])

    /// The second of two texts, or the member `value` of an object whose name is in quotes.
    private func pair(from start: Int, _ kind: SecretName) -> Value? {
        var position = skip(from: start, lines: true)
        guard let second = quote(at: position), let end = end(ofQuoted: second, from: second.end) else { return nil }
        let behind = skip(from: end + second.slashes + 1)
        guard byte(behind) == UInt8(ascii: ":") else {
            return end > second.end ? Value(range: second.end..<end, joint: .pair, isQuoted: true) : nil
        }
        for _ in 0..<4 {
            guard let key = quote(at: position), let keyEnd = self.end(ofQuoted: key, from: key.end, limit: 40) else {
                return nil
            }
            let colon = skip(from: keyEnd + key.slashes + 1)
            guard byte(colon) == UInt8(ascii: ":") else { return nil }
            let value = skip(from: colon + 1, lines: true)
            if Self.valueKeys.isWhole(bytes[key.end..<keyEnd]) {
                return self.start(at: value, .colon, kind, isTight: false)
            }
            var next = value
            if let open = quote(at: value) {
                guard let end = self.end(ofQuoted: open, from: open.end, limit: 256) else { return nil }
                next = end + open.slashes + 1
            } else {
                while let byte = byte(next), next - value < 24, ByteSet.word.contains(byte) { next += 1 }
            }
            next = skip(from: next, lines: true)
            guard byte(next) == UInt8(ascii: ",") else { return nil }
            position = skip(from: next + 1, lines: true)
        }
        return nil
    }

    /// The value before a name: `{"value": "…", "name": "password"}`.
    func valueBefore() -> Value? {
        func back(_ from: Int, over set: ByteSet, atMost most: Int = 24) -> Int {
            var position = from
            while position > room.lowerBound, from - position < most, set.contains(bytes[position - 1]) {
                position -= 1
            }
            return position
        }
        func takes(_ position: inout Int, _ mark: Character) -> Bool {
            position = back(position, over: .blanks)
            guard position > room.lowerBound, bytes[position - 1] == mark.asciiValue else { return false }
            position -= 1
            return true
        }
        var position = wordStart
        guard takes(&position, "\""), takes(&position, ":"), takes(&position, "\"") else { return nil }
        let keyEnd = position
        position = back(position, over: .word)
        guard Self.nameKeys.isWhole(bytes[position..<keyEnd]), takes(&position, "\""), takes(&position, ","),
            takes(&position, "\"")
        else { return nil }
        let end = position
        let start = back(position, over: ByteSet("\"\r\n".utf8).inverted, atMost: Self.longest)
        position = start
        guard start < end, takes(&position, "\""), takes(&position, ":"), takes(&position, "\"") else { return nil }
        let valueKeyEnd = position
        position = back(position, over: .word)
        guard Self.valueKeys.isWhole(bytes[position..<valueKeyEnd]) else { return nil }
        return Value(range: start..<end, joint: .pair, isQuoted: true)
    }

    private static let nameKeys = WordList(["name", "key", "header", "field", "id", "k", "label", "variable"])

    /// The value that begins at a position, behind what stands before values in data and code.
    private func start(at start: Int, _ joint: Joint, _ kind: SecretName, isTight: Bool) -> Value? {
        var position = skip(from: start, lines: joint == .colon || joint == .equals)
        let isTight = isTight && position == start
        for _ in 0..<3 {
            if byte(position) == UInt8(ascii: "["), quote(at: position + 1) != nil { position += 1 }
            guard byte(position) == UInt8(ascii: "{") else { break }
            let first = skip(from: position + 1, lines: true)
            guard let key = quote(at: first), let end = end(ofQuoted: key, from: key.end, limit: 24),
                Self.valueKeys.isWhole(bytes[key.end..<end])
            else { return nil }
            let colon = skip(from: end + key.slashes + 1)
            guard byte(colon) == UInt8(ascii: ":") else { return nil }
            position = skip(from: colon + 1)
        }
        if isAt(position, "!!str ") { position += 6 }
        if joint == .colon, byte(position) == UInt8(ascii: "|") || byte(position) == UInt8(ascii: ">") {
            // A block of YAML.
            var next = position + 1
            if byte(next) == UInt8(ascii: "-") || byte(next) == UInt8(ascii: "+") { next += 1 }
            guard let line = byte(next), Self.lineEnds.contains(line) else { return nil }
            position = skip(from: next, lines: true)
        }
        // Letters before a quote, as in b"…", or a function around the text.
        var letters = position
        while let next = byte(letters), letters - position < 24,
            ByteSet.word.contains(next) || next == 0x2E || next == 0x40
        {
            letters += 1
        }
        if letters > position, byte(letters) == UInt8(ascii: "("), quote(at: letters + 1) != nil,
            !Self.readers.isPart(of: bytes[position..<letters])
        {
            position = letters + 1
        } else if letters > position, letters - position <= 2, quote(at: letters) != nil {
            position = letters
        }
        if let open = quote(at: position) {
            var first = open.end
            if byte(first) == open.mark, byte(first + 1).map({ ByteSet.word.contains($0) }) ?? false { first += 1 }
            guard let end = end(ofQuoted: open, from: first), end > first else { return nil }
            return Value(range: first..<end, joint: joint, isQuoted: true)
        }
        let range = bare(from: position, joint, kind, isTight: isTight)
        return range.isEmpty ? nil : Value(range: range, joint: joint, isQuoted: false)
    }

    /// Functions whose argument is the name of a secret and not a secret.
    private static let readers = WordList([
        "env", "get", "read", "load", "fetch", "var", "param", "input", "find", "open",
    ])

    /// Where a text in quotes ends; the end of all text where it is cut.
    func end(ofQuoted open: (mark: UInt8, slashes: Int, end: Int), from start: Int, limit: Int = longest) -> Int? {
        var position = start
        let stop = min(room.upperBound, start + limit)
        while position < stop {
            let next = bytes[position]
            if next == open.mark {
                if open.slashes > 0 {
                    var slashes = 0
                    while position - slashes > start, bytes[position - slashes - 1] == 0x5C { slashes += 1 }
                    if slashes <= open.slashes { return position - slashes }
                } else {
                    return position
                }
            }
            if next == 0x5C, open.slashes == 0 { position += 1 }
            position += 1
        }
        return stop == bytes.count && start < stop && limit == Self.longest ? stop : nil
    }

    private func index(of mark: Character, from start: Int, within count: Int) -> Int? {
        var position = start
        while position < room.upperBound, position - start < count {
            if bytes[position] == mark.asciiValue { return position }
            position += 1
        }
        return nil
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, ByteSet.blanks.contains(bytes[lower]) { lower += 1 }
        while upper > lower, ByteSet.blanks.contains(bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    // MARK: Values without quotes

    private func bare(from start: Int, _ joint: Joint, _ kind: SecretName, isTight: Bool) -> Range<Int> {
        var stops = Self.stops
        let isLine = joint == .equals && isTight && !isParameter && isSetting
        switch kind {
        case .authorization, .cookie: stops = isSetting ? Self.lineEnds : Self.lineStops
        default:
            if isParameter {
                stops = Self.parameterStops
            } else if isLine || joint == .flag || joint == .colon && isSetting {
                stops = Self.blankStops
            }
        }
        var end = start
        while let next = byte(end), end - start < Self.longest, !stops.contains(next) { end += 1 }
        if kind.isHeader, end > start, bytes[end - 1] == UInt8(ascii: "=") {
            // The quotes of a parameter: Digest username="…".
            while let next = byte(end), end - start < Self.longest, !Self.lineEnds.contains(next) { end += 1 }
        }
        if !kind.isHeader, isLine || joint == .flag || joint == .colon { end = cut(start..<end) }
        guard joint != .flag, !isLine || ends(",", at: end) else { return start..<end }
        while end > start, ".,:;)]}".utf8.contains(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Where the next member of a query, a list or a command begins: `a&name=`, `a;Name=`, `a&&`.
    private func cut(_ range: Range<Int>) -> Int {
        var position = range.lowerBound
        while position < range.upperBound {
            let mark = bytes[position]
            if mark == UInt8(ascii: "&") || mark == UInt8(ascii: ";") || mark == UInt8(ascii: ",") {
                var next = position + 1
                if next == range.upperBound || bytes[next] == mark { return position }
                while next < range.upperBound, next - position < 32,
                    ByteSet.word.contains(bytes[next]) || bytes[next] == 0x20
                {
                    next += 1
                }
                if next > position + 1, next < range.upperBound, bytes[next] == UInt8(ascii: "=") { return position }
                if next > position + 1, mark == UInt8(ascii: ","), next < range.upperBound,
                    bytes[next] == UInt8(ascii: ":")
                {
                    return position
                }
            }
            position += 1
        }
        return range.upperBound
    }

    private static let blankStops = ByteSet.blanks.union(quotes).union(ByteSet("\\".utf8))
    private static let stops = blankStops.union(ByteSet("<>,;&|(){}[]".utf8))
    private static let parameterStops = blankStops.union(ByteSet("<>&#,(){}[]".utf8))
    private static let lineStops = quotes.union(lineEnds).union(ByteSet("\\<>".utf8))
}

extension NamedValueReader {
    /// What the name says; nil where it names no secret.
    var kind: SecretName? {
        let word = bytes[wordStart..<name.upperBound]
        if isParameter, Self.parameters.isWhole(word) { return .key }
        if Self.sessions.isWhole(word), byte(name.upperBound) == UInt8(ascii: "=") { return .key }
        return SecretName(bytes[name])
    }

    /// Parameters of URLs that hold a key; elsewhere these words say nothing.
    private static let parameters = WordList([
        "key", "auth", "code", "signature", "sig", "sign", "sessionid", "session", "sid", "jwt", "appid", "app_id",
        "token", "hmac", "x-amz-signature", "x-goog-signature", "x-amz-credential", "oauth_signature",
        "apikey", "auth_token", "ticket", "code_verifier", "sas", "pat", "otp", "x-oss-signature", "q-signature",
    ])

    /// Cookies and parameters that hold a session.
    private static let sessions = WordList([
        "sessionid", "phpsessid", "jsessionid", "asp.net_sessionid", "connect.sid", "laravel_session",
        "_gitlab_session",
        "xsrf-token", "x-amz-signature", "x-goog-signature",
    ])
}
