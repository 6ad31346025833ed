/// Bytes at hand, as a stream.
final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var failure: SourceFailure? { nil }
    var bytesConsumed: Int64 { Int64(position) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }

    func reopened() -> (any ByteSource)? { MemorySource(bytes) }
    func close() {}
}
