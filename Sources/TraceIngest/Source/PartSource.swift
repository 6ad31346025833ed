import Glibc

/// The rest of a stream from some place on, which can end with its last whole line.
///
/// So a file that grows is read line by line: what stands behind the last line break waits for its end, and the next
/// part begins there.
final class PartSource: ByteSource {
    private static let pieceSize = 64 << 10

    private let inner: any ByteSource
    /// Where in the stream the part begins.
    private let start: Int64
    private let wholeLinesOnly: Bool
    /// Whole lines that were not handed out yet.
    private var ready: [UInt8] = []
    private var readyPosition = 0
    /// The start of a line whose end did not come so far.
    private var unfinished: [UInt8] = []
    /// The lines handed out so far.
    private(set) var lines: Int64 = 0

    /// A part of a stream that was brought to the place `start`.
    init(_ inner: any ByteSource, start: Int64, wholeLinesOnly: Bool) {
        self.inner = inner
        self.start = start
        self.wholeLinesOnly = wholeLinesOnly
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard wholeLinesOnly else { return inner.read(into: buffer) }
        while readyPosition == ready.count {
            guard takeLines() else { return 0 }
        }
        return ready.copy(from: &readyPosition, to: buffer)
    }

    /// Reads a piece and sets its whole lines ready; false at the end.
    private func takeLines() -> Bool {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            count = inner.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard !piece.isEmpty else { return false }
        readyPosition = 0
        guard let last = piece.lastIndex(of: 0x0A) else {
            unfinished += piece
            ready = []
            return true
        }
        ready = unfinished + piece[...last]
        unfinished = Array(piece[(last + 1)...])
        lines += Int64(piece[...last].count { $0 == 0x0A })
        return true
    }

    var failure: SourceFailure? { inner.failure }
    var bytesConsumed: Int64 { inner.bytesConsumed }

    func reopened() -> (any ByteSource)? {
        guard let again = inner.reopened(), again.skip(start) else { return nil }
        return PartSource(again, start: start, wholeLinesOnly: wholeLinesOnly)
    }

    func close() { inner.close() }
}
