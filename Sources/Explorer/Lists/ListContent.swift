import Canvas
import Tables
import TraceModel
package import TraceQuery

/// The rows of a list with all that is derived from an answer, and what the user chose among them.
///
/// It is made in the task that fetched the answer; what is large in it is shared, never copied.
protocol ListContent: Equatable, Sendable {
    associatedtype Row
    /// The columns; those with a place in lists are shown.
    static var columns: [Column<Row>] { get }
    /// The trace that the rows belong to; nil for those of all traces.
    var traceID: TraceID? { get }
    /// By which version of the analysis they were made.
    var analysis: AnalysisState { get }
    var count: Int { get }
    func row(_ index: Int) -> Row
    /// Figures for the first line of the screen.
    func figures(_ state: AppState) -> [String]
    /// Draws what no other list has; all other cells stand as their columns write them.
    func draw(
        _ cell: ListCell<Row>, among columns: ListColumns<Row>, _ state: AppState, into canvas: inout Canvas
    ) -> CellDrawing
    /// Details of a row.
    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine]
    /// The span behind a row.
    func span(_ index: Int) -> LocalSpanID?
    /// What a row of a list over all traces is called, for copying.
    func name(_ index: Int) -> String?
    /// What can be exported of a row of a list over all traces.
    func exports(_ index: Int) -> [ExportChoice]
    /// What of the open trace a row stands for, beside the span behind it.
    func parts(_ index: Int) -> TraceParts
    /// Takes over what the user chose in an earlier reading; the cursor may move with it.
    mutating func adopt(_ earlier: Self)
}

extension ListContent {
    var analysis: AnalysisState { .current }
    func figures(_ state: AppState) -> [String] { [] }
    func draw(
        _ cell: ListCell<Row>, among columns: ListColumns<Row>, _ state: AppState, into canvas: inout Canvas
    ) -> CellDrawing { .text() }
    func span(_ index: Int) -> LocalSpanID? { nil }
    func name(_ index: Int) -> String? { nil }
    func exports(_ index: Int) -> [ExportChoice] { [] }
    func parts(_ index: Int) -> TraceParts { TraceParts() }
    mutating func adopt(_ earlier: Self) {}

    func isEqual(to other: any ListContent) -> Bool { (other as? Self) == self }

    /// This content with what the user chose in an earlier one.
    func adopting(_ earlier: (any ListContent)?) -> Self {
        guard let earlier = earlier as? Self else { return self }
        var content = self
        content.adopt(earlier)
        return content
    }

    /// True where the text of a shown column matches.
    func matches(_ index: Int, _ pattern: SearchPattern, _ words: CellText) -> Bool {
        let row = row(index)
        return Self.columns.inList().contains { pattern.matches($0.listText(row, words)) }
    }
}

/// Parts of the open trace that a row stands for; nil where it is those of its span.
struct TraceParts {
    var run: AgentRun?
    /// The number of a step, and how many there are.
    var step: (number: Int, count: Int)?
    /// Spans, and what they are.
    var spans: (ids: [LocalSpanID], title: String)?
}

/// A list whose rows can be compared with another span: an attempt with the one before, a payload with the next.
protocol ComparableContent: ListContent {
    /// What `compare` would set side by side for a row, or why it cannot.
    func comparison(_ index: Int, _ state: AppState) -> Result<RowComparison, RowComparison.Refusal>
    /// True where a comparison is about a row.
    func isAbout(_ comparison: RowComparison, _ index: Int) -> Bool
    /// The texts of a span that are compared; nil for what it does not hold.
    func texts(of content: SpanContent, in comparison: RowComparison, isLater: Bool) -> [String?]
    /// What differs between the texts of both spans.
    func difference(_ comparison: RowComparison) -> [DisplayLine]
}

/// Two spans side by side: what each says, and what differs.
struct RowComparison: Equatable, Sendable {
    /// What is compared, by the numbers that the list has for it.
    var earlier: Int32
    var later: Int32
    var earlierSpan: LocalSpanID
    var laterSpan: LocalSpanID
    var earlierTexts: [String?]?
    var laterTexts: [String?]?
    var error: QueryError?
    /// What differs, once both are read.
    var lines: [DisplayLine] = []

    /// Why nothing can be compared, for the user.
    struct Refusal: Error {
        var text: String
    }

    /// What differs, or what there is instead.
    func shown(ascii: Bool) -> [DisplayLine] {
        if let error { return [DisplayLine("\(error)", role: .error)] }
        return lines.isEmpty ? [DisplayLine("Reading " + Glyphs.more(ascii: ascii), role: .dim)] : lines
    }
}

/// A list as it is shown: its rows, the cursor, and what the user asked about a row.
package struct ListState: Equatable, Sendable {
    /// The trace that the rows belong to; nil for those of all traces.
    var traceID: TraceID?
    var content: (any ListContent)?
    var comparison: RowComparison?
    package var error: QueryError?
    package var cursor = 0
    var top = 0
    /// The first row of the details that is shown.
    var detailTop = 0
    /// The data has changed since: the rows stand until the new ones arrive.
    var isOutdated = false
    var search = ""

    init(traceID: TraceID?) {
        self.traceID = traceID
    }

    package var count: Int { content?.count ?? 0 }
    package var hasContent: Bool { content != nil }

    package static func == (a: ListState, b: ListState) -> Bool {
        let isSame: Bool =
            switch (a.content, b.content) {
            case (let a?, let b?): a.isEqual(to: b)
            case (nil, nil): true
            default: false
            }
        return isSame && a.traceID == b.traceID && a.comparison == b.comparison && a.error == b.error
            && a.cursor == b.cursor && a.top == b.top && a.detailTop == b.detailTop && a.isOutdated == b.isOutdated
            && a.search == b.search
    }
}

/// A value that a statement rests on, as a line.
enum EvidenceLine {
    static func line(_ evidence: FindingEvidence) -> DisplayLine {
        var line = DisplayLine(indent: 2, hang: 2)
        line.append(evidence.label + " ", .dim)
        line.append(evidence.value, .text)
        if let span = evidence.spanID { line.append("  span \(span.hex.prefix(8))", .dim) }
        return line
    }
}
