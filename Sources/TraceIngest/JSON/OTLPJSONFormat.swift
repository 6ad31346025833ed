import Glibc

extension InputFormat {
    package static let otlpJSON = InputFormat(
        name: "otlp-json", help: "OTLP as JSON: a document, an array of documents, or lines", growth: .lines,
        sniff: { head in
            if let json = head.json, json.keys.contains(where: { DocumentField.keys.contains($0) }) {
                return .signature
            }
            // Rotated files may begin with zero bytes, logs with other lines.
            return head.looksLikeJSON || DocumentField.beginsDocument(within: head.bytes) ? .syntax : nil
        },
        decode: { reading in
            var decoder = JSONTraceDecoder(source: reading.source, collector: reading.collector)
            try decoder.run()
            return decoder.offset
        })
}

extension DocumentField {
    /// Whether a document begins anywhere in the bytes.
    static func beginsDocument(within bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { bytes in
            bytes.indices.contains {
                bytes[$0] == UInt8(ascii: "{") && beginsDocument(UnsafeRawBufferPointer(rebasing: bytes[$0...]))
            }
        }
    }

    static let keys = Set(table.keys.map { $0.description })

    /// Whether the bytes are an opening brace and a key of OTLP's top level.
    static func beginsDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.first == UInt8(ascii: "{"), let quote = bytes[1...].firstIndex(where: { $0 > 0x20 }),
            bytes[quote] == UInt8(ascii: "\"")
        else { return false }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(quote + 1)...])
        guard let start = rest.baseAddress else { return false }
        return table.keys.contains { key in
            let count = key.utf8CodeUnitCount
            return rest.count > count && memcmp(key.utf8Start, start, count) == 0 && rest[count] == UInt8(ascii: "\"")
        }
    }
}
