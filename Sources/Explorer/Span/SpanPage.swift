import Canvas
import Synchronization

/// The blocks of one tab, laid out for no width yet.
final class SpanPage: Sendable {
    let tab: SpanTab
    /// At least one.
    let blocks: [SpanBlock]
    /// The different columns that gutters take, ascending, none above `gutterLimit`.
    let gutterWidths: [Int]
    /// Per fold rule: the lines before each block, and at the end the lines of the page.
    private let sums = Mutex<[SpanFolds.Rule: [Int]]>([:])

    static let gutterLimit = 48

    init(tab: SpanTab, blocks: [SpanBlock], metrics: TextMetrics) {
        self.tab = tab
        self.blocks = blocks.isEmpty ? [.text("", role: .dim)] : blocks
        var widths: Set<Int> = []
        for block in self.blocks where !block.gutter.isEmpty {
            widths.insert(min(Self.gutterLimit, block.indent + metrics.columns(of: block.gutter)))
        }
        gutterWidths = widths.sorted()
    }

    /// True when a block is open under the folds.
    func isOpen(_ block: Int, _ folds: SpanFolds) -> Bool {
        let it = blocks[block]
        return !it.isFoldable || folds.isOpen(.whole(block), proposed: it.isProposedOpen)
    }

    /// The lines of the page, and those before a block; what hides inside closed sections and containers counts.
    func lines(before block: Int, _ folds: SpanFolds) -> (before: Int, total: Int) {
        let sums = sums.withLock { cached in
            if let sums = cached[folds.rule] { return sums }
            let sums = sum(folds.rule)
            cached[folds.rule] = sums
            return sums
        }
        var before = sums[block]
        var total = sums[blocks.count]
        for target in folds.exceptions where target.isWhole && target.block < blocks.count {
            let it = blocks[target.block]
            guard it.brief != nil else { continue }
            let isOpen = isOpen(target.block, folds)
            let difference = it.lineCount(isOpen: isOpen) - it.lineCount(isOpen: !isOpen)
            total += difference
            if target.block < block { before += difference }
        }
        return (before, total)
    }

    private func sum(_ rule: SpanFolds.Rule) -> [Int] {
        var folds = SpanFolds()
        folds.set(rule)
        var sums = [0]
        sums.reserveCapacity(blocks.count + 1)
        var total = 0
        for (index, block) in blocks.enumerated() {
            total += block.lineCount(isOpen: isOpen(index, folds))
            sums.append(total)
        }
        return sums
    }
}

extension TextMetrics {
    /// The columns of a text, quick for plain ASCII.
    func columns(of text: String) -> Int {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? text.utf8.count : width(of: text)
    }
}

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

/// A page of the span view.
package enum SpanTab: Int, CaseIterable, Sendable {
    case messages, attributes, events, links, resource, raw, findings

    /// The word in the tab bar.
    package var title: String {
        switch self {
        case .messages: "Messages"
        case .attributes: "Attributes"
        case .events: "Events"
        case .links: "Links"
        case .resource: "Resource"
        case .raw: "Raw"
        case .findings: "Findings"
        }
    }

    /// The word in the tab bar where columns are few.
    var shortTitle: String {
        switch self {
        case .messages: "Msg"
        case .attributes: "Attr"
        case .events: "Evt"
        case .links: "Lnk"
        case .resource: "Res"
        case .raw: "Raw"
        case .findings: "Find"
        }
    }
}
