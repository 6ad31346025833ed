extension SpanViewState {
    /// What the cursor can open or close, innermost first, and whether it is open.
    private func foldTarget(_ walker: inout SpanWalker) -> (target: SpanFolds.Target, isOpen: Bool)? {
        let cursor = page.cursor
        let block = walker.page.blocks[cursor.block]
        let whole = SpanFolds.Target.whole(cursor.block)
        if block.sectionEnd != nil { return (whole, walker.isOpen(cursor.block)) }
        if block.isFoldable, !walker.isOpen(cursor.block) { return (whole, false) }
        if case .json(let outline) = walker.shownBody(cursor.block) {
            var line = cursor.line
            if outline.entries[line].kind.closes { line = Int(outline.entries[line].jump) }
            if outline.entries[line].kind.opens {
                if outline.entries[line].depth == 0, block.brief != nil { return (whole, true) }
                return (
                    SpanFolds.Target(block: cursor.block, line: line), !walker.isClosedContainer(cursor.block, line)
                )
            }
        }
        if let (group, target) = walker.clippable(cursor.block, cursor.line),
            walker.isLongerThanClip(cursor.block, group)
        {
            return (target, page.folds.isOpen(target, proposed: false))
        }
        if case .text = walker.shownBody(cursor.block), block.brief != nil { return (whole, true) }
        return nil
    }

    mutating func toggleFold(_ walker: inout SpanWalker) {
        guard let (target, isOpen) = foldTarget(&walker) else { return }
        set(target, wasOpen: isOpen)
    }

    mutating func fold(_ walker: inout SpanWalker) {
        if let (target, isOpen) = foldTarget(&walker), isOpen {
            set(target, wasOpen: true)
            return
        }
        // Nothing to close here: go to what encloses the line.
        let cursor = page.cursor
        if case .json(let outline) = walker.shownBody(cursor.block), let parent = outline.parent(of: cursor.line) {
            page.cursor = SpanPosition(block: cursor.block, line: parent)
        } else if cursor.line > 0 || cursor.row > 0 {
            page.cursor = SpanPosition(block: cursor.block)
        } else if let header = walker.page.blocks[cursor.block].section {
            page.cursor = SpanPosition(block: header)
        }
    }

    mutating func unfold(_ walker: inout SpanWalker) {
        guard let (target, isOpen) = foldTarget(&walker) else { return }
        if !isOpen {
            set(target, wasOpen: false)
        } else if walker.page.blocks[page.cursor.block].sectionEnd != nil {
            page.cursor = walker.nextBlock(page.cursor.block).map { SpanPosition(block: $0) } ?? page.cursor
        } else if walker.shownBody(page.cursor.block) != nil, let below = walker.next(page.cursor),
            below.block == page.cursor.block
        {
            page.cursor = below
        }
    }

    /// Opens or closes; what closes draws the cursor to its first line.
    private mutating func set(_ target: SpanFolds.Target, wasOpen: Bool) {
        page.folds.toggle(target)
        if wasOpen || target.isWhole {
            page.cursor = SpanPosition(block: target.block, line: max(0, target.line))
        }
    }
}
