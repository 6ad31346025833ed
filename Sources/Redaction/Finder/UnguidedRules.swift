/// The rules without literals, by the bytes that their matches start with.
struct UnguidedRules: Sendable {
    /// For each byte the place of its rules in `groups`; 0 for none.
    private var groupOfByte = [UInt8](repeating: 0, count: 256)
    private var groups: [[Int]] = [[]]
    /// The bytes that may stand before none of their matches.
    private let forbiddenBefore: ByteSet

    init(_ rules: [(index: Int, rule: CompiledRule)]) {
        forbiddenBefore = rules.reduce(.all) { $0.intersection($1.rule.forbiddenBefore) }
        var numbers: [[Int]: UInt8] = [[]: 0]
        for byte in UInt8.min...UInt8.max {
            let group = rules.filter { $0.rule.firstBytes.contains(byte) }.map(\.index)
            // There are 255 groups at most beside the empty one.
            let number = numbers[group] ?? UInt8(truncatingIfNeeded: groups.count)
            if numbers[group] == nil {
                numbers[group] = number
                groups.append(group)
            }
            groupOfByte[Int(byte)] = number
        }
    }

    var isEmpty: Bool { groups.count == 1 }

    /// The next position at which a match may start, with the rules that it may be of.
    func nextStart(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (position: Int, rules: [Int])? {
        var position = start
        let group: UInt8 = groupOfByte.withUnsafeBufferPointer { groupOfByte in
            while position < bytes.count {
                let group = groupOfByte[Int(bytes[position])]
                if group != 0, mayStart(in: bytes, at: position) { return group }
                position += 1
            }
            return 0
        }
        return group == 0 ? nil : (position, groups[Int(group)])
    }

    /// False within words and numbers that no rule may start in, which most positions are.
    @inline(__always)
    private func mayStart(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position > 0, forbiddenBefore.contains(bytes[position - 1]) else { return true }
        return EscapedText.isEscapeEnd(in: bytes, before: position)
    }
}
