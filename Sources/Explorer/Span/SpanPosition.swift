/// A row of a page of the span view: a block, a line in it, and a row of that line once wrapped.
package struct SpanPosition: Hashable, Sendable, Comparable {
    var block: Int
    var line: Int
    var row: Int

    init(block: Int = 0, line: Int = 0, row: Int = 0) {
        self.block = block
        self.line = line
        self.row = row
    }

    package static func < (a: SpanPosition, b: SpanPosition) -> Bool {
        (a.block, a.line, a.row) < (b.block, b.line, b.row)
    }
}
