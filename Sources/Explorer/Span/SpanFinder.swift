/// Reads through a page for a pattern, whatever is open or closed.
struct SpanFinder {
    /// A line of a block.
    struct Line: Equatable, Sendable {
        var block: Int
        var line: Int
        /// The line is one of the body's, not the brief form that stands for it.
        var isInBody: Bool
    }

    let page: SpanPage
    let folds: SpanFolds
    let pattern: SpanPattern

    /// The line under a cursor, as a place to start from.
    func bodyLine(_ cursor: SpanPosition, isBackward: Bool) -> Line {
        let isInBody = searchesBody(cursor.block)
        // Where the body of a closed block is searched, its brief form stands before all of it.
        let line = isInBody && !page.isOpen(cursor.block, folds) ? -1 : cursor.line
        return Line(block: cursor.block, line: line, isInBody: isInBody)
    }

    /// The next line with a hit after (or before) a line; from the start (or end) of the page without one.
    func next(from start: Line?, isBackward: Bool) -> Line? {
        let blocks = page.blocks.count
        var block = start?.block ?? (isBackward ? blocks - 1 : 0)
        var after = start?.line
        while block >= 0, block < blocks {
            if let line = isBackward ? last(block, before: after) : first(block, after: after) { return line }
            after = nil
            block += isBackward ? -1 : 1
        }
        return nil
    }

    /// True when the lines of a block's body are searched, open or not.
    private func searchesBody(_ block: Int) -> Bool {
        let it = page.blocks[block]
        return it.body != nil && (it.brief == nil || !it.isBriefWhole || page.isOpen(block, folds))
    }

    private func first(_ block: Int, after: Int?) -> Line? {
        let start = (after ?? -1) + 1
        guard searchesBody(block), let body = page.blocks[block].body else {
            return after == nil && (headMatches(block) || briefMatches(block))
                ? Line(block: block, line: 0, isInBody: false) : nil
        }
        if after == nil, headMatches(block) { return Line(block: block, line: 0, isInBody: false) }
        switch body.lines {
        case .text(let lines):
            guard start < lines.count,
                let hit = pattern.first(in: lines.text, from: lines.range(of: start).lowerBound)
            else { return nil }
            return Line(block: block, line: lines.line(at: hit.lowerBound), isInBody: true)
        case .json(let outline):
            var line = start
            while line < outline.count {
                if matches(outline, line) { return Line(block: block, line: line, isInBody: true) }
                line += 1
            }
            return nil
        }
    }

    private func last(_ block: Int, before: Int?) -> Line? {
        let count = page.blocks[block].lineCount(isOpen: searchesBody(block))
        var line = min(before ?? count, count) - 1
        guard line >= 0 else { return nil }
        if searchesBody(block), let body = page.blocks[block].body {
            switch body.lines {
            case .text(let lines):
                while line >= 0 {
                    let range = lines.range(of: line)
                    if pattern.first(in: lines.text, from: range.lowerBound, before: range.upperBound) != nil {
                        return Line(block: block, line: line, isInBody: true)
                    }
                    line -= 1
                }
            case .json(let outline):
                while line >= 0 {
                    if matches(outline, line) { return Line(block: block, line: line, isInBody: true) }
                    line -= 1
                }
            }
            return headMatches(block) ? Line(block: block, line: 0, isInBody: false) : nil
        }
        return headMatches(block) || briefMatches(block) ? Line(block: block, line: 0, isInBody: false) : nil
    }

    private func matches(_ outline: JSONOutline, _ line: Int) -> Bool {
        if pattern.isWord {
            // A word stands in the source as it stands on the screen, escapes aside.
            let start = outline.start(of: line)
            let end = line + 1 < outline.count ? outline.start(of: line + 1) : outline.text.utf8.count
            if pattern.first(in: outline.text, from: start, before: end) == nil,
                !outline.decodes || !outline.hasEscape(in: start..<end)
            {
                return false
            }
        }
        return pattern.matches(outline.display(line, isClosed: false, ellipsis: "").text)
    }

    private func headMatches(_ block: Int) -> Bool {
        let it = page.blocks[block]
        return pattern.matches(it.gutter) || pattern.matches(it.note) || pattern.matches(it.lead)
    }

    private func briefMatches(_ block: Int) -> Bool {
        page.blocks[block].brief.map { pattern.matches($0.text) } ?? false
    }
}
