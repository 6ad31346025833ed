/// Tells addresses and numbers of people from what only looks like them.
enum ContactText {
    /// Endings of files that are written like `logo@2x.png`, or modules like `app@v2.js`.
    private static let fileEndings: Set<String> = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "mjs", "ts", "tsx", "jsx", "json", "html", "py",
        "rb", "go", "rs", "so", "md", "txt", "xml", "yml", "yaml", "toml", "lock", "zip", "tar", "gz", "tgz", "whl",
        "jar", "map", "service", "local", "internal",
    ]
    /// How far a user's part of a URL is looked for.
    private static let farthest = 160

    static func isMailbox(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let text = bytes[range]
        guard let at = text.firstIndex(of: UInt8(ascii: "@")) else { return false }
        // The user of a repository's address.
        if String(decoding: text[..<at], as: UTF8.self).lowercased() == "git" { return false }
        let ending = text.split(separator: UInt8(ascii: ".")).last ?? text
        if fileEndings.contains(String(decoding: ending, as: UTF8.self).lowercased()) { return false }
        return !isUserInfo(bytes, before: range.lowerBound)
    }

    /// True after `//` or `//user:`, where a password or user of a URL stands.
    private static func isUserInfo(_ bytes: UnsafeBufferPointer<UInt8>, before start: Int) -> Bool {
        var position = start - 1
        let lowest = max(1, start - farthest)
        while position >= lowest {
            let byte = bytes[position]
            if byte == UInt8(ascii: "/") {
                return bytes[position - 1] == byte || bytes[position - 1] == UInt8(ascii: "\\")
            }
            if ByteSet.blanks.contains(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "@") { return false }
            position -= 1
        }
        return false
    }

    static func isPhone(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let digits = text.filter { ByteSet.digits.contains($0) }
        return (7...15).contains(digits.count) && Set(digits).count > 2
    }
}
