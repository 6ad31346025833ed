import Glibc

/// The bytes of paths, which on Linux need not be text.
enum FileName {
    /// The bytes that open a path.
    ///
    /// A name that is no UTF-8 reads as text with U+FFFD in it: what it stands for is looked for in its folder. Where
    /// several names read alike none is taken, and the path then names nothing.
    static func bytes(of path: String) -> [CChar] {
        guard path.contains("\u{FFFD}") else { return Array(path.utf8CString) }
        var found: [CChar] = []
        for (place, part) in path.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            if place > 0 { found.append(CChar(UInt8(ascii: "/"))) }
            let folder = place == 0 ? Array(".".utf8CString) : found + [0]
            found += part.contains("\u{FFFD}") ? name(part, in: folder) : part.utf8.map { CChar(bitPattern: $0) }
        }
        return found + [0]
    }

    /// The one name of a folder that reads so.
    private static func name(_ text: Substring, in folder: [CChar]) -> [CChar] {
        let plain = text.utf8.map { CChar(bitPattern: $0) }
        guard let stream = opendir(folder) else { return plain }
        defer { closedir(stream) }
        var matches: [[CChar]] = []
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                raw.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
            }
            let name = String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if name == text { matches.append(bytes) }
        }
        return matches.count == 1 ? matches[0] : plain
    }
}
