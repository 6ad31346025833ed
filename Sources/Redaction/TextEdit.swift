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
}
