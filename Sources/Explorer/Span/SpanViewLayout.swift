import Canvas

/// The rows of the view: head, tabs, rule, body.
struct SpanViewLayout: Equatable, Sendable {
    /// Rows of the head under the title.
    let headRows: [DisplayLine]
    let hasRule: Bool
    /// The row of the tab bar; nil where there is no room.
    let tabRow: Int?
    let bodyRow: Int
    let bodyRows: Int

    init(document: SpanDocument, size: Size) {
        // The head never takes more than a third of a low view.
        let limit =
            switch size.rows {
            case ..<7: 0
            case ..<11: 1
            case ..<17: 2
            case ..<25: 4
            default: 6
            }
        headRows = SpanHead(document: document).rows(columns: size.columns, limit: limit)
        hasRule = size.rows >= 12
        var row = 1 + headRows.count
        tabRow = size.rows >= 3 ? row : nil
        if tabRow != nil { row += 1 }
        if hasRule { row += 1 }
        bodyRow = min(row, max(0, size.rows - 1))
        bodyRows = max(0, size.rows - bodyRow)
    }
}
