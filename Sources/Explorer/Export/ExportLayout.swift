import Canvas
import TraceExport

/// Where the parts of the export dialog stand; parts without room are empty.
///
/// From above: what is exported, the format, the single lines about the file, and what it comes to. Where not all
/// fits, the list in focus is shown whole and the other gives way.
struct ExportLayout: Equatable {
    let header: Rect
    private(set) var scopes = Rect(Size(columns: 0, rows: 0))
    private(set) var formats = Rect(Size(columns: 0, rows: 0))
    private(set) var rows = Rect(Size(columns: 0, rows: 0))
    private(set) var path = Rect(Size(columns: 0, rows: 0))
    private(set) var redaction = Rect(Size(columns: 0, rows: 0))
    private(set) var rule = Rect(Size(columns: 0, rows: 0))
    private(set) var summary = Rect(Size(columns: 0, rows: 0))
    /// The columns of the words at the left; 0 where there is no room for them.
    let labelColumns: Int

    private static let labelWidth = 11

    init(_ state: AppState) {
        let small = AppState.smallSize
        let isSmall = state.size.columns < small.columns || state.size.rows < small.rows
        let body: Rect
        (header, body) = Rect(state.size).splitBottom(1).rest.splitTop(isSmall ? 0 : 1)
        labelColumns = state.size.columns >= 56 ? ExportLayout.labelWidth : 0
        let count = body.rows
        let isTall = count >= 18
        let hasRows = state.export?.format.hasRows == true && count >= 6
        let summaryRows = isTall ? 3 : count >= 12 ? 2 : count >= 7 ? 1 : 0
        let ruleRows = isTall ? 1 : 0
        let pathRows = count >= 5 ? 1 : 0
        let redactionRows = count >= 6 ? 1 : 0
        let gap = isTall ? 1 : 0
        let free = count - summaryRows - ruleRows - pathRows - redactionRows - (hasRows ? 1 : 0) - 2 * gap
        let (scopeRows, formatRows) = ExportLayout.share(
            max(1, free), scopes: state.export?.choices.count ?? 0, formats: ExportFormat.allCases.count,
            field: state.export?.field ?? .scope)
        var rest = body
        func take(_ rows: Int) -> Rect {
            let (part, below) = rest.splitTop(rows)
            rest = below
            return part
        }
        scopes = take(scopeRows)
        _ = take(gap)
        formats = take(formatRows)
        rows = take(hasRows ? 1 : 0)
        _ = take(gap)
        path = take(pathRows)
        redaction = take(redactionRows)
        rule = take(ruleRows)
        // What has more to say may use what is left below.
        summary = take(summaryRows == 0 ? 0 : rest.rows)
    }

    /// Shares rows out between two lists.
    private static func share(
        _ free: Int, scopes: Int, formats: Int, field: ExportState.Field
    ) -> (scopes: Int, formats: Int) {
        if scopes + formats <= free { return (scopes, formats) }
        let (mine, other) = field == .scope ? (scopes, formats) : (formats, scopes)
        let focused = min(mine, max(1, free - min(other, free > 2 ? 1 : 0)))
        let shared = (focused, min(other, max(0, free - focused)))
        return field == .scope ? shared : (shared.1, shared.0)
    }

    /// The list in focus.
    func focused(_ state: AppState) -> Rect { state.export?.field == .format ? formats : scopes }

    /// The first row of a list that is in sight: the chosen one stays near the middle.
    static func top(chosen: Int, count: Int, rows: Int) -> Int {
        max(0, min(chosen - rows / 2, count - rows))
    }
}
