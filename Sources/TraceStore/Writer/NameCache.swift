/// The references of texts that the writer met lately, keyed by their exact bytes.
///
/// Swift compares strings by canonical equivalence, under which two spellings of `é` are one; the database must keep
/// them apart.
struct NameCache {
    private struct Key: Hashable {
        let text: String

        static func == (a: Key, b: Key) -> Bool {
            a.text.hasSameBytes(as: b.text)
        }

        func hash(into hasher: inout Hasher) {
            let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
                hasher.combine(bytes: UnsafeRawBufferPointer($0))
            }
            if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
        }
    }

    private var references: [Key: Int32] = [:]
    private var texts: [Int32: String] = [:]
    private var byteCount = 0
    /// What the cache may hold before it starts over, in bytes of text.
    private let byteLimit = 8 << 20

    subscript(text: String) -> Int32? {
        references[Key(text: text)]
    }

    /// The text of a reference, where the cache has it.
    func text(of reference: Int32) -> String? {
        texts[reference]
    }

    mutating func insert(_ text: String, _ reference: Int32) {
        byteCount += text.utf8.count + 64
        if byteCount > byteLimit {
            removeAll()
            // A single text beyond the limit is not worth keeping.
            if text.utf8.count > byteLimit { return }
            byteCount = text.utf8.count + 64
        }
        references[Key(text: text)] = reference
        texts[reference] = text
    }

    mutating func removeAll() {
        references.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        byteCount = 0
    }
}
