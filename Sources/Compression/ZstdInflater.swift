import CZstd

/// What decompresses piece by piece.
package protocol Decompressor: AnyObject {
    /// Decompresses as much of a piece as the output has room for.
    ///
    /// A step that takes all of the input and fills no output wants more input; one that fills the output is to be
    /// called again with the rest of the input, which may be none.
    func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Inflater.Step

    /// Says that no input follows: data that is not whole is a fault then.
    func finish()

    /// Why the data cannot be read on, and where; nil while all is well.
    var fault: InflateFault? { get }
}

extension Inflater: Decompressor {}

/// Decompresses zstd (RFC 8878) piece by piece with libzstd; frames that follow each other are one stream.
///
/// Memory stays at the window that a frame asks for, of which libzstd refuses more than 128 MiB.
package final class ZstdInflater: Decompressor {
    private let stream: OpaquePointer?
    /// Bytes of the input that were taken in all.
    private var position: Int64 = 0
    private var isInFrame = false
    private var frames = 0
    package private(set) var fault: InflateFault?

    package init() {
        stream = ZSTD_createDStream()
        if stream == nil { fault = InflateFault(reason: "zstd does not start", offset: 0) }
    }

    deinit { ZSTD_freeDStream(stream) }

    /// Whether the bytes begin a frame, or one that is to be skipped.
    package static func begins(_ head: ArraySlice<UInt8>) -> Bool {
        head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
            || head.count >= 4 && (0x50...0x5F).contains(head[head.startIndex])
                && head.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
    }

    package func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Inflater.Step {
        guard fault == nil, let stream else { return Inflater.Step() }
        var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        while fault == nil, to.pos < to.size {
            let before = (from.pos, to.pos)
            let hint = ZSTD_decompressStream(stream, &to, &from)
            if ZSTD_isError(hint) != 0 {
                fault = InflateFault(
                    reason: String(cString: ZSTD_getErrorName(hint)), offset: position + Int64(from.pos))
            } else if hint == 0 {
                frames += 1
                isInFrame = false
            } else if (from.pos, to.pos) != before {
                isInFrame = true
            }
            if (from.pos, to.pos) == before || from.pos == from.size && hint == 0 { break }
        }
        position += Int64(from.pos)
        return Inflater.Step(taken: from.pos, produced: to.pos)
    }

    package func finish() {
        guard fault == nil, isInFrame || frames == 0 else { return }
        fault = InflateFault(reason: "unexpected end of file", offset: position)
    }
}
