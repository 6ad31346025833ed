import Canvas

/// Walks over the visible rows of a page and lays out only the lines that it touches.
struct SpanWalker {
    /// A line with its rows.
    struct LaidLine {
        var display: DisplayLine
        /// Rows of the gutter alone, above the text.
        var gutter: [WrappedRow]
        var rows: [WrappedRow]

        var count: Int { gutter.count + rows.count }
    }

    private struct LineKey: Hashable {
        var block: Int
        var line: Int
    }

    /// The most lines that are kept laid out.
    private static let cacheLimit = 1024

    let page: SpanPage
    let folds: SpanFolds
    let geometry: SpanGeometry
    let metrics: TextMetrics
    /// Lines laid out so far: the cost of what was done.
    private(set) var laidOutLines = 0
    private var cache: [LineKey: LaidLine] = [:]

    init(page: SpanPage, folds: SpanFolds, columns: Int, metrics: TextMetrics) {
        self.page = page
        self.folds = folds
        self.metrics = metrics
        geometry = SpanGeometry(page: page, columns: columns)
    }

    private var ellipsis: String { Glyphs.more(ascii: metrics.asciiOnly) }

    // MARK: What is open

    func isOpen(_ block: Int) -> Bool { page.isOpen(block, folds) }

    /// The body of a block where it is shown.
    func shownBody(_ block: Int) -> SpanText.Lines? {
        let it = page.blocks[block]
        guard let body = it.body, it.brief == nil || isOpen(block) else { return nil }
        return body.lines
    }

    func lineCount(_ block: Int) -> Int {
        page.blocks[block].lineCount(isOpen: isOpen(block))
    }

    /// True when a line opens a container whose lines are hidden.
    func isClosedContainer(_ block: Int, _ line: Int) -> Bool {
        guard case .json(let outline) = shownBody(block), line < outline.count, outline.entries[line].kind.opens
        else { return false }
        return isClosed(outline, block, line)
    }

    private func isClosed(_ outline: JSONOutline, _ block: Int, _ line: Int) -> Bool {
        folds.isClosedContainer(SpanFolds.Target(block: block, line: line), depth: outline.entries[line].depth)
    }

    /// The lines that are shown in part until the user asks for all; nil where there is no such choice.
    func clippable(_ block: Int, _ line: Int) -> (group: Range<Int>, target: SpanFolds.Target)? {
        switch shownBody(block) {
        case .text(let lines): return (0..<lines.count, .text(block))
        case .json(let outline):
            let group = outline.group(of: line)
            guard outline.entries[group.lowerBound].kind == .string else { return nil }
            return (group, SpanFolds.Target(block: block, line: group.lowerBound))
        case nil: return nil
        }
    }

    /// The group around a line, where it is shown in part.
    private func clipped(_ block: Int, _ line: Int) -> Range<Int>? {
        guard let (group, target) = clippable(block, line), !folds.isOpen(target, proposed: false) else { return nil }
        return group
    }

    /// The rows of a long text that are shown before the user asks for all.
    func clipRows(_ block: Int) -> Int {
        if folds.rule == .allClosed { return 1 }
        if case .json = shownBody(block) { return min(6, page.blocks[block].clipRows) }
        return page.blocks[block].clipRows
    }

    // MARK: Rows

    mutating func laid(_ block: Int, _ line: Int) -> LaidLine {
        let key = LineKey(block: block, line: line)
        if let known = cache[key] { return known }
        laidOutLines += 1
        let it = page.blocks[block]
        let display = display(block, line)
        var gutter: [WrappedRow] = []
        if line == 0, !it.gutter.isEmpty, isGutterStacked(it) {
            let columns = max(1, geometry.columns - geometry.margin - it.indent)
            let wrapper = RowWrapper(metrics: metrics, width: columns)
            gutter = Array(wrapper.rows(of: DisplayLine(it.gutter, role: it.gutterRole)).prefix(4))
        }
        let note = line == 0 ? noteColumns(it) : 0
        let wrapper = RowWrapper(
            metrics: metrics, width: geometry.text(it).columns, reserved: note > 0 ? note + 2 : 0)
        let laid = LaidLine(display: display, gutter: gutter, rows: wrapper.rows(of: display))
        if cache.count >= Self.cacheLimit { cache.removeAll(keepingCapacity: true) }
        cache[key] = laid
        return laid
    }

    func isGutterStacked(_ block: SpanBlock) -> Bool {
        geometry.isStacked || block.indent + metrics.columns(of: block.gutter) > geometry.gutterColumns
    }

    /// The columns that a block's note takes; 0 where it has none or there is no room.
    func noteColumns(_ block: SpanBlock) -> Int {
        if block.note.isEmpty { return 0 }
        let columns = metrics.columns(of: block.note)
        return columns + 2 <= geometry.textColumns / 2 ? columns : 0
    }

    /// What a line of a block shows, before wrapping.
    func display(_ block: Int, _ line: Int) -> DisplayLine {
        let it = page.blocks[block]
        var display: DisplayLine
        switch shownBody(block) {
        case .text(let lines): display = DisplayLine(lines.line(line), role: it.role)
        case .json(let outline):
            display = outline.display(line, isClosed: isClosedContainer(block, line), ellipsis: ellipsis)
        case nil: display = it.brief ?? DisplayLine()
        }
        if line == 0, !it.lead.isEmpty {
            var led = DisplayLine(indent: display.indent, hang: max(2, display.hang))
            led.append(it.lead, it.leadRole)
            if shownBody(block) != nil, !it.lead.hasSuffix(" ") { led.append(" ", it.leadRole) }
            led.append(display)
            display = led
        }
        return display
    }

