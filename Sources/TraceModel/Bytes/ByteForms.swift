extension ByteWriter {
    /// A value that may be absent: one byte that says so, then the value.
    package mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        number(value == nil ? 0 : 1)
        if let value { write(&self, value) }
    }

    package mutating func list<Element>(_ elements: [Element], _ write: (inout ByteWriter, Element) -> Void) {
        number(UInt64(elements.count))
        for element in elements { write(&self, element) }
    }

    package mutating func flag(_ truth: Bool) { number(truth ? 1 : 0) }

    package mutating func integer(_ value: some BinaryInteger) { signed(Int64(clamping: value)) }

    package mutating func digest(_ digest: PayloadDigest) {
        number(UInt64(digest.content.rawValue) << 1 | (digest.saysTruncated ? 1 : 0))
        signed(Int64(digest.byteCount))
        number(UInt64(digest.forms.count))
        for form in digest.forms { word(form) }
        text(digest.preview)
        number(UInt64(digest.prefixes.count))
        for prefix in digest.prefixes { word(prefix) }
    }

    package mutating func evidence(_ evidence: FindingEvidence) {
        optional(evidence.spanID) { $0.word($1.rawValue) }
        text(evidence.label)
        text(evidence.value)
    }

    package mutating func call(_ id: String?, _ name: String?, _ payload: PayloadDigest?) {
        number((id == nil ? 0 : 1) | (name == nil ? 0 : 2) | (payload == nil ? 0 : 4))
        if let id { text(id) }
        if let name { text(name) }
        if let payload { digest(payload) }
    }
}

extension ByteReader {
    /// A value that may be absent; the outer nil means that the bytes do not fit.
    package mutating func optional<Value>(_ read: (inout ByteReader) -> Value?) -> Value?? {
        switch number() {
        case 0: return .some(nil)
        case 1: return read(&self).map { .some($0) }
        default: return nil
        }
    }

    package mutating func flag() -> Bool? { number().map { $0 != 0 } }

    package mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) -> Value? {
        signed().map { Value(clamping: $0) }
    }

    /// The case of an enumeration with this raw value.
    package mutating func word<Case: RawRepresentable>(_: Case.Type = Case.self) -> Case? where Case.RawValue == Int {
        signed().flatMap { Case(rawValue: Int(clamping: $0)) }
    }

    package mutating func digest() -> PayloadDigest? {
        guard let head = number(), let content = PayloadDigest.Content(rawValue: Int(clamping: head >> 1)),
            let size = signed(), let forms = list({ $0.word() }), let preview = text(),
            let prefixes = list({ $0.word() })
        else { return nil }
        return PayloadDigest(
            content: content, byteCount: Int(clamping: size), forms: forms, preview: preview,
            saysTruncated: head & 1 != 0, prefixes: prefixes)
    }

    package mutating func evidence() -> FindingEvidence? {
        guard let span = optional({ $0.word() }), let label = text(), let value = text() else { return nil }
        return FindingEvidence(spanID: span.map { SpanID($0) }, label: label, value: value)
    }

    package mutating func call() -> (id: String?, name: String?, payload: PayloadDigest?)? {
        guard let flags = number(), flags < 8 else { return nil }
        var call: (id: String?, name: String?, payload: PayloadDigest?)
        if flags & 1 != 0 {
            guard let text = text() else { return nil }
            call.id = text
        }
        if flags & 2 != 0 {
            guard let text = text() else { return nil }
            call.name = text
        }
        if flags & 4 != 0 {
            guard let digest = digest() else { return nil }
            call.payload = digest
        }
        return call
    }

    package mutating func declaredCount() -> DeclaredCount? {
        guard let subject = number().flatMap({ DeclaredCount.Subject(rawValue: Int(clamping: $0)) }),
            let count = signed(), let key = text()
        else { return nil }
        return DeclaredCount(subject, count, key: key)
    }
}
