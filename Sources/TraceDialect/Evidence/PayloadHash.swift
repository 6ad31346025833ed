import FastJSON

/// Digests of texts and of JSON values, stable over runs and machines.
///
/// FNV-1a with 64 bits over bytes, mixed at the end. Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash
/// Algorithm", RFC 9923; the last mixing is that of MurmurHash3 (public domain).
enum PayloadHash {
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    static func text(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = offset
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* prime }
        return mixed(hash)
    }

    /// Digests of the first 1 KiB, 2 KiB, 4 KiB … bytes, as far as the text reaches.
    static func prefixes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt64] {
        var prefixes: [UInt64] = []
        var next = 1024
        guard bytes.count >= next else { return prefixes }
        var hash = offset
        for (index, byte) in bytes.enumerated() {
            hash = (hash ^ UInt64(byte)) &* prime
            if index + 1 == next {
                prefixes.append(mixed(hash))
                next *= 2
            }
        }
        return prefixes
    }

    /// A digest in which neither white space nor the order of keys counts, and numbers count by value.
    ///
    /// A text digests as its own characters do, so that `"a"` in JSON and a bare `a` are alike. A stack takes the place
    /// of recursion.
    static func value(_ value: JSONValue) -> UInt64 {
        var frames: [Frame] = []
        var current = value
        while true {
            var done: UInt64
            switch current {
            case .array(let elements):
                frames.append(Frame(elements: elements))
                done = 0
            case .object(let members):
                frames.append(Frame(members: members))
                done = 0
            default:
                done = scalar(current)
                guard !frames.isEmpty else { return done }
                frames[frames.count - 1].add(done)
            }
            while true {
                if let child = frames[frames.count - 1].next() {
                    current = child
                    break
                }
                done = frames.removeLast().digest
                guard !frames.isEmpty else { return done }
                frames[frames.count - 1].add(done)
            }
        }
    }

    private static func scalar(_ value: JSONValue) -> UInt64 {
        switch value {
        case .string(let text): Self.text(trimmed(text))
        case .bool(let truth): truth ? 0x51 : 0x52
        case .int(let number): mixed(UInt64(bitPattern: number) &+ 0x9E37_79B9_7F4A_7C15)
        case .double(let number):
            if let whole = Int64(exactly: number) {
                mixed(UInt64(bitPattern: whole) &+ 0x9E37_79B9_7F4A_7C15)
            } else {
                mixed(number.bitPattern)
            }
        default: 0x50
        }
    }

    /// The bytes of a text without white space at its ends.
    static func trimmed(_ text: String) -> Substring.UTF8View {
        var bytes = text[...].utf8
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes
    }

    static func mixed(_ value: UInt64) -> UInt64 {
        var hash = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }

    private struct Frame {
        private var elements: [JSONValue] = []
        private var members: [JSONMember] = []
        private var index = 0
        private var key: UInt64 = 0
        private let isObject: Bool
        private var sum: UInt64

        init(elements: [JSONValue]) {
            self.elements = elements
            isObject = false
            sum = 0x5B
        }

        init(members: [JSONMember]) {
            self.members = members
            isObject = true
            sum = 0x7B
        }

        mutating func next() -> JSONValue? {
            defer { index += 1 }
            // A bare nil would be read as JSON's null.
            guard index < (isObject ? members.count : elements.count) else { return .none }
            guard isObject else { return elements[index] }
            key = PayloadHash.text(members[index].key.utf8)
            return members[index].value
        }

        mutating func add(_ digest: UInt64) {
            if isObject {
                // A sum: the order of keys says nothing.
                sum &+= PayloadHash.mixed(key ^ (digest &* 0x9E37_79B9_7F4A_7C15))
            } else {
                sum = PayloadHash.mixed(sum &* 31 ^ digest)
            }
        }

        var digest: UInt64 { PayloadHash.mixed(sum) }
    }
}
