import Compression

/// The decompressed bytes of a stream in gzip or zstd.
final class CompressedSource: ByteSource {
    enum Coding: String {
        case gzip
        case zstd

        /// The coding of bytes that begin with these; nil for bytes that are not compressed.
        init?(_ head: ArraySlice<UInt8>) {
            if head.starts(with: [0x1F, 0x8B]) {
                self = .gzip
            } else if ZstdInflater.begins(head) {
                self = .zstd
            } else {
                return nil
            }
        }
    }

    private static let pieceSize = 64 << 10

    private let upstream: any ByteSource
    private let coding: Coding
    private let inflater: any Decompressor
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private(set) var failure: SourceFailure?

    init(_ upstream: any ByteSource, _ coding: Coding) {
        self.upstream = upstream
        self.coding = coding
        inflater = coding == .gzip ? Inflater(.gzip) : ZstdInflater()
    }

    var bytesConsumed: Int64 { upstream.bytesConsumed }

    func reopened() -> (any ByteSource)? {
        upstream.reopened().map { CompressedSource($0, coding) }
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
                failure = .corrupt("broken \(coding) data: \(fault.reason) at byte \(fault.offset)")
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

/// The messages of a file in which each stands behind its length in four bytes, the highest first, as the Collector's
/// file exporter writes protobuf and what it compresses.
final class FramedSource: ByteSource {
    /// The longest message that is believed.
    private static let limit = 100 << 20

    private let upstream: any ByteSource
    /// Bytes of the current message that are to come.
    private var left = 0
    private var isBroken = false
    private(set) var failure: SourceFailure?

    init(_ upstream: any ByteSource) { self.upstream = upstream }

    /// Whether the bytes begin with a length and a message that fits it.
    static func begins(_ head: ArraySlice<UInt8>) -> Bool {
        guard let length = length(head.prefix(4)), length > 0, length <= limit else { return false }
        let body = head.dropFirst(4)
        guard CompressedSource.Coding(body) != nil || body.first == 0x0A || body.first == UInt8(ascii: "{") else {
            return false
        }
        // What follows the message must be the end or another length.
        if body.count > length { return Self.length(body.dropFirst(length).prefix(4)).map { $0 <= limit } ?? false }
        return body.first != 0x0A || WireSignal.isTraces(body.prefix(length))
    }

    private static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | Int($1) } : nil
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !buffer.isEmpty, failure == nil, !isBroken else { return 0 }
        while left == 0 {
            var head: [UInt8] = []
            while head.count < 4 {
                var byte: UInt8 = 0
                guard withUnsafeMutableBytes(of: &byte, { upstream.read(into: $0) }) == 1 else { break }
                head.append(byte)
            }
            if head.isEmpty {
                failure = upstream.failure
                isBroken = true
                return 0
            }
            guard let length = Self.length(head[...]), length <= Self.limit else {
                failure = upstream.failure ?? .corrupt("broken framing: no length of a message stands here")
                return 0
            }
            left = length
        }
        let count = upstream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left)))
        if count == 0 {
            failure = upstream.failure ?? .corrupt("broken framing: \(left) bytes of a message are missing")
        }
        left -= count
        return count
    }

    var bytesConsumed: Int64 { upstream.bytesConsumed }
    func reopened() -> (any ByteSource)? { upstream.reopened().map { FramedSource($0) } }
    func close() { upstream.close() }
}

extension PeekableSource {
    /// Layers of compression and framing that are unpacked.
    private static let layerLimit = 3

    /// The bytes without what packs them, and how many layers that were.
    static func unpacking(_ file: any ByteSource) -> (source: PeekableSource, layers: Int) {
        var source = PeekableSource(file)
        for layers in 0..<layerLimit {
            if let coding = CompressedSource.Coding(source.peek(4)) {
                source = PeekableSource(CompressedSource(source, coding))
            } else if FramedSource.begins(source.peek(InputHead.size)) {
                source = PeekableSource(FramedSource(source))
            } else {
                return (source, layers)
            }
        }
        return (source, layerLimit)
    }
}
