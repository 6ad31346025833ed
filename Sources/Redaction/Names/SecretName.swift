/// What a name says of the value beside it, whatever structure holds both.
///
/// Attribute keys, members of JSON, environment variables, columns, parameters of URLs and flags of commands are judged
/// alike: by their last words, since `db_password_prod` holds a password, and `password_reset_url` does not.
package enum SecretName: Sendable {
    /// The value is a secret even where it is weak.
    case password
    /// The value must look like a key.
    case key
    /// The name says little, so that the value must look like nothing but a key.
    case weakKey
    /// The value is that of an `Authorization` header: a scheme and a secret, or a secret alone.
    case authorization
    /// The value is that of a `Cookie` or `Set-Cookie` header.
    case cookie

    /// The label of the placeholder.
    var label: String {
        switch self {
        case .password: "PASSWORD"
        case .key, .weakKey: "API_KEY"
        case .authorization: "AUTHORIZATION"
        case .cookie: "COOKIE"
        }
    }

    /// True for the names of headers, whose values have parts.
    var isHeader: Bool { self == .authorization || self == .cookie }

    /// The most bytes that a name has.
    static let longest = 96

    /// What a name says; nil where it names no secret.
    init?(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
        guard name.count <= Self.longest, let found = Self.verdict(name) else { return nil }
        self = found
    }

    init?(_ name: String) {
        var name = name
        guard let found = name.withUTF8({ Self(Slice(base: $0, bounds: 0..<$0.count)) }) else { return nil }
        self = found
    }

    private static func verdict(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> SecretName? {
        var words = NameWords(name)
        guard words.count > 0 else { return foreign(name) }
        while let role = SecretNameWords.role(words[0]), role == .noise, words.count > 1 { words.drop() }
        let last = SecretNameWords.role(words[0]) ?? compound(words.last)
        switch last {
        case .password:
            return words.contains { SecretNameWords.role($0) == .hashed } ? nil : .password
        case .cookie: return .cookie
        case .authorization: return .authorization
        case .secret:
            return words.contains { SecretNameWords.role($0) == .page || SecretNameWords.role($0) == .hashed }
                ? nil : .key
        case .key:
            guard words.count > 1 else { return nil }
            switch SecretNameWords.role(words[1]) {
            case .qualifier, .secret, .password, .authorization, .key: return .key
            case .page, .hashed, .plainQualifier: return nil
            case .noise, .cookie, .none: return .weakKey
            }
        case .qualifier, .plainQualifier, .page, .hashed, .noise: return nil
        case .none: return foreign(name)
        }
    }

    /// What the end of a word says that is several without a mark between them, such as `dbpassword` or `myapikey`.
    private static func compound(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> SecretNameWords.Role? {
        if SecretNameWords.passwordEndings.isEnd(of: word) { return .password }
        if SecretNameWords.secretEndings.isEnd(of: word) { return .secret }
        return nil
    }

    /// Names in other languages, at the end of a text without blanks.
    private static func foreign(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> SecretName? {
        if SecretNameWords.foreignPasswords.isEnd(of: name) { return .password }
        return SecretNameWords.foreignKeys.isEnd(of: name) ? .key : nil
    }
}

/// The last words of a name, the last one first, as hashes of their lower case.
struct NameWords {
    /// As many as count; words before them say nothing.
    static let most = 6

    private var hashes: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    private(set) var count = 0
    /// The last word as it stands.
    private(set) var last: Slice<UnsafeBufferPointer<UInt8>>

    init(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
        last = name[name.startIndex..<name.startIndex]
        var start = name.startIndex
        var previous: UInt8 = 0
        var position = name.startIndex
        while position < name.endIndex {
            let byte = name[position]
            let isLetter = Self.isLetter(byte)
            let next = position + 1 < name.endIndex ? name[position + 1] : 0
            // A capital after a small letter, or before one after a capital, begins a word: apiKey, APIKey.
            let isHump =
                Self.isCapital(byte)
                && (Self.isSmall(previous) || Self.isCapital(previous) && Self.isSmall(next)) && position > start
            if isHump || !isLetter {
                push(name[start..<position])
                start = isLetter ? position : position + 1
            }
            previous = isLetter ? byte : 0
            position += 1
        }
        push(name[min(start, name.endIndex)..<name.endIndex])
    }

    subscript(_ place: Int) -> UInt64 {
        switch place {
        case 0: hashes.0
        case 1: hashes.1
        case 2: hashes.2
        case 3: hashes.3
        case 4: hashes.4
        default: hashes.5
        }
    }

    func contains(_ isIt: (UInt64) -> Bool) -> Bool {
        (0..<count).contains { isIt(self[$0]) }
    }

    /// Leaves the last word out.
    mutating func drop() {
        hashes = (hashes.1, hashes.2, hashes.3, hashes.4, hashes.5, 0)
        count -= 1
        last = last[last.startIndex..<last.startIndex]
    }

    private mutating func push(_ whole: Slice<UnsafeBufferPointer<UInt8>>) {
        guard !whole.isEmpty else { return }
        // password2 is a password.
        var word = whole
        while word.count > 3, let digit = word.last, ByteSet.digits.contains(digit) { word = word.dropLast() }
        let hash = word.reduce(Self.seed) { ($0 ^ UInt64($1 | 0x20)) &* Self.prime }
        hashes = (hash, hashes.0, hashes.1, hashes.2, hashes.3, hashes.4)
        count = min(count + 1, Self.most)
        last = word
    }

    /// The hash of a word in either case.
    static func hash(_ word: String) -> UInt64 {
        word.utf8.reduce(seed) { ($0 ^ UInt64($1 | 0x20)) &* prime }
    }

    // Source: Fowler, Noll and Vo, FNV-1a.
    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func isLetter(_ byte: UInt8) -> Bool {
        isSmall(byte) || isCapital(byte) || ByteSet.digits.contains(byte) || byte >= 0x80
    }

    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
