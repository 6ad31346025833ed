import Redaction

/// Texts that were found in rows, to be looked for in the bytes of files.
struct SecretSet {
    /// Memory stays flat, whatever is found.
    private static let limit = 1 << 16
    /// Shorter ones are found by chance too.
    private static let leastBytes = 8
    private static let mostBytes = 256

    struct Secret {
        var bytes: [UInt8]
        var rule: String
    }

    private(set) var secrets: [Secret] = []
    /// Found texts that are beyond the limit.
    private(set) var left = 0
    private var known: Set<[UInt8]> = []
    /// The first eight bytes of secrets, which those of one provider share.
    private var starts: Set<UInt64> = []
    /// The places of secrets by their last eight bytes, in which they differ.
    private var byEnd: [UInt64: [Int32]] = [:]
    /// A bit for each pair of bytes that these begin with.
    private var pairs = [Bool](repeating: false, count: 1 << 16)
    /// Parts of secrets that are words of the text index, with the rule.
    private(set) var words: [String: String] = [:]

    var isEmpty: Bool { secrets.isEmpty }

    /// Adds a found text by its longest part that stands the same in JSON.
    mutating func insert(_ text: String, rule: String) {
        guard secrets.count < Self.limit else {
            left += 1
            return
        }
        addWords(of: text, rule: rule)
        var best: ArraySlice<UInt8> = []
        let bytes = Array(text.utf8)
        for run in bytes.split(whereSeparator: { $0 <= 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C }) {
            if run.count > best.count { best = run }
        }
        let part = Array(best.prefix(Self.mostBytes))
        guard part.count >= Self.leastBytes else { return }
        guard known.insert(part).inserted else { return }
        let end = part.count - 8
        byEnd[Self.word(part, end), default: []].append(Int32(secrets.count))
        starts.insert(Self.word(part, 0))
        pairs[Int(part[end]) << 8 | Int(part[end + 1])] = true
        secrets.append(Secret(bytes: part, rule: rule))
    }

    /// The words as the index holds them: folded, cut at everything that is no letter or digit.
    private mutating func addWords(of text: String, rule: String) {
        for word in text.lowercased().split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
            // Short and speaking words stand in other texts too.
            guard word.utf8.count >= 12, word.contains(where: \.isNumber) else { continue }
            words[String(word)] = rule
        }
    }

    /// Hands on each place of bytes at which a secret stands.
    func search(_ bytes: UnsafeRawBufferPointer, _ body: (_ offset: Int, Secret) throws -> Void) rethrows {
        guard !secrets.isEmpty, bytes.count >= Self.leastBytes else { return }
        for offset in 0...(bytes.count - Self.leastBytes)
        where pairs[Int(bytes[offset]) << 8 | Int(bytes[offset + 1])] {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard let places = byEnd[word] else { continue }
            for place in places {
                let secret = secrets[Int(place)]
                let start = offset + 8 - secret.bytes.count
                guard start >= 0, bytes[start..<offset + 8].elementsEqual(secret.bytes) else { continue }
                try body(start, secret)
            }
        }
    }

    /// Whether a text is a secret of the set, or as much of one as a page holds.
    func knows(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= Self.leastBytes else { return false }
        if starts.contains(bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)) { return true }
        if byEnd[bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)] != nil { return true }
        var isKnown = false
        search(bytes) { _, _ in isKnown = true }
        return isKnown
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }
}
