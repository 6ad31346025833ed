import Glibc

/// The keys that a JSON object may have, with what they mean.
///
/// Producers write keys in the same order again and again, so the search starts behind the last hit.
struct FieldTable<Field: Sendable>: Sendable {
    private let entries: [(key: StaticString, field: Field)]

    init(_ entries: [(key: StaticString, field: Field)]) {
        self.entries = entries
    }

    /// The field of a key, nil for unknown keys.
    @inline(__always)
    func find(_ key: UnsafeRawBufferPointer, from hint: inout Int) -> Field? {
        guard let start = key.baseAddress else { return nil }
        for step in 0..<entries.count {
            var index = hint + step
            if index >= entries.count { index -= entries.count }
            let word = entries[index].key
            if word.utf8CodeUnitCount == key.count && memcmp(word.utf8Start, start, key.count) == 0 {
                hint = index + 1 < entries.count ? index + 1 : 0
                return entries[index].field
            }
        }
        return nil
    }
}
