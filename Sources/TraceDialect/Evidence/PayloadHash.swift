import Basics
import FastJSON

/// Digests of texts and of JSON values, stable over runs and machines.
///
/// FNV-1a with 64 bits over bytes, mixed at the end.
enum PayloadHash {
    static func text(_ bytes: some Sequence<UInt8>) -> UInt64 {
        StableHash.mixed(StableHash.fnv(bytes))
    }

    /// Digests of the first 1 KiB, 2 KiB, 4 KiB … bytes, as far as the text reaches.
    static func prefixes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt64] {
        var prefixes: [UInt64] = []
        var next = 1024
        guard bytes.count >= next else { return prefixes }
        var hash = StableHash.fnvOffset
        var start = 0
        while next <= bytes.count {
            hash = StableHash.fnv(bytes[start..<next], from: hash)
            prefixes.append(StableHash.mixed(hash))
            (start, next) = (next, next * 2)
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
        case .int(let number): StableHash.mixed(UInt64(bitPattern: number) &+ StableHash.goldenRatio)
        case .double(let number):
            if let whole = Int64(exactly: number) {
                StableHash.mixed(UInt64(bitPattern: whole) &+ StableHash.goldenRatio)
            } else {
                StableHash.mixed(number.bitPattern)
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
                sum &+= StableHash.mixed(key ^ (digest &* StableHash.goldenRatio))
            } else {
                sum = StableHash.mixed(sum &* 31 ^ digest)
            }
        }

        var digest: UInt64 { StableHash.mixed(sum) }
    }
}
