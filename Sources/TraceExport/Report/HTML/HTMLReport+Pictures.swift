import Basics
import Canvas
import TraceModel

/// The waterfall: the spans in tree order, with bars on one axis.
extension HTMLWriter {
    private static var rowHeight: Int { 20 }
    private static var axisHeight: Int { 22 }
    /// Rows of one picture: paper breaks between pictures only.
    private static var rowsPerPicture: Int { 20 }
    private static var labelX: Double { 32 }
    private static var durationX: Double { 448 }
    private static var barsX: Double { 460 }
    private static var barsWidth: Double { 532 }
    /// The width of a character of the fixed-width font.
    private static var characterWidth: Double { 7.3 }
    private static var indent: Double { 12 }
    private static var deepestIndent: Int { 14 }

    mutating func waterfall(_ trace: ReportTrace) {
        let rows = trace.rows
        waterfallKey(trace)
        if rows.extent.start == nil { write("<p class=\"dim\">No span of this trace has a time.</p>\n") }
        for start in stride(from: 0, to: rows.rows.count, by: HTMLWriter.rowsPerPicture) {
            picture(start..<min(rows.rows.count, start + HTMLWriter.rowsPerPicture), trace)
        }
    }

    private mutating func waterfallKey(_ trace: ReportTrace) {
        write("<p class=\"key\">")
        let spans = trace.rows.rows.compactMap(\.span).map { trace.body.spans[$0] }
        let present = Set(spans.map(\.row.kind.reportGroup))
        for group in ReportKindGroup.allCases where present.contains(group) {
            write("<span><span class=\"k\(group.rawValue)\">\(group.glyph)</span> \(group.name)</span> &nbsp; ")
        }
        write("<span>✗ error</span> &nbsp; <span>⊘ cancelled</span> &nbsp; <span>… unfinished</span> &nbsp; ")
        write("<span>⚑ finding</span>")
        if spans.contains(where: { $0.row.timeToFirstChunkNanos != nil }) {
            write(" &nbsp; <span>pale start: before the first chunk</span>")
        }
        write("</p>\n")
    }

    private mutating func picture(_ range: Range<Int>, _ trace: ReportTrace) {
        let height = HTMLWriter.axisHeight + range.count * HTMLWriter.rowHeight
        write("<div class=\"wide\"><svg class=\"waterfall\" viewBox=\"0 0 1000 \(height)\" role=\"img\">\n")
        write("<title>Waterfall</title>\n")
        axis(trace.rows.extent, height: height)
        for place in range {
            let y = HTMLWriter.axisHeight + (place - range.lowerBound) * HTMLWriter.rowHeight
            let row = trace.rows.rows[place]
            if let span = row.span { self.row(row, span, trace, y: y) } else { missing(row, trace, y: y) }
        }
        write("</svg></div>\n")
    }

    private mutating func axis(_ extent: ReportExtent, height: Int) {
        guard let nanos = extent.nanos else { return }
        for tick in ReportExtent.ticks(nanos, most: 7) {
            let share = Double(tick) / Double(max(nanos, 1))
            let x = HTMLWriter.barsX + share * HTMLWriter.barsWidth
            write("<path class=\"grid\" d=\"M\(at: x) 18V\(height)\"/><text class=\"tick\" x=\"\(at: x)\"")
            write("\(markup: share > 0.95 ? " y=\"13\" text-anchor=\"end\">" : " y=\"13\" text-anchor=\"middle\">")")
            write("\(plain: ReportExtent.tickLabel(tick))</text>\n")
        }
    }

    private mutating func row(_ row: ReportWaterfall.Row, _ place: Int, _ trace: ReportTrace, y: Int) {
        let span = trace.body.spans[place]
        if trace.isFirst(span, at: place) {
            write("<g id=\"\(id: .span(trace: trace.number, span.row.spanID))\">")
        } else {
            write("<g>")
        }
        let context = span.row.kind.name + " · " + trace.body.context(of: span).joined(separator: " · ")
        write("<title>\(plain: ReportPiece.cut(span.shownName, to: 500))\(plain: " — " + context)</title>")
        write("<rect class=\"row\" x=\"0\" y=\"\(y)\" width=\"1000\" height=\"20\"/>")
        let baseline = y + 14
        if let glyph = span.stateGlyph {
            write("<text class=\"bad\" x=\"2\" y=\"\(baseline)\">\(plain: glyph)</text>")
        }
        if let severity = trace.severity(of: span, at: place) {
            let style: Markup<HTMLWriter> = severity == .error ? "bad" : severity == .warning ? "warn" : "dim"
            write("<text class=\"\(markup: style)\" x=\"15\" y=\"\(baseline)\">⚑</text>")
        }
        label(row, span, trace, y: baseline)
        write("<text class=\"n\" text-anchor=\"end\" x=\"\(at: HTMLWriter.durationX)\" y=\"\(baseline)\">")
        write("\(plain: span.durationWords)</text>")
        bar(span, trace.rows.extent, y: y)
        write("</g>\n")
    }

