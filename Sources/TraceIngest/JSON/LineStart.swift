import Glibc

/// Tells whether a line begins an OTLP document.
enum LineStart {
    private static let keys: [StaticString] = [
        "resourceSpans", "resourceLogs", "resourceMetrics", "resource_spans", "resource_logs", "resource_metrics",
        "batches",
    ]

    /// Whether the bytes, from their first that is no space, are an opening brace and a key of OTLP's top level.
    static func isDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let brace = bytes.firstIndex(where: { $0 > 0x20 }), bytes[brace] == UInt8(ascii: "{"),
            let quote = bytes[(brace + 1)...].firstIndex(where: { $0 > 0x20 }), bytes[quote] == UInt8(ascii: "\"")
        else { return false }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(quote + 1)...])
        guard let start = rest.baseAddress else { return false }
        return keys.contains { key in
            let count = key.utf8CodeUnitCount
            return rest.count > count && memcmp(key.utf8Start, start, count) == 0 && rest[count] == UInt8(ascii: "\"")
        }
    }
}
