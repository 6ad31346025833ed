package import TraceModel
import TraceStore

/// The caller's span, as the header `traceparent` of W3C Trace Context names it.
package struct TraceContext: Equatable, Sendable {
    package let traceID: TraceID
    package let spanID: SpanID
    package let flags: UInt8

    package init(traceID: TraceID, spanID: SpanID, flags: UInt8) {
        self.traceID = traceID
        self.spanID = spanID
        self.flags = flags
    }

    /// Reads a header by the rules of W3C Trace Context, level 1, §3.2; nil for what they call invalid.
    ///
    /// A version above 00 may have more fields, which are ignored.
    package init?(header: String) {
        let fields = header.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count >= 4, fields.prefix(4).allSatisfy({ $0.allSatisfy(Self.isLowercaseHex) }) else { return nil }
        let version = String(Substring(fields[0]))
        guard version.utf8.count == 2, version != "ff", version != "00" || fields.count == 4,
            let traceID = TraceID(hex: String(Substring(fields[1]))), traceID.isValid,
            let spanID = SpanID(hex: String(Substring(fields[2]))), spanID.isValid,
            fields[3].count == 2, let flags = UInt8(String(Substring(fields[3])), radix: 16)
        else { return nil }
        self.init(traceID: traceID, spanID: spanID, flags: flags)
    }

    /// The header in version 00.
    package var header: String {
        let hex = String(flags, radix: 16)
        return "00-\(traceID.hex)-\(spanID.hex)-\(hex.count < 2 ? "0" : "")\(hex)"
    }

    private static func isLowercaseHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}

extension TraceID {
    /// A valid identifier out of the system's randomness.
    static func random() -> TraceID {
        TraceID(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
    }
}

extension SpanID {
    /// A valid identifier out of the system's randomness.
    static func random() -> SpanID {
        SpanID(.random(in: 1 ... .max))
    }
}

/// The trace of all calls of one session.
enum SessionTrace {
    /// The same session gives the same trace, whenever and wherever it is recorded.
    static func id(of session: String) -> TraceID {
        var high = ContentDigest()
        high.add("spandrel session high")
        high.add(session)
        var low = ContentDigest()
        low.add("spandrel session low")
        low.add(session)
        let id = TraceID(high: UInt64(bitPattern: high.value), low: UInt64(bitPattern: low.value))
        return id.isValid ? id : TraceID(high: 1, low: 1)
    }
}
