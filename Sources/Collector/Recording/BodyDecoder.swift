import Compression

/// Decompresses the body of a response for the record, piece by piece; what passes stays as it is.
///
/// gzip and deflate are read; other codings are recorded as far as the head tells.
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

    private static let pieceSize = 32 << 10

    private let inflater = Inflater(.http)
    /// Bytes that may still come out, so that a small body cannot fill the memory.
    private var room: Int
    /// One sentence, once the rest of the body cannot be read.
    private(set) var fault: String?

    /// `limit` bounds the bytes that come out.
    init(limit: Int) {
        room = limit
    }

    /// The bytes that a piece of the body adds.
    func decode(_ piece: [UInt8]) -> [UInt8] {
        guard !piece.isEmpty else { return [] }
        var output: [UInt8] = []
        piece.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while fault == nil {
                var step = Inflater.Step()
                let plain = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                    step = inflater.inflate(
                        UnsafeRawBufferPointer(rebasing: rest), into: UnsafeMutableRawBufferPointer(buffer))
                    count = step.produced
                }
                rest = rest.dropFirst(step.taken)
                take(plain, &output)
                if plain.count < Self.pieceSize { return }
            }
        }
        return output
    }

    private func take(_ plain: [UInt8], _ output: inout [UInt8]) {
        output += plain.prefix(room)
        if plain.count > room {
            fault = "The record ends where the decompressed body passes its limit."
        } else if let stop = inflater.fault {
            fault = "The body could not be decompressed from its byte \(stop.offset)."
        }
        room -= min(room, plain.count)
    }
}
