import Glibc

/// A stream of bytes that is read once, front to back.
protocol ByteSource: AnyObject {
    /// Fills the buffer with the next bytes and returns their number; 0 at the end and after a failure.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int

    /// Passes bytes without handing them out; false where the stream ends first.
    func skip(_ count: Int64) -> Bool

    /// Why the stream ended early; nil while all is well.
    var failure: SourceFailure? { get }

    /// Bytes taken from the file so far, before decompression.
    var bytesConsumed: Int64 { get }

    /// A new stream over the same bytes from the start, where that is possible.
    func reopened() -> (any ByteSource)?

    /// Releases files; further reads give nothing.
    func close()
}

extension ByteSource {
    func skip(_ count: Int64) -> Bool { drop(count) }

    /// Passes bytes by reading them.
    func drop(_ count: Int64) -> Bool {
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

extension [UInt8] {
    /// Fills a buffer from a position on, moves that behind, and returns the number of bytes.
    func copy(from position: inout Int, to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let end = Swift.min(position + buffer.count, count)
        buffer.copyBytes(from: self[position..<end])
        defer { position = end }
        return end - position
    }
}

/// Why a stream of bytes ended early.
enum SourceFailure: Equatable {
    /// The operating system refused a read.
    case io(String)
    /// The compressed data is broken; what came out before it is good.
    case corrupt(String)
}

/// Texts of the operating system's error numbers.
enum SystemError {
    /// The text of an error number, with its first letter in lower case.
    static func text(_ number: Int32) -> String {
        let text = String(cString: strerror(number))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

/// Bytes at hand, as a stream.
final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var failure: SourceFailure? { nil }
    var bytesConsumed: Int64 { Int64(position) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        bytes.copy(from: &position, to: buffer)
    }

    func reopened() -> (any ByteSource)? { MemorySource(bytes) }
    func close() {}
}
