import Canvas
import TraceExport
import TraceModel

/// The export dialog: what, as what, where to, and what that comes to.
enum ExportScreen {
    static let record = ViewRecord(
        view: .export, render: render, pageRows: { ExportLayout($0).focused($0).rows },
        move: { state, movement in
            switch movement {
            case .by(let distance): Exporting.move(&state, by: distance)
            case .to(let row): Exporting.move(&state, to: row)
            case .toEnd: Exporting.move(&state, to: .max)
            }
        },
        id: { $0.trace?.selectedPath },
        text: { state in state.trace?.selectedSpan.flatMap { state.trace?.loaded?.text($0.name) } },
        command: { $0.export.flatMap(ExportCommandLine.text) })

    static func render(_ state: AppState, into canvas: inout Canvas) {
        guard let export = state.export else { return }
        let layout = ExportLayout(state)
        Header.render(
            state, title: "Export", figures: [state.databaseName], right: "", in: layout.header, into: &canvas)
        renderScopes(state, export, layout, into: &canvas)
        renderFormats(state, export, layout, into: &canvas)
        renderLines(state, export, layout, into: &canvas)
        if !layout.rule.isEmpty {
            let rule = String(repeating: Glyphs.rule(ascii: state.isASCII), count: max(0, layout.rule.columns - 2))
            canvas.write(rule, column: 1, row: layout.rule.row, style: state.theme[.rule])
        }
        ExportSummary(state: state, export: export).render(in: layout.summary, into: &canvas)
    }

    // MARK: Lists

    private static func renderScopes(
        _ state: AppState, _ export: ExportState, _ layout: ExportLayout, into canvas: inout Canvas
    ) {
        let list = ExportList(
            state: state, label: "What", isFocused: export.field == .scope, chosen: export.chosen,
            count: export.choices.count, labelColumns: layout.labelColumns)
        list.render(in: layout.scopes, into: &canvas) { index, place, style, canvas in
            let choice = export.choices[index]
            let used = canvas.write(choice.title, in: place, style: style[index == export.chosen ? .text : .dim])
            guard used + 4 < place.columns, !choice.note.isEmpty else { return }
            canvas.write(
                choice.note, in: place.splitLeft(used + 2).rest, style: style[.dim])
        }
    }

    private static func renderFormats(
        _ state: AppState, _ export: ExportState, _ layout: ExportLayout, into canvas: inout Canvas
    ) {
        let formats = ExportFormat.allCases
        let nameColumns = 2 + (formats.map(\.rawValue.count).max() ?? 0)
        let list = ExportList(
            state: state, label: "Format", isFocused: export.field == .format,
            chosen: formats.firstIndex(of: export.format) ?? 0, count: formats.count,
            labelColumns: layout.labelColumns)
        list.render(in: layout.formats, into: &canvas) { index, place, style, canvas in
            let isChosen = formats[index] == export.format
            let (name, title) = place.splitLeft(nameColumns)
            canvas.write(formats[index].rawValue, in: name, style: style[isChosen ? .text : .dim])
            canvas.write(formats[index].title, in: title, style: style[.dim])
        }
    }

    // MARK: Single lines

    private static func renderLines(
        _ state: AppState, _ export: ExportState, _ layout: ExportLayout, into canvas: inout Canvas
    ) {
        func line(_ label: String, _ command: String, _ rect: Rect) -> Rect {
            renderLabel(label, command, state, layout, in: rect, into: &canvas)
        }
        if !layout.rows.isEmpty {
            var place = line("Rows", "rows", layout.rows)
            for rows in ExportRows.allCases where !place.isEmpty {
                let isChosen = rows == export.rows
                let sign = isChosen ? Glyphs.chosen(ascii: state.isASCII) + " " : "  "
                let used = canvas.write(sign + rows.rawValue, in: place, style: state.theme[isChosen ? .text : .dim])
                place = place.splitLeft(used + 2).rest
            }
        }
        if !layout.path.isEmpty {
            let place = line("To", "path", layout.path)
            canvas.write(export.path, in: place, style: state.theme[.text])
        }
        if !layout.redaction.isEmpty {
            let place = line("Redaction", "unredacted", layout.redaction)
            let sign = export.isUnredacted ? Glyphs.finding(ascii: state.isASCII) + " " : ""
            canvas.write(
                sign + ExportWords.leaving(isUnredacted: export.isUnredacted, policy: state.redactionPolicy), in: place,
                style: state.theme[export.isUnredacted ? .warning : .text])
        }
    }

    /// Draws the word at the left and the key that changes the line; returns what is left of it.
    private static func renderLabel(
        _ label: String, _ command: String, _ state: AppState, _ layout: ExportLayout, in rect: Rect,
        into canvas: inout Canvas
    ) -> Rect {
        let (left, rest) = Rect(column: 1, row: rect.row, columns: rect.columns - 2, rows: 1)
            .splitLeft(layout.labelColumns)
        canvas.write(label, in: left, style: state.theme[.dim])
        guard let key = state.keymap.keys(of: command, in: .export).first else { return rest.splitLeft(2).rest }
        let used = canvas.write(key, in: rest, style: state.theme[.footerKey])
        return rest.splitLeft(max(2, used + 1)).rest
    }
}
