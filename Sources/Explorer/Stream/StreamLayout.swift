import Canvas
import TraceQuery

/// Where the parts of the stream view stand; parts without room are empty.
struct StreamLayout {
    /// Columns before the text, for the sign of its voice.
    static let gutter = 2
    /// From this width on figures stand beside the text.
    static let columnsForPane = 132
    private static let paneColumns = 46
    private static let nothing = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var header = nothing
    /// Rows of rules, under the header and under the text.
    var rules: [Int] = []
    /// The text of each tape.
    var texts: [Rect] = []
    /// What stands above each text when there are two.
    var titles: [Rect] = []
    var gaps: Rect = nothing
    var rate: Rect = nothing
    /// The timeline of each tape.
    var timelines: [Rect] = []
    var axis: Rect = nothing
    var difference: Rect = nothing
    var figures: Rect = nothing
    var findings: Rect = nothing
    /// Figures and findings one below the other, in place of `figures` and `findings`.
    var pane: Rect = nothing

    init(_ state: AppState) {
        let size = state.size
        let tapes = state.stream?.isComparing == true ? 2 : 1
        var rest = Rect(state.size).splitBottom(1).rest
        let isSmall = size.columns < AppState.smallSize.columns || size.rows < AppState.smallSize.rows
        let margin = isSmall ? 0 : 1
        func inset(_ rect: Rect) -> Rect {
            Rect(column: rect.column + margin, row: rect.row, columns: rect.columns - 2 * margin, rows: rect.rows)
        }
        func takeBottom(_ rows: Int) -> Rect {
            let (above, bottom) = rest.splitBottom(rows)
            rest = above
            return inset(bottom)
        }
        if !isSmall { (header, rest) = rest.splitTop(1) }
        let isTall = size.rows >= 16
        if isTall {
            rules.append(rest.row)
            rest = rest.splitTop(1).rest
        }
        if size.columns >= StreamLayout.columnsForPane, size.rows >= 20, tapes == 1 {
            let (left, right) = rest.splitLeft(rest.columns - StreamLayout.paneColumns)
            rest = left
            pane = Rect(column: right.column + 1, row: right.row, columns: right.columns - 2, rows: right.rows)
        } else if !isSmall {
            let count = tapes == 1 ? state.stream?.tape?.detail.findings.count ?? 0 : 0
            findings = takeBottom(min(count, size.rows >= 30 ? 3 : isTall ? 1 : 0))
            figures = takeBottom(tapes == 2 ? 2 : size.rows >= 20 ? 3 : isTall ? 2 : 1)
        } else {
            figures = takeBottom(1)
        }
        if tapes == 2, isTall { difference = takeBottom(1) }
        if !isSmall { axis = takeBottom(1) }
        for _ in 0..<tapes { timelines.insert(takeBottom(1), at: 0) }
        if tapes == 1, size.rows >= 20 { rate = takeBottom(1) }
        if tapes == 1, isTall { gaps = takeBottom(1) }
        if isTall {
            rules.append(rest.endRow - 1)
            rest = rest.splitBottom(1).rest
        }
        if tapes == 1 {
            texts = [inset(rest)]
        } else {
            let half = (rest.columns - 1) / 2
            let left = Rect(column: rest.column, row: rest.row, columns: half, rows: rest.rows)
            let right = Rect(
                column: rest.column + half + 1, row: rest.row, columns: rest.columns - half - 1, rows: rest.rows)
            for side in [left, right] {
                let (title, text) = inset(side).splitTop(1)
                titles.append(title)
                texts.append(text)
            }
        }
    }

    /// The columns of a strip without its label.
    static func plot(_ strip: Rect) -> Rect {
        let label = strip.columns >= 38 ? 8 : 0
        return Rect(column: strip.column + label, row: strip.row, columns: strip.columns - label, rows: strip.rows)
    }
}
