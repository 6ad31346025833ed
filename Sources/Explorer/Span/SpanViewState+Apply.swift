package import Canvas

extension SpanViewState {
    /// Applies what a key does, for a view of a size.
    ///
    /// The cost depends on the rows moved over, not on the size of the payload; a search reads on to the next hit.
    package mutating func apply(_ action: SpanViewAction, document: SpanDocument, size: Size) {
        _ = applied(action, document: document, size: size)
    }

    /// Applies an action and returns how many lines were laid out for it.
    mutating func applied(_ action: SpanViewAction, document: SpanDocument, size: Size) -> Int {
        let layout = SpanViewLayout(document: document, size: size)
        var walker = walker(document: document, columns: size.columns)
        step(action, &walker, layout, document: document, size: size)
        var laidOut = 0
        if tab != walker.page.tab || page.folds != walker.folds {
            laidOut = walker.laidOutLines
            walker = self.walker(document: document, columns: size.columns)
        }
        settle(&walker, height: max(1, layout.bodyRows))
        return laidOut + walker.laidOutLines
    }

    private mutating func step(
        _ action: SpanViewAction, _ walker: inout SpanWalker, _ layout: SpanViewLayout, document: SpanDocument,
        size: Size
    ) {
        let height = max(1, layout.bodyRows)
        page.cursor = walker.settled(page.cursor)
        switch action {
        case .move(let rows): page.cursor = walker.moved(page.cursor, by: rows)
        case .page(let pages):
            let rows = pages.multipliedReportingOverflow(by: max(1, height - 1))
            turn(by: rows.overflow ? (pages < 0 ? .min : .max) : rows.partialValue, &walker)
        case .halfPage(let halves):
            let rows = halves.multipliedReportingOverflow(by: max(1, height / 2))
            turn(by: rows.overflow ? (halves < 0 ? .min : .max) : rows.partialValue, &walker)
        case .scroll(let rows):
            page.top = walker.moved(walker.settled(page.top), by: rows)
            page.top = walker.filling(from: page.top, height: height)
            page.cursor = walker.clamped(page.cursor, from: page.top, height: height)
        case .point(let row):
            guard row >= layout.bodyRow, row < layout.bodyRow + layout.bodyRows else { break }
            page.cursor = walker.moved(walker.settled(page.top), by: row - layout.bodyRow)
        case .home: page.cursor = SpanPosition()
        case .end: page.cursor = walker.end()
        case .block(let blocks): moveBlock(by: blocks, &walker)
        case .showTab(let tab): show(tab)
        case .nextTab: show(by: 1)
        case .previousTab: show(by: -1)
        case .toggleFold: toggleFold(&walker)
        case .fold: fold(&walker)
        case .unfold: unfold(&walker)
        case .expandAll: page.folds.set(.allOpen)
        case .collapseAll: page.folds.set(.allClosed)
        case .toggleAll: page.folds.set(page.folds.rule == .allOpen ? .allClosed : .allOpen)
        case .search(let text):
            pattern = text
            searchOutcome = nil
            if !text.isEmpty { find(from: .here, document: document, size: size) }
        case .nextHit(let direction):
            if !pattern.isEmpty, direction != 0 {
                for _ in 0..<min(abs(max(direction, -1000)), 1000) {
                    find(from: direction > 0 ? .below : .above, document: document, size: size)
                }
            }
        }
    }

    /// Moves the cursor and what is visible by the same rows.
    private mutating func turn(by rows: Int, _ walker: inout SpanWalker) {
        page.top = walker.moved(walker.settled(page.top), by: rows)
        page.cursor = walker.moved(page.cursor, by: rows)
    }

    private mutating func show(_ tab: SpanTab) {
        self.tab = tab
        searchOutcome = nil
    }

    private mutating func show(by step: Int) {
        let count = SpanTab.allCases.count
        if let tab = SpanTab(rawValue: (tab.rawValue + step + count) % count) { show(tab) }
    }

    private mutating func moveBlock(by blocks: Int, _ walker: inout SpanWalker) {
        var left = blocks
        if left < 0, page.cursor != SpanPosition(block: page.cursor.block) {
            page.cursor = SpanPosition(block: page.cursor.block)
            left += 1
        }
        while left != 0 {
            guard let block = left > 0 ? walker.nextBlock(page.cursor.block) : walker.previousBlock(page.cursor.block)
            else { return }
            page.cursor = SpanPosition(block: block)
            left += left > 0 ? -1 : 1
        }
    }

    /// A walker over the page that is shown.
    func walker(document: SpanDocument, columns: Int) -> SpanWalker {
        SpanWalker(page: document.page(tab), folds: page.folds, columns: columns, metrics: document.metrics)
    }

    /// Puts cursor and top on visible rows, the cursor within what is shown.
    mutating func settle(_ walker: inout SpanWalker, height: Int) {
        page.cursor = walker.settled(page.cursor)
        page.top = walker.settled(page.top)
        // A step scrolls by a row; a jump puts the cursor in the middle.
        if page.cursor < page.top {
            let isNear = walker.rows(from: page.cursor, to: page.top, limit: height) != nil
            page.top = isNear ? page.cursor : walker.moved(page.cursor, by: -height / 2)
        } else if walker.rows(from: page.top, to: page.cursor, limit: height) == nil {
            let isNear = walker.rows(from: page.top, to: page.cursor, limit: 2 * height) != nil
            page.top = walker.moved(page.cursor, by: isNear ? 1 - height : -height / 2)
        }
        page.top = walker.filling(from: page.top, height: height)
    }
}
