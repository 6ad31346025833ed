/// The bytes of several files one after the other, with a line break between two of them.
final class JoinedSource: ByteSource {
    private static let lineBreak = UInt8(ascii: "\n")

    private let paths: [String]
    private var current: FileSource
    private var next = 0
    private var consumed: Int64 = 0
    private var ownFailure: SourceFailure?

    init(first: FileSource, then paths: [String]) {
        current = first
        self.paths = paths
    }

    var failure: SourceFailure? { ownFailure ?? current.failure }
    var bytesConsumed: Int64 { consumed + current.bytesConsumed }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !buffer.isEmpty, ownFailure == nil else { return 0 }
        let count = current.read(into: buffer)
        guard count == 0, current.failure == nil, next < paths.count else { return count }
        let path = paths[next]
        next += 1
        do {
            let file = try FileSource(path: path)
            consumed += current.bytesConsumed
            current.close()
            current = file
        } catch {
            ownFailure = .io("\(error)")
            return 0
        }
        buffer[0] = Self.lineBreak
        return 1
    }

    /// Formats of several files are read as a whole, once.
    func reopened() -> (any ByteSource)? { nil }

    func close() { current.close() }
}
