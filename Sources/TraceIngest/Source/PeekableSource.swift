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
        if head.count < count && !headIsWhole {
            let have = head
            head = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                _ = buffer.update(fromContentsOf: have)
                filled = have.count
                while filled < count {
                    let got = inner.read(
                        into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[filled...])))
                    guard got > 0 else { break }
                    filled += got
                }
            }
            headIsWhole = head.count < count
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
        return head.copy(from: &headPosition, to: buffer)
    }

    func skip(_ count: Int64) -> Bool {
        let inHead = Int64(head.count - headPosition)
        guard count > inHead else { return drop(count) }
        headPosition = head.count
        return inner.skip(count - inHead)
    }

    var failure: SourceFailure? { inner.failure }
    var bytesConsumed: Int64 { inner.bytesConsumed }
    func reopened() -> (any ByteSource)? { inner.reopened() }
    func close() { inner.close() }
}
