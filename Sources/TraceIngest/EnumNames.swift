import TraceModel

/// The names that OTLP gives the numbers of an enumeration.
struct EnumNames<Value: Sendable>: Sendable {
    private let values: [(name: String, value: Value)]

    /// Values in the order of their numbers from 0.
    init(_ values: [(name: String, value: Value)]) {
        self.values = values
    }

    func value(number: Int64) -> Value? {
        guard let index = Int(exactly: number), values.indices.contains(index) else { return nil }
        return values[index].value
    }

    /// The value of a name, in any case; the common prefix may be missing.
    func value(name: String) -> Value? {
        let upper = name.uppercased()
        return values.first { $0.name == upper || $0.name.hasSuffix("_" + upper) }?.value
    }
}

extension EnumNames where Value == OTelSpanKind {
    static var spanKinds: EnumNames<OTelSpanKind> { spanKindNames }
}

extension EnumNames where Value == SpanStatus.Code {
    static var statusCodes: EnumNames<SpanStatus.Code> { statusCodeNames }
}

private let spanKindNames = EnumNames<OTelSpanKind>([
    ("SPAN_KIND_UNSPECIFIED", .unspecified), ("SPAN_KIND_INTERNAL", .internal), ("SPAN_KIND_SERVER", .server),
    ("SPAN_KIND_CLIENT", .client), ("SPAN_KIND_PRODUCER", .producer), ("SPAN_KIND_CONSUMER", .consumer),
])

private let statusCodeNames = EnumNames<SpanStatus.Code>([
    ("STATUS_CODE_UNSET", .unset), ("STATUS_CODE_OK", .ok), ("STATUS_CODE_ERROR", .error),
])
