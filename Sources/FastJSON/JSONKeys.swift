/// Keys with what they mean, found by the bytes of a key.
package struct JSONKeys<Meaning: Sendable>: Sendable {
    package let byLength: [[(key: StaticString, meaning: Meaning)]]

    package init(_ keys: [(key: StaticString, meaning: Meaning)]) {
        let longest = keys.map(\.key.utf8CodeUnitCount).max() ?? 0
        byLength = (0...longest).map { length in keys.filter { $0.key.utf8CodeUnitCount == length } }
    }

    /// The meaning of a key; nil for unknown keys.
    @inlinable
    package subscript(_ key: UnsafeRawBufferPointer) -> Meaning? {
        guard key.count < byLength.count else { return nil }
        for (word, meaning) in byLength[key.count] where key.equals(word) { return meaning }
        return nil
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these are the bytes of a word.
    @inlinable
    package func equals(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount
            && elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}

extension Sequence<UInt8> {
    /// Whether the first byte that is no white space opens an object or an array.
    @inlinable package var opensContainer: Bool {
        guard let first = first(where: { $0 > 0x20 }) else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}
