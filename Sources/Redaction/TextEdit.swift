/// A stretch of a text and what takes its place.
struct TextEdit {
    var range: Range<Int>
    /// The label of the rule.
    var label: String
    var replacement: [UInt8]
}

extension [TextEdit] {
    /// The bytes with these edits made, which are in order and do not overlap.
    func applied(to bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for edit in self {
            result.append(contentsOf: bytes[position..<edit.range.lowerBound])
            result.append(contentsOf: edit.replacement)
            position = edit.range.upperBound
        }
        result.append(contentsOf: bytes[position...])
        return result
    }

    /// These edits and those of others that overlap none of them; both are in order.
    func joined(with others: [TextEdit]) -> [TextEdit] {
        if others.isEmpty { return self }
        if isEmpty { return others }
        var result: [TextEdit] = []
        var next = 0
        for other in others {
            while next < count, self[next].range.upperBound <= other.range.lowerBound {
                result.append(self[next])
                next += 1
            }
            if next == count || self[next].range.lowerBound >= other.range.upperBound { result.append(other) }
        }
        return result + self[next...]
    }
}
