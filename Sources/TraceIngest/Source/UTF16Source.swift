/// A stream of UTF-16 as UTF-8, as PowerShell writes files.
final class UTF16Source: ByteSource {
    enum Order {
        case little
        case big
    }

    private let inner: any ByteSource
    private let order: Order
    private var rest: [UInt8] = []
    private var high: UInt16?
    private var ready: [UInt8] = []
    private var readyPosition = 0
    private var isAtEnd = false

    init(_ inner: any ByteSource, _ order: Order) {
        self.inner = inner
        self.order = order
    }

    /// The order of the bytes, by the mark or by the zeros of a text that begins in ASCII; nil for other encodings.
    static func order(of head: ArraySlice<UInt8>) -> Order? {
        if head.starts(with: [0xFF, 0xFE]), !head.dropFirst(2).starts(with: [0, 0]) { return .little }
        if head.starts(with: [0xFE, 0xFF]) { return .big }
        let pairs = stride(from: head.startIndex, to: head.endIndex - 1, by: 2).prefix(16)
            .map { (head[$0], head[$0 + 1]) }
        guard pairs.count >= 4 else { return nil }
        if pairs.allSatisfy({ $0.0 >= 0x09 && $0.0 < 0x7F && $0.1 == 0 }) { return .little }
        return pairs.allSatisfy { $0.1 >= 0x09 && $0.1 < 0x7F && $0.0 == 0 } ? .big : nil
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while readyPosition == ready.count {
            guard !isAtEnd else { return 0 }
            fill()
        }
        return ready.copy(from: &readyPosition, to: buffer)
    }

    private func fill() {
        let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = inner.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        isAtEnd = piece.isEmpty
        let bytes = rest + piece
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index + 1 < bytes.count {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            index += 2
            append(order == .little ? second << 8 | first : first << 8 | second, to: &out)
        }
        rest = Array(bytes[index...])
        if isAtEnd, high != nil || !rest.isEmpty {
            out += Self.replacement
            (high, rest) = (nil, [])
        }
        (ready, readyPosition) = (out, 0)
    }

    private static let replacement = Array("\u{FFFD}".utf8)

    private func append(_ unit: UInt16, to out: inout [UInt8]) {
        switch unit {
        case 0xD800...0xDBFF:
            if high != nil { out += Self.replacement }
            high = unit
        case 0xDC00...0xDFFF:
            guard let first = high else {
                out += Self.replacement
                return
            }
            high = nil
            let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
            out += Array(String(Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}").utf8)
        default:
            if high != nil { out += Self.replacement }
            high = nil
            if unit < 0x80 {
                out.append(UInt8(unit))
            } else {
                out += Array(String(Unicode.Scalar(unit).map(Character.init) ?? "\u{FFFD}").utf8)
            }
        }
    }

    var failure: SourceFailure? { inner.failure }
    var bytesConsumed: Int64 { inner.bytesConsumed }
    func reopened() -> (any ByteSource)? { inner.reopened().map { UTF16Source($0, order) } }
    func close() { inner.close() }
}
