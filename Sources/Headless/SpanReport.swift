package import TraceQuery

/// A span with its payload and its place in the tree.
package struct SpanReport: Sendable {
    package var line: TreeLine
    package var detail: SpanDetail

    package init(line: TreeLine, detail: SpanDetail) {
        self.line = line
        self.detail = detail
    }
}
