/// The name of an attribute, with `*` for any text.
struct NamePattern: Sendable {
    /// What stands between the stars; one piece without a star.
    private let pieces: [[UInt8]]

    init(_ pattern: String) {
        pieces = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { matches($0) }
    }

    /// Each piece is taken at the first place where it fits, the last one at the end.
    private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = pieces.first, let last = pieces.last, name.starts(with: first) else { return false }
        guard pieces.count > 1 else { return name.count == first.count }
        let end = name.count - last.count
        guard end >= first.count, name[end...].elementsEqual(last) else { return false }
        var position = first.count
        for piece in pieces.dropFirst().dropLast() {
            while position + piece.count <= end, !name[position..<position + piece.count].elementsEqual(piece) {
                position += 1
            }
            guard position + piece.count <= end else { return false }
            position += piece.count
        }
        return true
    }
}
