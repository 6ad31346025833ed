import Glibc

/// Tells whether a line begins an OTLP document.
enum LineStart {
    private static let keys: [StaticString] = [
        "resourceSpans", "resourceLogs", "resourceMetrics", "resource_spans", "resource_logs", "resource_metrics",
        "batches",
    ]

    /// Whether the bytes are an opening brace, not indented, and a key of OTLP's top level.
    static func isDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.first == UInt8(ascii: "{"), let quote = bytes[1...].firstIndex(where: { $0 > 0x20 }),
            bytes[quote] == UInt8(ascii: "\"")
        else { return false }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(quote + 1)...])
        guard let start = rest.baseAddress else { return false }
        return keys.contains { key in
            let count = key.utf8CodeUnitCount
            return rest.count > count && memcmp(key.utf8Start, start, count) == 0 && rest[count] == UInt8(ascii: "\"")
        }
    }
}