    private mutating func label(_ row: ReportWaterfall.Row, _ span: ReportSpan, _ trace: ReportTrace, y: Int) {
        let x = HTMLWriter.labelX + HTMLWriter.indent * Double(min(row.depth, HTMLWriter.deepestIndent))
        let group = span.row.kind.reportGroup.rawValue
        write("<text class=\"k\(group)\" x=\"\(at: x)\" y=\"\(y)\">\(plain: span.row.kind.reportGlyph)</text>")
        let hidden = row.hiddenBeneath > 0 ? " +\(row.hiddenBeneath)" : ""
        let durationWidth = Double(TextColumns.width(span.durationWords)) * HTMLWriter.characterWidth
        let room = HTMLWriter.durationX - durationWidth - 10 - x - 15
        let columns = max(4, Int(clamped: room / HTMLWriter.characterWidth) - hidden.count)
        let depth = row.depth > HTMLWriter.deepestIndent ? "(depth \(row.depth)) " : ""
        let cycle = row.opensCycle ? "(its own ancestor) " : ""
        let words = TextColumns.cut(VisibleText.line(depth + cycle + trace.body.label(of: span)), to: columns) + hidden
        if let entry = span.entry { write("<a href=\"#\(id: .entry(trace: trace.number, entry))\">") }
        write("<text class=\"name\" x=\"\(at: x + 14)\" y=\"\(y)\">\(plain: words)</text>")
        if span.entry != nil { write("</a>") }
    }

    private mutating func bar(_ span: ReportSpan, _ extent: ReportExtent, y: Int) {
        guard let start = span.row.startUnixNano else { return }
        let from = extent.share(start)
        let to = extent.share(span.row.endUnixNano ?? extent.end ?? start)
        let state: Markup<HTMLWriter> =
            span.isOpenEnded ? " open" : span.row.isCancelled ? " cancelled" : span.row.isError ? " failed" : ""
        write("<rect class=\"b k\(span.row.kind.reportGroup.rawValue)\(markup: state)\"")
        bar(from: from, to: max(from, to), y: y + 4, height: 12)
        guard let first = span.row.timeToFirstChunkNanos, first > 0, span.row.endUnixNano != nil, to > from else {
            return
        }
        write("<rect class=\"pale\"")
        bar(from: from, to: min(to, extent.share(start.addingClamped(first))), y: y + 5, height: 10)
    }

    private mutating func bar(from: Double, to: Double, y: Int, height: Int) {
        let width = max(1.5, (to - from) * HTMLWriter.barsWidth)
        write(
            " x=\"\(at: HTMLWriter.barsX + from * HTMLWriter.barsWidth)\" y=\"\(y)\" width=\"\(at: width)\"")
        write(" height=\"\(height)\"/>")
    }

    private mutating func missing(_ row: ReportWaterfall.Row, _ trace: ReportTrace, y: Int) {
        let words = trace.overview.trace.part == nil ? ", not recorded" : ", not in this part"
        let hidden = row.hiddenBeneath > 0 ? " +\(row.hiddenBeneath)" : ""
        write("<g><text class=\"dim\" x=\"32\" y=\"\(y + 14)\">┄ parent \(plain: row.missingParent?.hex ?? "")")
        write("\(plain: words + hidden)</text></g>\n")
    }
}

/// Streams: figures, arrivals on an axis, text with its gaps.
extension HTMLWriter {
    private static var streamWidth: Double { 1000 }
    private static var binCount: Int { 250 }

