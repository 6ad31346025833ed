/// Keys of the blocks of a stream: the key of the stream above, the number of the block below.
package enum StreamKey {
    package static let blockBits: Int64 = 24
    /// The most chunks that one stream can hold: some 17 thousand million.
    static let maximumBlock: Int64 = 1 << blockBits - 1

    package static func block(stream: Int64, number: Int64) -> Int64 {
        stream << blockBits | number
    }

    /// The keys that the blocks of a stream can have.
    package static func blocks(ofStream key: Int64) -> ClosedRange<Int64> {
        block(stream: key, number: 0)...block(stream: key, number: maximumBlock)
    }
}
