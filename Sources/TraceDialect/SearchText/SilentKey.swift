/// Whether the strings behind a key of JSON are worth finding.
enum SilentKey {
    case speaking
    /// The string itself is not; what is nested deeper is.
    case silentString
    /// Nothing behind the key is.
    case silentTree

    private static let lengths: [[(word: StaticString, verdict: SilentKey)]] = {
        var byLength: [[(StaticString, SilentKey)]] = Array(repeating: [], count: 32)
        for word in DialectTable.silentKeys { byLength[word.utf8CodeUnitCount].append((word, .silentString)) }
        for word in DialectTable.silentTrees { byLength[word.utf8CodeUnitCount].append((word, .silentTree)) }
        return byLength
    }()

    static func of(_ key: UnsafeRawBufferPointer) -> SilentKey {
        guard key.count < 32, let start = key.baseAddress else { return .speaking }
        let candidates = lengths[key.count]
        for (word, verdict) in candidates where Bytes.equal(start, word.utf8Start, key.count) { return verdict }
        return .speaking
    }
}
