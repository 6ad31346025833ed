import Canvas

extension SpanViewState {
    /// Where a search starts and which way it goes.
    enum SearchStart {
        /// Forward, the cursor's row included.
        case here
        /// Forward from the row below the cursor.
        case below
        /// Backward from the row above the cursor.
        case above
    }

    /// Moves the cursor to the next hit, opening what hides it, around the end of the page.
    mutating func find(from start: SearchStart, document: SpanDocument, size: Size) {
        guard let pattern = SpanPattern(pattern) else { return }
        let finder = SpanFinder(page: document.page(tab), folds: page.folds, pattern: pattern)
        var walker = walker(document: document, columns: size.columns)
        let cursor = page.cursor
        // First the rows of the cursor's own line, then other lines.
        let rows = walker.hitRows(cursor.block, cursor.line, pattern)
        let sameLine =
            switch start {
            case .here: rows.first { $0 >= cursor.row }
            case .below: rows.first { $0 > cursor.row }
            case .above: rows.last { $0 < cursor.row }
            }
        if let row = sameLine {
            searchOutcome = .found
            land(block: cursor.block, line: cursor.line, row: row, document: document, size: size)
            return
        }
        let isBackward = start == .above
        let from = finder.bodyLine(cursor, isBackward: isBackward)
        if let hit = finder.next(from: from, isBackward: isBackward) {
            searchOutcome = .found
            land(hit, isBackward: isBackward, pattern, document: document, size: size)
        } else if let hit = finder.next(from: nil, isBackward: isBackward) {
            searchOutcome = .wrapped
            land(hit, isBackward: isBackward, pattern, document: document, size: size)
        } else {
            searchOutcome = .notFound
        }
    }

    private mutating func land(
        _ hit: SpanFinder.Line, isBackward: Bool, _ pattern: SpanPattern, document: SpanDocument, size: Size
    ) {
        page.folds = document.page(tab).revealing(hit, page.folds)
        var walker = walker(document: document, columns: size.columns)
        let rows = walker.hitRows(hit.block, hit.line, pattern)
        let row = (isBackward ? rows.last : rows.first) ?? 0
        land(block: hit.block, line: hit.line, row: row, document: document, size: size)
    }

    /// Puts the cursor on a row, opening the text that would hide it.
    private mutating func land(block: Int, line: Int, row: Int, document: SpanDocument, size: Size) {
        var walker = walker(document: document, columns: size.columns)
        if row >= walker.visibleRows(block, line), let (_, target) = walker.clippable(block, line),
            !page.folds.isOpen(target, proposed: false)
        {
            page.folds.toggle(target)
        }
        page.cursor = SpanPosition(block: block, line: line, row: row)
    }
}

extension SpanWalker {
    /// The rows of a line that hold the start of a hit.
    mutating func hitRows(_ block: Int, _ line: Int, _ pattern: SpanPattern) -> [Int] {
        let laid = laid(block, line)
        var found: Set<Int> = []
        if line == 0 {
            let it = page.blocks[block]
            if pattern.matches(it.gutter) || pattern.matches(it.note) { found.insert(0) }
        }
        for hit in pattern.hits(in: laid.display.text) {
            let row = laid.rows.lastIndex { $0.start <= hit.lowerBound } ?? 0
            found.insert(laid.gutter.count + row)
        }
        return found.sorted()
    }
}

extension SpanPage {
    /// The folds with everything open that hides a line.
    func revealing(_ hit: SpanFinder.Line, _ folds: SpanFolds) -> SpanFolds {
        var folds = folds
        if let header = blocks[hit.block].section, !isOpen(header, folds) { folds.toggle(.whole(header)) }
        if hit.isInBody, !isOpen(hit.block, folds) { folds.toggle(.whole(hit.block)) }
        guard isOpen(hit.block, folds), let outline = blocks[hit.block].body?.outline else { return folds }
        var line = hit.line
        while let parent = outline.parent(of: line) {
            let target = SpanFolds.Target(block: hit.block, line: parent)
            if folds.isClosedContainer(target, depth: outline.entries[parent].depth) { folds.toggle(target) }
            line = parent
        }
        return folds
    }
}
