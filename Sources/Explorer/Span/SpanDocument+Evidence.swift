package import TraceModel

extension SpanDocument {
    /// The span that the line of evidence under the cursor names; nil on other lines.
    package func target(_ state: SpanViewState) -> SpanID? {
        let blocks = page(state.tab).blocks
        let block = state.page.cursor.block
        return blocks.indices.contains(block) ? blocks[block].target : nil
    }
}
