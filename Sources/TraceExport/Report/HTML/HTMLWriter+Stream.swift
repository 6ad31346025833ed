import TraceModel

extension HTMLWriter {
    private static var width: Double { 1000 }
    private static var binCount: Int { 250 }

    /// A stream: figures, arrivals on an axis, text with its gaps.
    mutating func stream(_ stream: WholeStream, _ shown: ReportStream) {
        if let bins = StreamBins(stream, most: HTMLWriter.binCount) { timeline(bins) }
        facts(shown.facts)
        markup(shown.isStriking ? "<details open><summary>" : "<details><summary>")
        markup("text as it arrived</summary>\n<div class=\"prose\">")
        for segment in shown.segments {
            if let mark = segment.mark {
                switch mark.kind {
                case .gap: markup("<span class=\"mark gap\">‖ ")
                case .loop: markup("<span class=\"mark loop\">⟲ ")
                case .end: markup("<span class=\"mark\">■ ")
                }
                line(mark.words)
                markup("</span>")
            }
            text(segment.text)
        }
        markup("</div>\n")
        if let remark = shown.cutRemark { more(remark) }
        markup("</details>\n")
    }

    /// How much arrived when; where it stood still, and where it repeated itself.
    private mutating func timeline(_ bins: StreamBins) {
        let (top, bottom) = (20.0, 64.0)
        markup("<div class=\"wide\"><svg class=\"arrivals\" viewBox=\"0 0 1000 86\" role=\"img\">\n")
        markup("<title>When the content of the stream arrived</title>\n")
        for stall in bins.stalls {
            rect("stall", x: stall.start, width: stall.end - stall.start, y: top, height: bottom - top)
        }
        for loop in bins.loops {
            rect("looped", x: loop.start, width: loop.end - loop.start, y: bottom + 1, height: 3)
        }
        let most = Double(bins.bins.map(\.bytes).max() ?? 0)
        for (place, bin) in bins.bins.enumerated() where bin.bytes > 0 && most > 0 {
            // The square root lets small chunks be seen beside large ones.
            let height = max(4, (Double(bin.bytes) / most).squareRoot() * (bottom - top))
            let step = 1 / Double(bins.bins.count)
            markup("<rect class=\"c")
            number(bin.kind.rawValue)
            markup("\"")
            place4(x: Double(place) * step, width: step * 0.8, y: bottom - height, height: height)
        }
        for stall in bins.stalls where stall.end - stall.start > 0.04 {
            markup("<text class=\"stalled\" text-anchor=\"middle\" x=\"")
            coordinate((stall.start + stall.end) / 2 * HTMLWriter.width)
            markup("\" y=\"14\">‖ ")
            plain(ReportFigures.duration(stall.nanos))
            markup("</text>\n")
        }
        for tick in ReportExtent.ticks(bins.durationNanos, most: 8) {
            let x = Double(tick) / Double(bins.durationNanos) * HTMLWriter.width
            markup("<path class=\"grid\" d=\"M")
            coordinate(x)
            markup(" 64v5\"/><text class=\"tick\" x=\"")
            coordinate(x)
            markup(
                x < 10
                    ? "\" y=\"81\">"
                    : x > 960 ? "\" y=\"81\" text-anchor=\"end\">" : "\" y=\"81\" text-anchor=\"middle\">")
            plain(ReportExtent.tickLabel(tick))
            markup("</text>\n")
        }
        markup("<path class=\"axis\" d=\"M0 64h1000\"/>\n</svg></div>\n")
        key(bins)
    }

    private mutating func key(_ bins: StreamBins) {
        markup("<p class=\"key\">")
        for kind in [ChunkKind.text, .reasoning, .toolArguments, .refusal]
        where bins.bins.contains(where: { $0.bytes > 0 && $0.kind == kind }) {
            markup("<span><svg viewBox=\"0 0 10 10\"><rect class=\"c")
            number(kind.rawValue)
            markup("\" width=\"10\" height=\"10\"/></svg> ")
            line(kind.words)
            markup("</span> ")
        }
        if !bins.stalls.isEmpty {
            markup("<span><svg viewBox=\"0 0 10 10\"><rect class=\"stall\" width=\"10\" height=\"10\"/></svg> ")
            markup("stood still</span> ")
        }
        if !bins.loops.isEmpty {
            markup("<span><svg viewBox=\"0 0 10 10\"><rect class=\"looped\" y=\"4\" width=\"10\" height=\"3\"/></svg> ")
            markup("repeats itself</span>")
        }
        markup("</p>\n")
    }

    private mutating func rect(_ name: StaticString, x: Double, width: Double, y: Double, height: Double) {
        markup("<rect class=\"")
        markup(name)
        markup("\"")
        place4(x: x, width: width, y: y, height: height)
    }

    private mutating func place4(x: Double, width: Double, y: Double, height: Double) {
        markup(" x=\"")
        coordinate(x * HTMLWriter.width)
        markup("\" y=\"")
        coordinate(y)
        markup("\" width=\"")
        coordinate(max(1.5, width * HTMLWriter.width))
        markup("\" height=\"")
        coordinate(height)
        markup("\"/>\n")
    }
}
