import Basics
import Canvas
import TraceAnalysis
import TraceModel
import TraceQuery

/// The columns of the list of traces that fit a width.
struct TraceColumns {
    private enum Column: CaseIterable {
        case start, duration, bar, root, services, agents, models, session, spans, tokens, errors, findings, severity
    }

    private var widths: [Column: Int] = [:]
    private let clock: WallClock
    /// The longest duration in sight, which fills the bar.
    private let longest: Int64

    /// Gives each column its width, the most needed ones first; the root takes what is left.
    init(_ state: AppState, width: Int, rows: ArraySlice<TraceSummary>, clock: WallClock) {
        self.clock = clock
        longest = rows.compactMap(\.durationNanos).max() ?? 0
        let startWidth = rows.map { $0.startUnixNano.map { clock.brief($0, now: state.nowUnixNano).count } ?? 1 }.max()
        let wanted: [(Column, Int)] = [
            (.duration, 7), (.errors, 3), (.findings, 3), (.start, startWidth ?? 8), (.spans, 6), (.tokens, 6),
            (.severity, 7), (.bar, 10), (.agents, 12), (.models, 18), (.services, 14), (.session, 14),
        ]
        let leastRoot = width < 60 ? 10 : 16
        var free = width - 2 - leastRoot
        for (column, columns) in wanted where free >= columns + 1 {
            widths[column] = columns
            free -= columns + 1
        }
        // Beyond its least, room is shared between the texts.
        if free > 30 {
            for column in [Column.agents, .models, .services] where widths[column] != nil {
                widths[column, default: 0] += min(10, free / 6)
                free -= min(10, free / 6)
            }
        }
        widths[.root] = leastRoot + free
    }

    private func each(_ body: (Column, Rect) -> Void, row: Int) {
        var column = 2
        for kind in Column.allCases {
            guard let width = widths[kind] else { continue }
            body(kind, Rect(column: column, row: row, columns: width, rows: 1))
            column += width + 1
        }
    }

    func renderTitles(_ state: AppState, row: Int, into canvas: inout Canvas) {
        let style = state.theme[.dim]
        let ascii = state.isASCII
        let arrow = ascii ? (state.traces.isDescending ? "v" : "^") : (state.traces.isDescending ? "↓" : "↑")
        var cells: [(String, Rect, Bool, Bool)] = []
        each(
            { column, rect in
                let (title, sort): (String, TraceListRequest.SortKey?) =
                    switch column {
                    case .start: ("start", .start)
                    case .duration: ("duration", .duration)
                    case .bar: ("", nil)
                    case .root: ("root", .name)
                    case .services: ("services", nil)
                    case .agents: ("agents", nil)
                    case .models: ("models", nil)
                    case .session: ("session", nil)
                    case .spans: ("spans", .spans)
                    case .tokens: ("tokens", .tokens)
                    case .errors: (Glyphs.error(ascii: ascii), .errors)
                    case .findings: (Glyphs.finding(ascii: ascii), nil)
                    case .severity: ("worst", nil)
                    }
                let isSorted = sort == state.traces.sort
                let isNumber = [.duration, .spans, .tokens, .errors, .findings].contains(column)
                let text = isSorted ? (isNumber ? arrow + title : title + arrow) : title
                // A longer title may reach into the gap on its left, and that of the duration beyond: a time of day
                // is wider than its own title.
                let reach = !isNumber ? 0 : column == .duration ? 2 : 1
                let room = Rect(column: rect.column - reach, row: row, columns: rect.columns + reach, rows: 1)
                cells.append((text, room, isNumber, isSorted))
            }, row: row)
        for (text, rect, isNumber, isSorted) in cells {
            let cellStyle = isSorted ? style.adding(.bold) : style
            if isNumber {
                canvas.write(text, endingAt: rect.endColumn, row: row, style: cellStyle, limit: rect.columns)
            } else {
                canvas.write(text, in: rect, style: cellStyle)
            }
        }
    }

