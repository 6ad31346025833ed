import TraceModel

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
