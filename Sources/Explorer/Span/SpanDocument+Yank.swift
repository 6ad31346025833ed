package import Canvas

extension SpanDocument {
    /// The whole text under the cursor: a message's part, an attribute's value, an event's body.
    ///
    /// The text is raw: whoever hands it to a terminal wraps it so that it is data there.
    package func yankText(state: SpanViewState, size: Size) -> String {
        let (walker, cursor) = place(state, size)
        let block = walker.page.blocks[cursor.block]
        return block.body?.text ?? walker.display(cursor.block, 0).text
    }

    /// The innermost value under the cursor: in JSON the string, number or container of the line, elsewhere the text.
    package func yankValue(state: SpanViewState, size: Size) -> String {
        let (walker, cursor) = place(state, size)
        guard case .json(let outline) = walker.shownBody(cursor.block) else {
            return yankText(state: state, size: size)
        }
        return outline.value(of: cursor.line)
    }

    private func place(_ state: SpanViewState, _ size: Size) -> (SpanWalker, SpanPosition) {
        var walker = state.walker(document: self, columns: size.columns)
        let cursor = walker.settled(state.page.cursor)
        return (walker, cursor)
    }
}