    func render(_ state: AppState, index: Int, row: Int, into canvas: inout Canvas) {
        let trace = state.traces.rows[index]
        let isSelected = index == state.traces.cursor
        let theme = state.theme
        let ascii = state.isASCII
        let selection = theme[.selection]
        func style(_ role: Role) -> Style { isSelected ? selection : theme[role] }
        if isSelected {
            canvas.fill(Rect(column: 0, row: row, columns: canvas.size.columns, rows: 1), style: selection)
        }
        if state.traces.tagged.contains(trace.key) {
            canvas.write(ascii ? "*" : "●", column: 0, row: row, style: style(.tag))
        }
        let pattern = SearchPattern(state.traces.search)
        var cells: [(Column, Rect)] = []
        each({ cells.append(($0, $1)) }, row: row)
        for (column, rect) in cells {
            func number(_ text: String, _ role: Role) {
                canvas.write(text, endingAt: rect.endColumn, row: row, style: style(role), limit: rect.columns)
            }
            func text(_ text: String, _ role: Role) {
                let hit = pattern.matches(text)
                canvas.write(text, in: rect, style: hit && !isSelected ? theme[.searchHit] : style(role))
            }
            switch column {
            case .start:
                text(trace.startUnixNano.map { clock.brief($0, now: state.nowUnixNano) } ?? Figures.unknown, .dim)
            case .duration: number(Figures.duration(nanos: trace.durationNanos), .text)
            case .bar:
                guard let duration = trace.durationNanos, longest > 0 else { continue }
                let bar = BarPlot.leftAligned(
                    share: Double(duration) / Double(longest), width: rect.columns, ascii: ascii)
                canvas.write(bar, column: rect.column, row: row, style: style(.histogram), limit: rect.columns)
            case .root: text(trace.name ?? "(no name)", trace.name == nil ? .dim : .text)
            case .services: text(TraceColumns.list(trace.services), .dim)
            case .agents: text(TraceColumns.list(trace.agents), .agent)
            case .models: text(TraceColumns.list(trace.models), .kindModel)
            case .session: text(trace.session ?? "", .dim)
            case .spans:
                // Spans that must have been are missing: what is counted is not all.
                number((isWhole(trace) ? "" : atLeast(ascii)) + Figures.count(Int64(trace.spanCount)), .text)
            case .tokens: number(tokens(trace, ascii: ascii), .text)
            case .errors: number(Figures.count(Int64(trace.errorCount)), trace.errorCount > 0 ? .error : .dim)
            case .findings: number(Figures.count(Int64(trace.findings.count)), trace.findings.isEmpty ? .dim : .finding)
            case .severity:
                guard let severity = TraceColumns.severity(trace) else { continue }
                text(severity.name, TraceColumns.role(severity))
            }
        }
    }

    /// Input and output together; unknown where no model call states usage, blank where there is no model call.
    private func tokens(_ trace: TraceSummary, ascii: Bool) -> String {
        if trace.modelCallCount == 0, trace.tokensInput == nil, trace.tokensOutput == nil { return "" }
        guard trace.tokensInput != nil || trace.tokensOutput != nil else { return Figures.unknown }
        let sum = (trace.tokensInput ?? 0).addingClamped(trace.tokensOutput ?? 0)
        // A sum that does not cover every call is a lower bound.
        let isSum = trace.modelCallsWithTokens >= trace.modelCallCount && isWhole(trace)
        return (isSum ? "" : atLeast(ascii)) + Figures.count(sum)
    }

    private func isWhole(_ trace: TraceSummary) -> Bool { trace.coverage?.isWhole ?? true }
    private func atLeast(_ ascii: Bool) -> String { Glyphs.atLeast(ascii: ascii) }

    /// How bad the gravest finding is; where the list does not say, as its rules do.
    static func severity(_ trace: TraceSummary) -> FindingSeverity? {
        trace.severity ?? trace.findings.compactMap { FindingRules.rule($0)?.severity }.max()
    }

    static func role(_ severity: FindingSeverity) -> Role {
        switch severity {
        case .error: .error
        case .warning: .finding
        case .hint: .dim
        }
    }

    /// The first of several names and how many more there are: `planner+3`.
    static func list(_ names: [String]) -> String {
        guard let first = names.first else { return "" }
        return names.count == 1 ? first : "\(first)+\(names.count - 1)"
    }
}
