/// The rules without literals, by the bytes that their matches start with.
struct UnguidedRules: Sendable {
    /// For each byte the place of its rules in `groups`; 0 for none.
    private var groupOfByte = [UInt8](repeating: 0, count: 256)
    private var groups: [[Int]] = [[]]

    /// `rules` are numbers with the bytes that matches start with.
    init(_ rules: [(index: Int, firstBytes: ByteSet)]) {
        var numbers: [[Int]: UInt8] = [[]: 0]
        for byte in UInt8.min...UInt8.max {
            let group = rules.filter { $0.firstBytes.contains(byte) }.map(\.index)
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
                if group != 0 { return group }
                position += 1
            }
            return 0
        }
        return group == 0 ? nil : (position, groups[Int(group)])
    }
}
