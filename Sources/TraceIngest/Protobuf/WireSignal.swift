extension InputFormat {
    package static let otlpProtobuf = InputFormat(
        name: "otlp-protobuf", help: "OTLP as Protocol Buffers: request bodies, several in a row", growth: .records,
        sniff: { head in
            // Both protobuf and JSON may begin with a line feed; there the name decides.
            if head.looksLikeJSON && !(head.bytes.first == 0x0A && WireSignal.isName(head.name)) { return nil }
            return head.bytes.withUnsafeBytes { WireSignal.ofBody($0) } == nil ? nil : .structure
        },
        decode: { reading in
            var decoder = WireTraceDecoder(reading, hint: WireSignal(name: reading.input.name))
            try decoder.run()
            return decoder.offset
        })
}

/// What kind of telemetry a protobuf body holds.
///
/// The requests for traces, logs and metrics have the same outer shape; only the records differ.
enum WireSignal: Equatable {
    case traces
    case logs
    case metrics

    /// Whether the bytes of a whole body are one that is read.
    static func isTraces(_ body: ArraySlice<UInt8>) -> Bool { body.withUnsafeBytes { ofBody($0) } != nil }

    /// What a body holds by its file name, for bodies that do not tell.
    init(name: String) {
        self = name.contains("logs") ? .logs : name.contains("metrics") ? .metrics : .traces
    }

    /// Whether a name without `.gz` is one that protobuf bodies have.
    static func isName(_ name: String) -> Bool {
        [".pb", ".bin", ".binpb", ".protobuf", ".proto"].contains { name.hasSuffix($0) }
    }

    /// Judges a record by the wire types of its fields.
    ///
    /// A span has two 64-bit times in fields 7 and 8, a log record in 1 and 11; a metric has a name in field 1 and its
    /// data in one of the fields 5, 7, 9, 10, 11.
    static func ofRecord(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> WireSignal? {
        var reader = WireReader(bytes, range)
        var hasTraceID = false
        var hasSpanID = false
        var mayBeMetric = false
        while let field = try? reader.next() {
            switch (field.number, field.payload) {
            case (7, .fixed64), (8, .fixed64): return .traces
            case (1, .fixed64), (11, .fixed64): return .logs
            case (7, .bytes), (10, .bytes): return .metrics
            case (1, .bytes(let range)): hasTraceID = range.count == 16
            case (2, .bytes(let range)): hasSpanID = range.count == 8
            case (9, .bytes(let range)) where range.count == 16 && !hasTraceID: return .logs
            case (5, .bytes), (9, .bytes), (11, .bytes): mayBeMetric = true
            default: break
            }
        }
        if hasTraceID && (hasSpanID || !mayBeMetric) { return .traces }
        return mayBeMetric ? .metrics : nil
    }

    /// Judges the first bytes of a body; nil where they cannot be OTLP.
    ///
    /// The bytes may be cut anywhere. A body without records counts as traces.
    static func ofBody(_ bytes: UnsafeRawBufferPointer) -> WireSignal? {
        var range = 0..<bytes.count
        // Down the first group, its first scope group, to the first record.
        for (depth, field) in [1, 2, 2].enumerated() {
            switch firstMessage(bytes, range, field: field) {
            case .found(let inner): range = inner
            case .absent: return depth == 0 && bytes.isEmpty ? nil : .traces
            case .invalid: return nil
            }
        }
        return ofRecord(bytes, range) ?? (range.isEmpty ? .traces : nil)
    }

    private enum Finding {
        case found(Range<Int>)
        case absent
        case invalid
    }

    /// The first message of a field in one of the envelope, whose fields must all be byte fields with small numbers.
    private static func firstMessage(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, field wanted: Int
    ) -> Finding {
        var reader = WireReader(bytes, range)
        do throws(WireReader.Fault) {
            while let field = try reader.next() {
                // 1000 is the field of the groups before OTLP 0.19.
                guard case .bytes(let range) = field.payload, field.number <= 3 || field.number == 1000 else {
                    return .invalid
                }
                if field.number == wanted { return .found(range) }
            }
        } catch {
            return reader.cutRange.map { .found($0) } ?? .invalid
        }
        return .absent
    }
}