    mutating func stream(_ stream: WholeStream, _ shown: ReportStream) {
        if let bins = StreamBins(stream, most: HTMLWriter.binCount) { timeline(bins) }
        facts(shown.facts)
        write("<details\(markup: shown.isStriking ? " open" : "")><summary>text as it arrived</summary>\n")
        write("<div class=\"prose\">")
        for segment in shown.segments {
            switch segment.mark?.kind {
            case .gap: write("<span class=\"mark gap\">‖ \(segment.mark?.words ?? "")</span>")
            case .loop: write("<span class=\"mark loop\">⟲ \(segment.mark?.words ?? "")</span>")
            case .end: write("<span class=\"mark\">■ \(segment.mark?.words ?? "")</span>")
            case nil: break
            }
            write("\(text: segment.text)")
        }
        write("</div>\n")
        if let remark = shown.cutRemark { more(remark) }
        write("</details>\n")
    }

    /// How much arrived when; where it stood still, and where it repeated itself.
    private mutating func timeline(_ bins: StreamBins) {
        let (top, bottom) = (20.0, 64.0)
        write("<div class=\"wide\"><svg class=\"arrivals\" viewBox=\"0 0 1000 86\" role=\"img\">\n")
        write("<title>When the content of the stream arrived</title>\n")
        for stall in bins.stalls {
            write("<rect class=\"stall\"")
            place(x: stall.start, width: stall.end - stall.start, y: top, height: bottom - top)
        }
        for loop in bins.loops {
            write("<rect class=\"looped\"")
            place(x: loop.start, width: loop.end - loop.start, y: bottom + 1, height: 3)
        }
        let most = Double(bins.bins.map(\.bytes).max() ?? 0)
        let step = 1 / Double(bins.bins.count)
        for (number, bin) in bins.bins.enumerated() where bin.bytes > 0 && most > 0 {
            // The square root lets small chunks be seen beside large ones.
            let height = max(4, (Double(bin.bytes) / most).squareRoot() * (bottom - top))
            write("<rect class=\"c\(bin.kind.rawValue)\"")
            place(x: Double(number) * step, width: step * 0.8, y: bottom - height, height: height)
        }
        for stall in bins.stalls where stall.end - stall.start > 0.04 {
            let x = (stall.start + stall.end) / 2 * HTMLWriter.streamWidth
            write("<text class=\"stalled\" text-anchor=\"middle\" x=\"\(at: x)\" y=\"14\">‖ ")
            write("\(plain: ReportFigures.duration(stall.nanos))</text>\n")
        }
        for tick in ReportExtent.ticks(bins.durationNanos, most: 8) {
            let x = Double(tick) / Double(bins.durationNanos) * HTMLWriter.streamWidth
            let anchor: Markup<HTMLWriter> =
                x < 10 ? "" : x > 960 ? " text-anchor=\"end\"" : " text-anchor=\"middle\""
            write("<path class=\"grid\" d=\"M\(at: x) 64v5\"/><text class=\"tick\" x=\"\(at: x)\" y=\"81\"")
            write("\(markup: anchor)>\(plain: ReportExtent.tickLabel(tick))</text>\n")
        }
        write("<path class=\"axis\" d=\"M0 64h1000\"/>\n</svg></div>\n")
        streamKey(bins)
    }

    private mutating func streamKey(_ bins: StreamBins) {
        write("<p class=\"key\">")
        for kind in [ChunkKind.text, .reasoning, .toolArguments, .refusal]
        where bins.bins.contains(where: { $0.bytes > 0 && $0.kind == kind }) {
            write("<span><svg viewBox=\"0 0 10 10\"><rect class=\"c\(kind.rawValue)\" width=\"10\" height=\"10\"/>")
            write("</svg> \(kind.words)</span> ")
        }
        if !bins.stalls.isEmpty {
            write("<span><svg viewBox=\"0 0 10 10\"><rect class=\"stall\" width=\"10\" height=\"10\"/></svg> ")
            write("stood still</span> ")
        }
        if !bins.loops.isEmpty {
            write("<span><svg viewBox=\"0 0 10 10\"><rect class=\"looped\" y=\"4\" width=\"10\" height=\"3\"/></svg> ")
            write("repeats itself</span>")
        }
        write("</p>\n")
    }

    private mutating func place(x: Double, width: Double, y: Double, height: Double) {
        write(
            " x=\"\(at: x * HTMLWriter.streamWidth)\" y=\"\(at: y)\" width=\"\(at: max(1.5, width * HTMLWriter.streamWidth))\""
        )
        write(" height=\"\(at: height)\"/>\n")
    }
}
