import Basics
import TraceModel

/// Reads identifiers in all forms that OTLP files have.
enum RecordID {
    /// What an identifier field held.
    enum Reading<ID> {
        case absent
        case zero
        case id(ID)
        case malformed
    }

    /// Reads text of 32 hexadecimal digits, or of base64 for 16 bytes as generic protobuf printers write it.
    static func trace(text: UnsafeRawBufferPointer) -> Reading<TraceID> {
        if text.isEmpty { return .absent }
        if text.count == 32 {
            guard let high = hexWord(text, at: 0), let low = hexWord(text, at: 16) else { return .malformed }
            return reading(TraceID(high: high, low: low))
        }
        guard text.count == 24 || text.count == 22, let bytes = Base64.decode(text, .urlSafe), bytes.count == 16 else {
            return .malformed
        }
        return trace(bytes: bytes)
    }

    /// Reads text of 16 hexadecimal digits, or of base64 for 8 bytes.
    static func span(text: UnsafeRawBufferPointer) -> Reading<SpanID> {
        if text.isEmpty { return .absent }
        if text.count == 16 {
            guard let word = hexWord(text, at: 0) else { return .malformed }
            return reading(SpanID(word))
        }
        guard text.count == 12 || text.count == 11, let bytes = Base64.decode(text, .urlSafe), bytes.count == 8 else {
            return .malformed
        }
        return span(bytes: bytes)
    }

    /// Reads the 16 bytes of protobuf's form.
    static func trace(bytes: some Collection<UInt8>) -> Reading<TraceID> {
        if bytes.isEmpty { return .absent }
        guard bytes.count == 16 else { return .malformed }
        return reading(TraceID(high: word(bytes.prefix(8)), low: word(bytes.dropFirst(8))))
    }

    /// Reads the 8 bytes of protobuf's form.
    static func span(bytes: some Collection<UInt8>) -> Reading<SpanID> {
        if bytes.isEmpty { return .absent }
        guard bytes.count == 8 else { return .malformed }
        return reading(SpanID(word(bytes)))
    }

    private static func reading(_ id: TraceID) -> Reading<TraceID> { id.isValid ? .id(id) : .zero }
    private static func reading(_ id: SpanID) -> Reading<SpanID> { id.isValid ? .id(id) : .zero }

    private static func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func hexWord(_ text: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
        Hex.word(UnsafeRawBufferPointer(rebasing: text[start..<start + 16]))
    }
}
