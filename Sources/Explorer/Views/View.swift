import Canvas

/// A view of the explorer, by the name that the prompt and the command line have for it; views open over each other.
package struct View: RawRepresentable, Hashable, Sendable, CaseIterable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let traces = View(rawValue: "traces")
    package static let trace = View(rawValue: "trace")
    package static let span = View(rawValue: "span")
    package static let stream = View(rawValue: "stream")
    package static let results = View(rawValue: "results")
    package static let export = View(rawValue: "export")
    package static let help = View(rawValue: "help")

    /// All views, in the order of their table.
    package static var allCases: [View] { ViewRecord.all.map(\.view) }

    /// The lists over the open trace that take turns with its tree.
    package static let overTrace = Set(ListView.all.filter(\.isOverTrace).map(\.view))
}

/// A view as a record: what is the same in all views works on its entries, and only a view's own keys know more of it.
struct ViewRecord: Sendable {
    /// The table of views; the lists have a table of their own.
    static let all: [ViewRecord] =
        [
            TracesScreen.record, TraceScreen.record, SpanScreen.record, StreamScreen.record, ResultsScreen.record,
            ExportScreen.record, HelpScreen.record,
        ] + ListView.all.map(\.record)

    private static let byView = Dictionary(uniqueKeysWithValues: all.map { ($0.view, $0) })

    /// The record of a view; that of the first view for one that no table has.
    static func of(_ view: View) -> ViewRecord { byView[view] ?? TracesScreen.record }

    let view: View
    /// Draws all but the last line.
    var render: @Sendable (AppState, inout Canvas) -> Void
    /// True while there is nothing to show but that the view reads.
    var isWaiting: @Sendable (AppState) -> Bool = { _ in false }
    /// The rows that the cursor and the mouse choose from; nil for a view without such rows.
    var rows: @Sendable (AppState) -> ShownRows? = { _ in nil }
    /// How many rows a page has; those of `rows` where nothing is given.
    var pageRows: (@Sendable (AppState) -> Int)?
    /// What stands at the end of the last line; the place in `rows` where nothing is given.
    var position: (@Sendable (AppState) -> String)?
    var move: @Sendable (inout AppState, Movement) -> [Effect]
    var search: ViewSearch?
    /// The id of what is under the cursor.
    var id: @Sendable (AppState) -> String? = { _ in nil }
    /// The text of what is under the cursor.
    var text: @Sendable (AppState) -> String? = { _ in nil }
    /// The command line that prints the same rows.
    var command: @Sendable (AppState) -> String? = { _ in nil }
    /// What can be exported from here, the first proposed.
    var exports: @Sendable (AppState) -> [ExportChoice] = { _ in [] }
}

/// Rows in sight, among all.
struct ShownRows {
    /// Where they stand on the screen.
    var place: Rect
    /// The first in sight.
    var top: Int
    var cursor: Int
    var count: Int
    /// The number that the footer names, where more are known than are there.
    var total: Int?
    /// There are more than are known.
    var hasMore = false

    /// The place in the list: `3/23`.
    var position: String {
        let total = total ?? count
        return total == 0 ? "" : "\(cursor + 1)/\(total)\(hasMore ? "+" : "")"
    }
}

/// Where a cursor or a text is to go.
enum Movement {
    case by(Int)
    case to(Int)
    case toEnd

    /// Moves a cursor, which is brought back into its list afterwards.
    func apply(to cursor: inout Int) {
        switch self {
        case .by(let distance):
            let (moved, overflow) = cursor.addingReportingOverflow(distance)
            cursor = overflow ? (distance > 0 ? .max / 2 : 0) : moved
        case .to(let row): cursor = row
        case .toEnd: cursor = .max / 2
        }
    }
}

/// How a view is searched with `/`.
struct ViewSearch: Sendable {
    /// Shows the hits while the text is typed, without moving.
    var preview: @Sendable (inout AppState, String) -> Void
    /// Goes to the first hit from the cursor on.
    var start: @Sendable (inout AppState, String) -> [Effect]
    /// Goes to the next hit, or with −1 to the previous one.
    var next: @Sendable (inout AppState, Int) -> [Effect]

    /// A search that goes from row to row; what the view keeps of it is the pattern.
    init(
        pattern: @escaping @Sendable (AppState) -> String,
        setPattern: @escaping @Sendable (inout AppState, String) -> Void,
        find:
            @escaping @Sendable (inout AppState, SearchPattern, _ direction: Int, _ includingCurrent: Bool) -> [Effect]
    ) {
        preview = setPattern
        start = { state, text in
            setPattern(&state, text)
            return text.isEmpty ? [] : find(&state, SearchPattern(text), 1, true)
        }
        next = { state, direction in
            let wanted = SearchPattern(pattern(state))
            guard !wanted.isEmpty else {
                state.notice = .information("nothing is searched for; / searches")
                return []
            }
            return find(&state, wanted, direction, false)
        }
    }

    init(
        preview: @escaping @Sendable (inout AppState, String) -> Void,
        start: @escaping @Sendable (inout AppState, String) -> [Effect],
        next: @escaping @Sendable (inout AppState, Int) -> [Effect]
    ) {
        (self.preview, self.start, self.next) = (preview, start, next)
    }

    /// A search in the texts of rows.
    init(
        rowsOf view: View, pattern: @escaping @Sendable (AppState) -> String,
        setPattern: @escaping @Sendable (inout AppState, String) -> Void,
        matches: @escaping @Sendable (AppState, SearchPattern, _ row: Int) -> Bool
    ) {
        self.init(pattern: pattern, setPattern: setPattern) { state, pattern, direction, includingCurrent in
            let record = ViewRecord.of(view)
            guard let rows = record.rows(state), rows.count > 0 else { return [] }
            for step in (includingCurrent ? 0 : 1)...rows.count {
                let index = ((rows.cursor + direction * step) % rows.count + rows.count) % rows.count
                guard matches(state, pattern, index) else { continue }
                if direction * (index - rows.cursor) < 0 { state.notice = .information("round the end") }
                return record.move(&state, .to(index))
            }
            state.notice = .error("“\(pattern.text)” is not in this list")
            return []
        }
    }
}
