/// One row of a stream's text as it is wrapped: a stretch of bytes, or the label of a block.
struct StreamRow: Equatable, Sendable {
    /// The place of a row in the whole text, whatever is shown of it.
    struct Address: Equatable, Sendable, Comparable {
        var block: Int
        /// The first byte; -1 for the label.
        var byte: Int

        static func < (a: Address, b: Address) -> Bool { (a.block, a.byte) < (b.block, b.byte) }
    }

    var block: Int
    /// The bytes of the row with the blanks or the newline that end it; empty for a label.
    var start: Int
    var end: Int
    /// Columns before the text, so that wrapped lines keep their indentation.
    var indent = 0
    var isLabel = false

    var address: Address { Address(block: block, byte: isLabel ? -1 : start) }
}
