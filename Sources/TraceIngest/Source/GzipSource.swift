import Compression

/// The decompressed bytes of a gzip stream.
final class GzipSource: ByteSource {
    private static let pieceSize = 64 << 10

    private let upstream: any ByteSource
    private let inflater = Inflater(.gzip)
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private(set) var failure: SourceFailure?

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
    }

    /// Whether the bytes begin a gzip stream.
    static func begins(_ head: ArraySlice<UInt8>) -> Bool { head.starts(with: [0x1F, 0x8B]) }

    var bytesConsumed: Int64 { upstream.bytesConsumed }

    func reopened() -> (any ByteSource)? {
        upstream.reopened().map { GzipSource($0) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !buffer.isEmpty else { return 0 }
        while failure == nil, !isAtEnd {
            let step = piece.withUnsafeBytes { bytes in
                inflater.inflate(UnsafeRawBufferPointer(rebasing: bytes[position...]), into: buffer)
            }
            position += step.taken
            if step.produced > 0 { return step.produced }
            if inflater.fault == nil, position == piece.count { fill() }
            if let fault = inflater.fault {
                failure = .corrupt("\(fault.reason) at byte \(fault.offset)")
            }
        }
        return 0
    }

    /// Brings in the next piece of compressed bytes.
    private func fill() {
        piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            count = upstream.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        position = 0
        guard piece.isEmpty else { return }
        isAtEnd = true
        failure = upstream.failure
        if failure == nil { inflater.finish() }
    }

    func close() {
        isAtEnd = true
        upstream.close()
    }
}
