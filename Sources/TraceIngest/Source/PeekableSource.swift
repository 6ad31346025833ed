/// A stream whose first bytes can be looked at before they are read.
final class PeekableSource: ByteSource {
    private let inner: any ByteSource
    private var head: [UInt8] = []
    private var headPosition = 0
    /// Whether the head holds all there is.
    private(set) var headIsWhole = false

    init(_ inner: any ByteSource) {
        self.inner = inner
    }

    /// The first bytes, up to `count`; fewer only where the stream has no more.
    ///
    /// To be called before the first read.
    func peek(_ count: Int) -> ArraySlice<UInt8> {
        while head.count < count && !headIsWhole {
            let have = head.count
            var got = 0
            head.append(contentsOf: repeatElement(0, count: count - have))
            head.withUnsafeMutableBytes { bytes in
                got = inner.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[have...]))
            }
            head.removeLast(count - have - got)
            if got == 0 { headIsWhole = true }
        }
        return head.prefix(count)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard headPosition < head.count else {
            if !head.isEmpty {
                head = []
                headPosition = 0
            }
            return inner.read(into: buffer)
        }
        let count = min(buffer.count, head.count - headPosition)
        head.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[headPosition..<headPosition + count]))
        }
        headPosition += count
        return count
    }

    var failure: SourceFailure? { inner.failure }
    var bytesConsumed: Int64 { inner.bytesConsumed }
    func reopened() -> (any ByteSource)? { inner.reopened() }
    func close() { inner.close() }
}
