import Glibc

/// Finds many literals in one pass over a text.
///
/// Of each literal the three neighbouring bytes that are rarest in text stand in a hashed set of bits. The pass asks
/// the set for six positions at a time, without a branch for each; what it answers yes to is compared with the
/// literals. Literals shorter than three bytes are looked for byte by byte.
struct LiteralScanner: Sendable {
    struct Literal: Sendable {
        var bytes: [UInt8]
        var ignoresCase: Bool
        /// What the caller knows the literal by.
        var owner: Int
    }

    struct Hit {
        var owner: Int
        var start: Int
    }

    private struct Entry: Sendable {
        var literal: Int
        var offset: Int
        /// The next entry with the same hash; -1 for none.
        var next: Int
    }

    private let literals: [Literal]
    private var bits = [UInt64](repeating: 0, count: 1 << 10)
    private var entryOfHash = [Int16](repeating: -1, count: 1 << 16)
    private var entries: [Entry] = []
    /// The short literals by their first byte, in both cases where that is ignored.
    private var short: [(byte: UInt8, literal: Int)] = []

    init(_ literals: [Literal]) {
        self.literals = literals
        for (number, literal) in literals.enumerated() {
            guard literal.bytes.count >= 3 else {
                for byte in Self.cases(literal) { short.append((byte, number)) }
                continue
            }
            let offset = Self.rarest(literal.bytes)
            let window = literal.bytes[offset..<(offset + 3)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let hash = Int(Self.hash(window))
            bits[hash >> 6] |= 1 << UInt64(hash & 63)
            entries.append(Entry(literal: number, offset: offset, next: Int(entryOfHash[hash])))
            entryOfHash[hash] = Int16(truncatingIfNeeded: entries.count - 1)
        }
    }

    /// All places of all literals, ordered by where they start.
    func hits(in bytes: UnsafeBufferPointer<UInt8>) -> [Hit] {
        var hits: [Hit] = []
        if !entries.isEmpty { scan(bytes, &hits) }
        for (byte, literal) in short {
            forEach(byte, in: bytes) { position in
                if isLiteral(literal, in: bytes, at: position) {
                    hits.append(Hit(owner: literals[literal].owner, start: position))
                }
            }
        }
        let isSorted = zip(hits, hits.dropFirst()).allSatisfy { $0.start <= $1.start }
        if !isSorted { hits.sort { ($0.start, $0.owner) < ($1.start, $1.owner) } }
        return hits
    }

    private func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ hits: inout [Hit]) {
        guard bytes.count >= 3, let base = bytes.baseAddress else { return }
        let raw = UnsafeRawPointer(base)
        var position = 0
        bits.withUnsafeBufferPointer { bits in
            while position + 8 <= bytes.count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                var any = Self.isSet(bits, word) | Self.isSet(bits, word >> 8) | Self.isSet(bits, word >> 16)
                any |= Self.isSet(bits, word >> 24) | Self.isSet(bits, word >> 32) | Self.isSet(bits, word >> 40)
                if any & 1 == 1 {
                    for offset in 0..<6 where Self.isSet(bits, word >> UInt64(8 * offset)) & 1 == 1 {
                        resolve(bytes, at: position + offset, &hits)
                    }
                }
                position += 6
            }
        }
        while position + 3 <= bytes.count {
            resolve(bytes, at: position, &hits)
            position += 1
        }
    }

    @inline(__always)
    private static func isSet(_ bits: UnsafeBufferPointer<UInt64>, _ word: UInt64) -> UInt64 {
        let hash = Int(hash(UInt32(truncatingIfNeeded: word)))
        return bits[hash >> 6] >> UInt64(hash & 63)
    }

    /// A hash of three bytes in the lower bits, the same for both cases of a letter.
    @inline(__always)
    private static func hash(_ window: UInt32) -> UInt32 {
        (((window | 0x20_2020) & 0xFF_FFFF) &* 0x9E37_79B1) >> 16
    }

    private func resolve(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int, _ hits: inout [Hit]) {
        let window = UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2]) << 16
        var number = Int(entryOfHash[Int(Self.hash(window))])
        while number >= 0 {
            let entry = entries[number]
            let start = position - entry.offset
            if start >= 0, isLiteral(entry.literal, in: bytes, at: start) {
                hits.append(Hit(owner: literals[entry.literal].owner, start: start))
            }
            number = entry.next
        }
    }

    private func isLiteral(_ number: Int, in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        let literal = literals[number]
        guard start + literal.bytes.count <= bytes.count else { return false }
        for (offset, byte) in literal.bytes.enumerated() {
            let found = bytes[start + offset]
            guard found == byte || (literal.ignoresCase && Self.lowercased(found) == Self.lowercased(byte)) else {
                return false
            }
        }
        return true
    }

    private func forEach(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
        guard let base = bytes.baseAddress else { return }
        var position = 0
        while let found = memchr(base + position, Int32(byte), bytes.count - position) {
            let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            body(place)
            position = place + 1
        }
    }

    private static func cases(_ literal: Literal) -> [UInt8] {
        guard let first = literal.bytes.first else { return [] }
        let lower = lowercased(first)
        guard literal.ignoresCase, (0x61...0x7A).contains(lower) else { return [first] }
        return [lower, lower - 0x20]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }

    /// Where the three bytes of a literal start that are the rarest in text.
    private static func rarest(_ bytes: [UInt8]) -> Int {
        let costs = bytes.map { byte in
            commonest.firstIndex(of: lowercased(byte)).map { 30 - $0 } ?? 1
        }
        let starts = 0...(bytes.count - 3)
        return starts.min { costs[$0] + costs[$0 + 1] + costs[$0 + 2] < costs[$1] + costs[$1 + 1] + costs[$1 + 2] } ?? 0
    }

    /// Characters of English and JSON, the commonest first.
    private static let commonest = Array(" etaoinshrdlu\"cm:/fwyp,vbg.k-".utf8)
}
