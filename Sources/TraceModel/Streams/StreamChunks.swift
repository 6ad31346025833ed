/// The chunks of one stream, in order, as columns: a million of them take little more than their text.
public struct StreamChunks: Equatable, Sendable {
    /// Nanoseconds from the request, `unknownOffset` where no clock saw the chunk.
    public private(set) var offsets: [Int64] = []
    public private(set) var kinds: [ChunkKind] = []
    /// Where the text of each chunk ends in `text`.
    public private(set) var textEnds: [Int] = []
    /// The texts of all chunks, one after the other, as UTF-8.
    public private(set) var text: [UInt8] = []
    /// Empty while no chunk states a count; -1 for chunks that do not.
    package private(set) var tokenCounts: [Int32] = []
    /// Empty while every chunk belongs to choice 0.
    package private(set) var choices: [Int32] = []
    /// Empty while no chunk belongs to a call; -1 for chunks that do not, else a place in `toolCalls`.
    package private(set) var callIndexes: [Int32] = []
    /// The calls of the stream, in order of appearance.
    public private(set) var toolCalls: [StreamToolCall] = []

    /// Stands in `offsets` for a time that nobody measured.
    public static let unknownOffset = Int64.min

    public init() {}

    public init(_ chunks: some Sequence<StreamChunk>) {
        for chunk in chunks { append(chunk) }
    }

    /// Takes whole columns as they stand; `tokenCounts`, `choices` and `callIndexes` may be empty as told at each.
    ///
    /// All others have one entry a chunk, ends in `textEnds` ascend, and places in `callIndexes` lie in `toolCalls`.
    package init(
        offsets: [Int64], kinds: [ChunkKind], textEnds: [Int], text: [UInt8], tokenCounts: [Int32] = [],
        choices: [Int32] = [], callIndexes: [Int32] = [], toolCalls: [StreamToolCall] = []
    ) {
        self.offsets = offsets
        self.kinds = kinds
        self.textEnds = textEnds
        self.text = text
        self.tokenCounts = tokenCounts
        self.choices = choices
        self.callIndexes = callIndexes
        self.toolCalls = toolCalls
    }

    public mutating func reserveCapacity(_ count: Int, textBytes: Int = 0) {
        offsets.reserveCapacity(count)
        kinds.reserveCapacity(count)
        textEnds.reserveCapacity(count)
        text.reserveCapacity(textBytes)
    }

    /// Adds a chunk at the end; its sequence number is its place.
    public mutating func append(_ chunk: StreamChunk) {
        append(
            offsetNanos: chunk.offsetNanos, kind: chunk.kind, text: chunk.text.utf8, tokenCount: chunk.tokenCount,
            choiceIndex: chunk.choiceIndex, toolCall: chunk.toolCall)
    }

    /// Adds a chunk of which the text is at hand as valid UTF-8.
    public mutating func append(
        offsetNanos: Int64?,
        kind: ChunkKind,
        text bytes: some Sequence<UInt8>,
        tokenCount: Int? = nil,
        choiceIndex: Int = 0,
        toolCall: StreamToolCall? = nil
    ) {
        let before = offsets.count
        if let tokenCount = tokenCount.flatMap({ Int32(exactly: $0) }) {
            pad(&tokenCounts, to: before, with: -1)
            tokenCounts.append(tokenCount)
        } else if !tokenCounts.isEmpty {
            tokenCounts.append(-1)
        }
        if choiceIndex != 0 || !choices.isEmpty {
            pad(&choices, to: before, with: 0)
            choices.append(Int32(clamping: choiceIndex))
        }
        if let toolCall {
            pad(&callIndexes, to: before, with: -1)
            callIndexes.append(Int32(place(of: toolCall)))
        } else if !callIndexes.isEmpty {
            callIndexes.append(-1)
        }
        offsets.append(offsetNanos ?? Self.unknownOffset)
        kinds.append(kind)
        text.append(contentsOf: bytes)
        textEnds.append(text.count)
    }

    /// Gives every chunk another offset; `body` takes and returns nanoseconds, nil for none.
    public mutating func mapOffsets(_ body: (Int64?) -> Int64?) {
        for i in offsets.indices {
            let known = offsets[i] == Self.unknownOffset ? nil : offsets[i]
            offsets[i] = body(known) ?? Self.unknownOffset
        }
    }

    private func pad(_ column: inout [Int32], to count: Int, with value: Int32) {
        if column.count < count { column.append(contentsOf: repeatElement(value, count: count - column.count)) }
    }

    /// Calls are few and the last is the most likely.
    private mutating func place(of call: StreamToolCall) -> Int {
        if let place = toolCalls.lastIndex(of: call) { return place }
        toolCalls.append(call)
        return toolCalls.count - 1
    }

    /// The bytes of a chunk's text in `text`.
    public func textRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : textEnds[index - 1])..<textEnds[index]
    }

    public func offsetNanos(_ index: Int) -> Int64? {
        offsets[index] == Self.unknownOffset ? nil : offsets[index]
    }

    public func tokenCount(_ index: Int) -> Int? {
        tokenCounts.isEmpty || tokenCounts[index] < 0 ? nil : Int(tokenCounts[index])
    }

    public func choiceIndex(_ index: Int) -> Int {
        choices.isEmpty ? 0 : Int(choices[index])
    }

    public func toolCall(_ index: Int) -> StreamToolCall? {
        callIndexes.isEmpty || callIndexes[index] < 0 ? nil : toolCalls[Int(callIndexes[index])]
    }

    /// The text of some chunks, one after the other.
    public func text(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        let start = range.lowerBound == 0 ? 0 : textEnds[range.lowerBound - 1]
        return String(decoding: text[start..<textEnds[range.upperBound - 1]], as: UTF8.self)
    }
}

extension StreamChunks: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { offsets.count }

    public subscript(index: Int) -> StreamChunk {
        StreamChunk(
            sequence: index, offsetNanos: offsetNanos(index), kind: kinds[index],
            text: String(decoding: text[textRange(index)], as: UTF8.self), tokenCount: tokenCount(index),
            choiceIndex: choiceIndex(index), toolCall: toolCall(index))
    }
}
