import Glibc

extension InputFormat {
    package static let otlpJSON = InputFormat(
        name: "otlp-json",
        help: "OTLP as JSON: documents, answers of Tempo and Phoenix, bare ResourceSpans or spans, one or many",
        growth: .lines,
        sniff: { head in
            if let json = head.json {
                let keys = json.has("trace") || json.has("result") ? json.keys.union(json.innerKeys) : json.keys
                if !keys.isDisjoint(with: DocumentField.keys) { return .signature }
                if OTLPShape(keys: json.has("data") ? json.innerKeys : json.keys).isRecord { return .fields }
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

    static let keys = Set(documentKeys.map { $0.description })
    private static let documentKeys = table.keys.filter { !["trace", "result", "data"].contains($0.description) }

    /// Whether the bytes are an opening brace and a key of OTLP's top level.
    static func beginsDocument(_ bytes: UnsafeRawBufferPointer) -> Bool { begins(bytes, with: documentKeys) }

    /// Whether the bytes are an opening brace and one of the keys.
    static func begins(_ bytes: UnsafeRawBufferPointer, with keys: [StaticString]) -> Bool {
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

/// What an object of OTLP/JSON is, told by its first keys.
enum OTLPShape {
    /// Bytes that are looked at where the first key does not tell.
    static let size = 8 << 10
    /// What documents around documents, and the parts that stand alone, begin with.
    static let firstKeys: [StaticString] = [
        "trace", "result", "resource", "scopeSpans", "scope_spans", "traceId", "trace_id", "spanId",
    ]

    case document
    /// A `ResourceSpans` or `ResourceLogs` without the document around it, as Java's logging exporter prints it.
    case group
    case span
    /// Something else, by the name that is known for it.
    case foreign(String)

    /// Judges the bytes behind an opening brace.
    init(_ bytes: UnsafeRawBufferPointer) {
        // Objects begin with what they are, as a rule; only where they do not the bytes are looked through.
        let head = bytes.prefix(64).drop { $0 <= 0x20 }
        if head.first == UInt8(ascii: "\""),
            DocumentField.keys.contains(where: { head.dropFirst().starts(with: ($0 + "\"").utf8) })
        {
            self = .document
            return
        }
        let text = [UInt8(ascii: "{")] + bytes.prefix(Self.size)
        self = text.withUnsafeBytes { OTLPShape(JSONProfile($0, tokenLimit: 2_000)) }
    }

    private init(_ profile: JSONProfile) {
        self.init(keys: profile.keys)
        guard case .document = self, profile.keys.isDisjoint(with: DocumentField.keys),
            !profile.has("trace"), !profile.has("result"), let name = KnownShape.name(ofKeys: profile.keys)
        else { return }
        self = .foreign(name)
    }

    init(keys: Set<String>) {
        func has(_ names: String...) -> Bool { !keys.isDisjoint(with: names) }
        if has("scopeSpans", "scopeLogs", "scope_spans", "scope_logs", "instrumentationLibrarySpans") {
            self = .group
        } else if has("traceId", "trace_id"), has("spanId", "span_id"),
            has("startTimeUnixNano", "start_time_unix_nano", "endTimeUnixNano", "end_time_unix_nano")
        {
            self = .span
        } else {
            self = .document
        }
    }

    /// Whether it is a part of a document that stands alone.
    var isRecord: Bool {
        switch self {
        case .group, .span: true
        case .document, .foreign: false
        }
    }
}
