import TraceModel

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

    /// These edits and those of others; where they overlap, the one that begins first or is longer counts, and what
    /// sticks out of it is cut off.
    func merged(with others: [TextEdit]) -> [TextEdit] {
        if others.isEmpty { return self }
        if isEmpty { return others }
        var result: [TextEdit] = []
        let sorted = (self + others).sorted {
            ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
        }
        for edit in sorted {
            guard let last = result.last, edit.range.lowerBound < last.range.upperBound else {
                result.append(edit)
                continue
            }
            // One edit takes both away.
            let end = Swift.max(last.range.upperBound, edit.range.upperBound)
            result[result.count - 1].range = last.range.lowerBound..<end
        }
        return result
    }
}

/// Texts that a reader sees as one: the chunks of an answer, the parts of a message.
struct TextLane {
    /// The texts, one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where each of them ends.
    private(set) var ends: [Int] = []

    mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }

    /// The bytes of one text.
    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// Makes edits of the whole: the replacement stands in the text where the edit begins, others lose their part.
    mutating func apply(_ edits: [TextEdit]) {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        var next = 0
        for index in ends.indices {
            let end = ends[index]
            while position < end {
                guard next < edits.count, edits[next].range.lowerBound <= position else {
                    let stop = next < edits.count ? min(end, edits[next].range.lowerBound) : end
                    result.append(contentsOf: bytes[position..<stop])
                    position = stop
                    continue
                }
                let edit = edits[next]
                if edit.range.lowerBound == position { result.append(contentsOf: edit.replacement) }
                position = min(end, edit.range.upperBound)
                if position == edit.range.upperBound { next += 1 }
            }
            ends[index] = result.count
        }
        bytes = result
    }
}

extension Redactor {
    /// Redacts texts as the one that they are together; false where nothing is replaced.
    func redact(_ lane: inout TextLane, _ counts: inout RedactionCounts) -> Bool {
        var isChanged = false
        for _ in 0..<RedactorLimits.rounds {
            let edits = lane.bytes.withUnsafeBufferPointer { self.edits(in: $0) }
            guard !edits.isEmpty else { break }
            lane.apply(edits)
            counts.add(edits)
            isChanged = true
        }
        return isChanged
    }
}