    /// How many of a line's rows are visible; 0 for a line of a text that is shown in part.
    mutating func visibleRows(_ block: Int, _ line: Int) -> Int {
        let count = laid(block, line).count
        guard let group = clipped(block, line) else { return count }
        var left = clipRows(block) + laid(block, group.lowerBound).gutter.count
        var other = group.lowerBound
        while other < line {
            left -= laid(block, other).count
            if left <= 0 { return 0 }
            other += 1
        }
        return min(count, left)
    }

    /// True when a row is the last visible one of a text that goes on.
    mutating func isCut(_ position: SpanPosition) -> Bool {
        guard let group = clipped(position.block, position.line) else { return false }
        let count = laid(position.block, position.line).count
        guard position.row + 1 == visibleRows(position.block, position.line) else { return false }
        if position.row + 1 < count { return true }
        return position.line + 1 < group.upperBound && visibleRows(position.block, position.line + 1) == 0
    }

    // MARK: Steps

    /// The row below; nil at the end of the page.
    mutating func next(_ position: SpanPosition) -> SpanPosition? {
        let (block, line) = (position.block, position.line)
        if position.row + 1 < visibleRows(block, line) {
            return SpanPosition(block: block, line: line, row: position.row + 1)
        }
        if let line = nextLine(block, line) { return SpanPosition(block: block, line: line) }
        return nextBlock(block).map { SpanPosition(block: $0) }
    }

    /// The row above; nil at the start of the page.
    mutating func previous(_ position: SpanPosition) -> SpanPosition? {
        let (block, line) = (position.block, position.line)
        if position.row > 0 { return SpanPosition(block: block, line: line, row: position.row - 1) }
        if let line = previousLine(block, line) { return last(block, line) }
        guard let block = previousBlock(block) else { return nil }
        return lastRow(of: block)
    }

    /// The last visible row of a block.
    mutating func lastRow(of block: Int) -> SpanPosition {
        last(block, visible(block, lineCount(block) - 1))
    }

    private mutating func last(_ block: Int, _ line: Int) -> SpanPosition {
        SpanPosition(block: block, line: line, row: max(0, visibleRows(block, line) - 1))
    }

    private mutating func nextLine(_ block: Int, _ line: Int) -> Int? {
        var next = line + 1
        if case .json(let outline) = shownBody(block), let close = outline.close(of: line),
            isClosed(outline, block, line)
        {
            next = close + 1
        }
        guard next < lineCount(block) else { return nil }
        if let group = clipped(block, next), group.contains(line), visibleRows(block, next) == 0 {
            next = group.upperBound
        }
        return next < lineCount(block) ? next : nil
    }

    private mutating func previousLine(_ block: Int, _ line: Int) -> Int? {
        line > 0 ? visible(block, line - 1) : nil
    }

    /// The visible line for a line that ends just above a visible one.
    private mutating func visible(_ block: Int, _ line: Int) -> Int {
        if case .json(let outline) = shownBody(block), outline.entries[line].kind.closes {
            let open = Int(outline.entries[line].jump)
            if isClosed(outline, block, open) { return open }
        }
        return firstVisible(block, line)
    }

    /// The line itself, or the last visible one of its text where that is shown in part.
    private mutating func firstVisible(_ block: Int, _ line: Int) -> Int {
        guard let group = clipped(block, line) else { return line }
        var last = group.lowerBound
        while last < line, visibleRows(block, last + 1) > 0 { last += 1 }
        return last
    }

    func nextBlock(_ block: Int) -> Int? {
        let it = page.blocks[block]
        let next = it.sectionEnd.flatMap { isOpen(block) ? nil : $0 } ?? block + 1
        return next < page.blocks.count ? next : nil
    }

    func previousBlock(_ block: Int) -> Int? {
        guard block > 0 else { return nil }
        if let header = page.blocks[block - 1].section, !isOpen(header) { return header }
        return block - 1
    }

    // MARK: Positions

    /// The nearest visible row.
    mutating func settled(_ position: SpanPosition) -> SpanPosition {
        var block = min(max(0, position.block), page.blocks.count - 1)
        if let header = page.blocks[block].section, !isOpen(header) { block = header }
        guard block == position.block else { return SpanPosition(block: block) }
        var line = min(max(0, position.line), lineCount(block) - 1)
        if case .json(let outline) = shownBody(block), let closed = outermostClosed(outline, block, around: line) {
            line = closed
        }
        line = firstVisible(block, line)
        let row = line == position.line ? position.row : 0
        return SpanPosition(block: block, line: line, row: min(max(0, row), visibleRows(block, line) - 1))
    }

    /// The outermost closed container that hides a line.
    private func outermostClosed(_ outline: JSONOutline, _ block: Int, around line: Int) -> Int? {
        if folds.rule != .allClosed, !folds.exceptions.contains(where: { $0.block == block && $0.line >= 0 }) {
            return nil
        }
        var found: Int?
        var around = outline.entries[line].kind.closes ? Int(outline.entries[line].jump) : line
        if around != line, isClosed(outline, block, around) { found = around }
        while let parent = outline.parent(of: around) {
            if isClosed(outline, block, parent) { found = parent }
            around = parent
        }
        return found
    }
}
