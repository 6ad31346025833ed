import Basics
import TraceModel

extension HTMLTrace {
    private static let rowHeight = 20
    private static let axisHeight = 22
    /// Rows of one picture: paper breaks between pictures only.
    private static let rowsPerPicture = 20
    private static let labelX = 32.0
    private static let durationX = 448.0
    private static let barsX = 460.0
    private static let barsWidth = 532.0
    /// The width of a character of the fixed-width font.
    private static let characterWidth = 7.3
    private static let indent = 12.0
    private static let deepestIndent = 14

    /// The spans in tree order, with bars on one axis.
    func waterfall(into html: inout HTMLWriter) {
        html.markup("<h2>Waterfall <small>")
        let shown = drawn.count
        html.line(
            rows.hiddenCount == 0
                ? ReportFigures.counted(shown, "span")
                : "\(ReportFigures.count(shown)) of \(ReportFigures.counted(body.spans.count, "span")) drawn")
        html.markup("</small></h2>\n")
        guard !rows.rows.isEmpty else { return }
        key(into: &html)
        if rows.extent.start == nil { html.markup("<p class=\"dim\">No span of this trace has a time.</p>\n") }
        let flagged = body.flagged
        var start = 0
        while start < rows.rows.count {
            let end = min(rows.rows.count, start + HTMLTrace.rowsPerPicture)
            picture(start..<end, flagged: flagged, into: &html)
            start = end
        }
        if rows.hiddenCount > 0 {
            html.more(
                "\(ReportFigures.counted(rows.hiddenCount, "span")) not drawn; +n at a row counts those beneath it")
        }
    }

    private func key(into html: inout HTMLWriter) {
        html.markup("<p class=\"key\">")
        let present = Set(rows.rows.compactMap(\.span).map { body.spans[$0].row.kind.reportGroup })
        for group in ReportKindGroup.allCases where present.contains(group) {
            html.markup("<span><span class=\"k")
            html.number(group.rawValue)
            html.markup("\">")
            html.line(group.glyph)
            html.markup("</span> ")
            html.line(group.name)
            html.markup("</span> &nbsp; ")
        }
        html.markup("<span>✗ error</span> &nbsp; <span>⊘ cancelled</span> &nbsp; <span>… unfinished</span> &nbsp; ")
        html.markup("<span>⚑ finding</span>")
        if rows.rows.contains(where: { $0.span.map { body.spans[$0].row.timeToFirstChunkNanos != nil } ?? false }) {
            html.markup(" &nbsp; <span>pale start: before the first chunk</span>")
        }
        html.markup("</p>\n")
    }

    private func picture(_ range: Range<Int>, flagged: [SpanID: FindingSeverity], into html: inout HTMLWriter) {
        let height = HTMLTrace.axisHeight + range.count * HTMLTrace.rowHeight
        html.markup("<div class=\"wide\"><svg class=\"waterfall\" viewBox=\"0 0 1000 ")
        html.number(height)
        html.markup("\" role=\"img\">\n<title>Waterfall</title>\n")
        axis(height: height, into: &html)
        for place in range {
            let y = HTMLTrace.axisHeight + (place - range.lowerBound) * HTMLTrace.rowHeight
            let row = rows.rows[place]
            if let span = row.span {
                self.row(row, body.spans[span], place: span, y: y, flagged: flagged, into: &html)
            } else {
                missing(row, y: y, into: &html)
            }
        }
        html.markup("</svg></div>\n")
    }

    private func axis(height: Int, into html: inout HTMLWriter) {
        guard let nanos = rows.extent.nanos else { return }
        for tick in ReportExtent.ticks(nanos, most: 7) {
            let share = Double(tick) / Double(max(nanos, 1))
            let x = HTMLTrace.barsX + share * HTMLTrace.barsWidth
            html.markup("<path class=\"grid\" d=\"M")
            html.coordinate(x)
            html.markup(" 18V")
            html.number(height)
            html.markup("\"/><text class=\"tick\" x=\"")
            html.coordinate(x)
            html.markup(share > 0.95 ? "\" y=\"13\" text-anchor=\"end\">" : "\" y=\"13\" text-anchor=\"middle\">")
            html.plain(ReportExtent.tickLabel(tick))
            html.markup("</text>\n")
        }
    }

    private func row(
        _ row: ReportWaterfall.Row, _ span: ReportSpan, place: Int, y: Int, flagged: [SpanID: FindingSeverity],
        into html: inout HTMLWriter
    ) {
        // Of spans that share an id the first one is where links lead.
        if places[span.row.spanID] == place {
            html.markup("<g id=\"")
            html.id(.span(trace: number, span.row.spanID))
            html.markup("\">")
        } else {
            html.markup("<g>")
        }
        html.markup("<title>")
        html.plain(ReportPiece.cut(span.shownName, to: 500))
        html.plain(" — " + span.row.kind.name + " · " + body.context(of: span).joined(separator: " · "))
        html.markup("</title><rect class=\"row\" x=\"0\" y=\"")
        html.number(y)
        html.markup("\" width=\"1000\" height=\"20\"/>")
        let baseline = y + 14
        if let glyph = span.stateGlyph { mark(glyph, "bad", x: 2, y: baseline, into: &html) }
        if places[span.row.spanID] == place, let severity = flagged[span.row.spanID] {
            switch severity {
            case .error: mark("⚑", "bad", x: 15, y: baseline, into: &html)
            case .warning: mark("⚑", "warn", x: 15, y: baseline, into: &html)
            case .hint: mark("⚑", "dim", x: 15, y: baseline, into: &html)
            }
        }
        label(row, span, y: baseline, into: &html)
        html.markup("<text class=\"n\" text-anchor=\"end\" x=\"")
        html.coordinate(HTMLTrace.durationX)
        html.markup("\" y=\"")
        html.number(baseline)
        html.markup("\">")
        html.plain(span.durationWords)
        html.markup("</text>")
        bar(span, y: y, into: &html)
        html.markup("</g>\n")
    }

