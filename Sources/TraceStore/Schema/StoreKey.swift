/// Keys of what belongs to a trace: the key of the trace above, a number within the trace below.
///
/// So all rows of a trace lie together in the order of their arrival, and the key of a span tells its trace. Log records
/// take numbers from the same sequence for their text, which is why the text index needs no mapping.
package enum StoreKey {
    /// The bits of the number within a trace.
    package static let numberBits: Int64 = 28
    /// The most spans and log texts that one trace can hold.
    package static let maximumNumber: Int64 = 1 << numberBits - 1

    @inline(__always)
    package static func span(trace: Int64, number: Int64) -> Int64 {
        trace << numberBits | number
    }

    @inline(__always)
    package static func trace(ofSpan key: Int64) -> Int64 {
        key >> numberBits
    }

    /// The number within its trace.
    @inline(__always)
    package static func number(ofSpan key: Int64) -> Int32 {
        Int32(truncatingIfNeeded: key & maximumNumber)
    }

    /// The keys that the spans of a trace can have.
    package static func spans(ofTrace key: Int64) -> ClosedRange<Int64> {
        span(trace: key, number: 0)...span(trace: key, number: maximumNumber)
    }
}
