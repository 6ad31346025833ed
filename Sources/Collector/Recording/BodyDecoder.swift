import CZlib

/// Decompresses the body of a response for the record, piece by piece; what passes stays as it is.
///
/// gzip and deflate (RFC 9110 §8.4.1) by zlib; other codings are recorded as far as the head tells.
final class BodyDecoder {
    /// What a coding needs.
    enum Coding: Equatable {
        case identity
        case zlib
        case unknown(String)

        init(header: String?) {
            let names = (header ?? "").lowercased().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
            let real = names.filter { $0 != "identity" && !$0.isEmpty }
            switch real.count {
            case 0: self = .identity
            case 1 where ["gzip", "x-gzip", "deflate"].contains(real[0]): self = .zlib
            default: self = .unknown(real.joined(separator: ", "))
            }
        }
    }

    private var stream = z_stream()
    private var isOpen = false
    private var isAtStart = true
    /// The first byte of a body, while it came alone: two tell which coding it is.
    private var head: [UInt8] = []
    /// Bytes that may still come out, so that a small body cannot fill the memory.
    private var room: Int
    /// One sentence, once the rest of the body cannot be read.
    private(set) var fault: String?

    /// `limit` bounds the bytes that come out.
    init(limit: Int) {
        room = limit
        // 15 bits of window; 32 more ask zlib to tell gzip and zlib apart by their heads.
        isOpen = spandrel_inflate_init(&stream, 15 + 32) == Z_OK
        if !isOpen { fault = "The body could not be decompressed: zlib does not start." }
    }

    deinit {
        if isOpen { inflateEnd(&stream) }
    }

    /// The bytes that a piece of the body adds.
    func decode(_ piece: [UInt8]) -> [UInt8] {
        guard fault == nil, !piece.isEmpty else { return [] }
        var output: [UInt8] = []
        var input = head + piece
        if isAtStart, input.count < 2 {
            head = input
            return []
        }
        head = []
        let count = input.count
        input.withUnsafeMutableBufferPointer { bytes in
            stream.next_in = bytes.baseAddress
            stream.avail_in = UInt32(count)
            var isMore = true
            while isMore, fault == nil { isMore = step(bytes.baseAddress, count, &output) }
            stream.next_in = nil
        }
        isAtStart = false
        return output
    }

    /// Runs zlib once over what is left; false when it has no more to say.
    private func step(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ output: inout [UInt8]) -> Bool {
        var status: Int32 = Z_OK
        let size = 32 << 10
        let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, produced in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(size)
            status = inflate(&stream, Z_SYNC_FLUSH)
            produced = size - Int(stream.avail_out)
        }
        if piece.count > room {
            output += piece.prefix(room)
            fault = "The record ends where the decompressed body passes its limit."
            return false
        }
        output += piece
        room -= piece.count
        switch status {
        case Z_OK: return stream.avail_in > 0 || stream.avail_out == 0
        case Z_BUF_ERROR: return false
        case Z_STREAM_END:
            // Another member may follow (RFC 1952 §2.2).
            inflateReset(&stream)
            return stream.avail_in > 0
        case Z_DATA_ERROR where isAtStart && output.isEmpty && stream.total_out == 0:
            // Some servers send deflate without the head of zlib.
            isAtStart = false
            inflateReset2(&stream, -15)
            stream.next_in = start
            stream.avail_in = UInt32(count)
            return true
        default:
            fault = "The body could not be decompressed from its byte \(stream.total_in)."
            return false
        }
    }
}