    private func mark(_ glyph: String, _ name: StaticString, x: Int, y: Int, into html: inout HTMLWriter) {
        html.markup("<text class=\"")
        html.markup(name)
        html.markup("\" x=\"")
        html.number(x)
        html.markup("\" y=\"")
        html.number(y)
        html.markup("\">")
        html.plain(glyph)
        html.markup("</text>")
    }

    private func label(_ row: ReportWaterfall.Row, _ span: ReportSpan, y: Int, into html: inout HTMLWriter) {
        let x = HTMLTrace.labelX + HTMLTrace.indent * Double(min(row.depth, HTMLTrace.deepestIndent))
        mark(span.row.kind.reportGlyph, x: x, group: span.row.kind.reportGroup, y: y, into: &html)
        let hidden = row.hiddenBeneath > 0 ? " +\(row.hiddenBeneath)" : ""
        let durationWidth = Double(TextColumns.width(span.durationWords)) * HTMLTrace.characterWidth
        let room = HTMLTrace.durationX - durationWidth - 10 - x - 15
        let columns = max(4, Int(clamped: room / HTMLTrace.characterWidth) - hidden.count)
        let depth = row.depth > HTMLTrace.deepestIndent ? "(depth \(row.depth)) " : ""
        let cycle = row.opensCycle ? "(its own ancestor) " : ""
        let words = TextColumns.cut(VisibleText.line(depth + cycle + body.label(of: span)), to: columns) + hidden
        if let entry = span.entry { html.link(.entry(trace: number, entry)) }
        html.markup("<text class=\"name\" x=\"")
        html.coordinate(x + 14)
        html.markup("\" y=\"")
        html.number(y)
        html.markup("\">")
        html.plain(words)
        html.markup("</text>")
        if span.entry != nil { html.markup("</a>") }
    }

    private func mark(_ glyph: String, x: Double, group: ReportKindGroup, y: Int, into html: inout HTMLWriter) {
        html.markup("<text class=\"k")
        html.number(group.rawValue)
        html.markup("\" x=\"")
        html.coordinate(x)
        html.markup("\" y=\"")
        html.number(y)
        html.markup("\">")
        html.plain(glyph)
        html.markup("</text>")
    }

    private func bar(_ span: ReportSpan, y: Int, into html: inout HTMLWriter) {
        guard let start = span.row.startUnixNano else { return }
        let from = rows.extent.share(start)
        let to = rows.extent.share(span.row.endUnixNano ?? rows.extent.end ?? start)
        html.markup("<rect class=\"b k")
        html.number(span.row.kind.reportGroup.rawValue)
        if span.isOpenEnded {
            html.markup(" open")
        } else if span.row.isCancelled {
            html.markup(" cancelled")
        } else if span.row.isError {
            html.markup(" failed")
        }
        html.markup("\"")
        bar(from: from, to: max(from, to), y: y + 4, height: 12, into: &html)
        guard let first = span.row.timeToFirstChunkNanos, first > 0, span.row.endUnixNano != nil, to > from else {
            return
        }
        html.markup("<rect class=\"pale\"")
        let pale = min(to, rows.extent.share(start.addingClamped(first)))
        bar(from: from, to: pale, y: y + 5, height: 10, into: &html)
    }

    private func bar(from: Double, to: Double, y: Int, height: Int, into html: inout HTMLWriter) {
        html.markup(" x=\"")
        html.coordinate(HTMLTrace.barsX + from * HTMLTrace.barsWidth)
        html.markup("\" y=\"")
        html.number(y)
        html.markup("\" width=\"")
        html.coordinate(max(1.5, (to - from) * HTMLTrace.barsWidth))
        html.markup("\" height=\"")
        html.number(height)
        html.markup("\"/>")
    }

    private func missing(_ row: ReportWaterfall.Row, y: Int, into html: inout HTMLWriter) {
        html.markup("<g><text class=\"dim\" x=\"32\" y=\"")
        html.number(y + 14)
        html.markup("\">┄ parent ")
        html.plain(row.missingParent?.hex ?? "")
        html.plain(overview.trace.part == nil ? ", not recorded" : ", not in this part")
        if row.hiddenBeneath > 0 { html.plain(" +\(row.hiddenBeneath)") }
        html.markup("</text></g>\n")
    }
}
