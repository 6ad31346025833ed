import Canvas
import TraceModel
import TraceQuery

/// One stream, or two side by side, at a moment of its time.
enum StreamScreen {
    static let record = ViewRecord(
        view: .stream, render: render, isWaiting: { $0.stream.map { $0.tapes.isEmpty && $0.error == nil } ?? false },
        pageRows: { StreamLayout($0).texts.first?.rows ?? 1 },
        position: { $0.stream?.isFollowing == false ? "G follows" : "" },
        move: { state, movement in
            switch movement {
            case .by(let distance): Playing.scroll(&state, by: distance)
            case .to: Playing.scrollToStart(&state)
            case .toEnd: Playing.scrollToEnd(&state)
            }
        },
        id: { $0.stream?.path }, text: { $0.stream.flatMap { $0.tape?.text(count: $0.count) } },
        command: { $0.stream?.path.map { "spandrel stream \($0)" } }, exports: { TraceExportChoices($0).list() })

    static func render(_ state: AppState, into canvas: inout Canvas) {
        guard let stream = state.stream else { return }
        let layout = StreamLayout(state)
        renderHeader(state, stream, layout, into: &canvas)
        guard !stream.tapes.isEmpty else {
            let sentence = stream.error.map { "\($0)" } ?? "Reading " + Glyphs.more(ascii: state.isASCII)
            let row = layout.texts.first ?? Rect(state.size)
            canvas.write(
                sentence, in: Rect(column: row.column, row: row.row, columns: state.size.columns - 2, rows: 1),
                style: state.theme[stream.error == nil ? .dim : .error])
            return
        }
        renderRules(state, layout, into: &canvas)
        for index in stream.tapes.indices {
            renderTitle(state, stream, index, layout, into: &canvas)
            StreamTextPainter(
                state: state, window: StreamWindow(state, stream, tape: index, layout: layout),
                rect: layout.texts[index], showsCursor: index == 0 && !stream.isComparing
            ).render(into: &canvas)
        }
        renderStrips(state, stream, layout, into: &canvas)
        StreamFigurePainter(state: state, stream: stream, layout: layout).render(into: &canvas)
    }

    // MARK: Header

    private static func renderHeader(
        _ state: AppState, _ stream: StreamState, _ layout: StreamLayout, into canvas: inout Canvas
    ) {
        var figures: [String] = []
        if let tape = stream.tape {
            let row = tape.detail.row
            if !stream.isComparing {
                figures.append(tape.timing.label)
                if let agent = tape.detail.names[row.agent] { figures.append(agent) }
                if tape.choiceCount > 1 { figures.append("choice \(tape.choice + 1)/\(tape.choiceCount)") }
            }
            if let limit = stream.idleLimitNanos {
                figures.append("idle \(state.isASCII ? "<=" : "≤") \(Figures.duration(nanos: limit))")
            }
            if stream.loopEnd != nil { figures.append("looping") }
        }
        let status = status(state, stream)
        if state.size.columns < 60 { figures.insert(status, at: 0) }
        let title = stream.isComparing ? "\(stream.names[0]) and \(stream.names[1])" : name(stream, 0)
        Header.render(state, title: title, figures: figures, right: status, in: layout.header, into: &canvas)
    }

    static func name(_ stream: StreamState, _ index: Int) -> String {
        guard stream.tapes.indices.contains(index) else { return stream.names[index] }
        let detail = stream.tapes[index].detail
        return detail.names[detail.row.name] ?? stream.names[index]
    }

    /// What plays, where it is, and how fast.
    static func status(_ state: AppState, _ stream: StreamState) -> String {
        guard let tape = stream.tape else { return "" }
        guard tape.isTimed else { return "chunk \(stream.figureCount) / \(tape.chunkCount)" }
        let isAtEnd = stream.figureTime >= stream.duration
        let sign =
            stream.isPlaying
            ? state.isASCII ? ">" : "▶" : isAtEnd ? state.isASCII ? "." : "■" : state.isASCII ? "=" : "‖"
        let place = StreamTime.text(stream.figureTime) + " / " + StreamTime.text(stream.duration)
        return "\(sign) \(place)  \(stream.speed.label(ascii: state.isASCII))"
    }

    // MARK: Parts

    private static func renderRules(_ state: AppState, _ layout: StreamLayout, into canvas: inout Canvas) {
        let ascii = state.isASCII
        let right = layout.pane.isEmpty ? state.size.columns : layout.pane.column - 1
        for (index, row) in layout.rules.enumerated() {
            let end = index == 0 ? state.size.columns : right
            canvas.write(
                String(repeating: Glyphs.rule(ascii: ascii), count: max(0, end - 2)), column: 1, row: row,
                style: state.theme[.rule])
        }
        func guide(_ column: Int, _ rows: Range<Int>) {
            for row in rows {
                canvas.write(Glyphs.guide(ascii: ascii), column: column, row: row, style: state.theme[.guide])
            }
        }
        if !layout.pane.isEmpty { guide(layout.pane.column - 1, layout.pane.row..<layout.pane.endRow) }
        if layout.texts.count == 2 {
            let row = layout.titles.first?.row ?? layout.texts[0].row
            guide(layout.titles[1].column - 2, row..<layout.texts[0].endRow)
        }
    }

    private static func renderTitle(
        _ state: AppState, _ stream: StreamState, _ index: Int, _ layout: StreamLayout, into canvas: inout Canvas
    ) {
        guard layout.titles.indices.contains(index) else { return }
        let tape = stream.tapes[index]
        let letter = index == 0 ? "a" : "b"
        let place = layout.titles[index]
        let count = index == 0 ? stream.figureCount : tape.count(at: stream.figureTime)
        let right = place.columns >= 50 ? "\(tape.timing.label)  \(count) of \(tape.chunkCount)" : tape.timing.label
        let width = min(place.columns, canvas.metrics.width(of: right))
        canvas.write(right, endingAt: place.endColumn, row: place.row, style: state.theme[.dim], limit: width)
        var left = place
        left.columns = max(0, place.columns - width - 1)
        canvas.write("\(letter)  \(name(stream, index))", in: left, style: state.theme[.header].adding(.bold))
    }

    private static func renderStrips(
        _ state: AppState, _ stream: StreamState, _ layout: StreamLayout, into canvas: inout Canvas
    ) {
        for (index, tape) in stream.tapes.enumerated() {
            let painter = StreamStripPainter(state: state, stream: stream, tape: tape, extent: stream.duration)
            if index == 0 {
                painter.renderGaps(in: layout.gaps, into: &canvas)
                painter.renderRate(in: layout.rate, into: &canvas)
            }
            painter.renderTimeline(
                stream.isComparing ? index == 0 ? "a" : "b" : "text", in: layout.timelines[index], into: &canvas)
        }
        guard let tape = stream.tape else { return }
        StreamAxisPainter(state: state, tape: tape, extent: stream.duration).render(in: layout.axis, into: &canvas)
    }
}
