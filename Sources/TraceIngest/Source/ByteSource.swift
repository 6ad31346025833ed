/// A stream of bytes that is read once, front to back.
protocol ByteSource: AnyObject {
    /// Fills the buffer with the next bytes and returns their number; 0 at the end and after a failure.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int

    /// Why the stream ended early; nil while all is well.
    var failure: SourceFailure? { get }

    /// Bytes taken from the file so far, before decompression.
    var bytesConsumed: Int64 { get }

    /// A new stream over the same bytes from the start, where that is possible.
    func reopened() -> (any ByteSource)?

    /// Releases files and processes; further reads give nothing.
    func close()
}

extension ByteSource {
    /// Reads and drops bytes; false where the stream ends first.
    func skip(_ count: Int64) -> Bool {
        var rest = count
        return withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
            while rest > 0 {
                let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(rest, Int64(buffer.count)))])
                let got = read(into: piece)
                guard got > 0 else { return false }
                rest -= Int64(got)
            }
            return true
        }
    }
}
