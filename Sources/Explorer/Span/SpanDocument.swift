package import Canvas
import Synchronization
package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// All that the span view shows of one span; pages are built when they are first looked at and then kept.
package final class SpanDocument: Sendable {
    package let detail: SpanDetail
    /// How texts are measured; the canvas that the view is drawn on has the same.
    package let metrics: TextMetrics
    /// What the trace around the span says of it.
    package let place: SpanPlace
    private let pages = Mutex<[SpanTab: SpanPage]>([:])

    package init(detail: SpanDetail, metrics: TextMetrics, place: SpanPlace = SpanPlace()) {
        self.detail = detail
        self.place = place
        self.metrics = metrics
    }

    /// What was found about the span, and about the trace from here on.
    var findings: [Finding] { detail.findings + place.traceFindings }

    /// The page of a tab.
    func page(_ tab: SpanTab) -> SpanPage {
        pages.withLock { built in
            if let page = built[tab] { return page }
            let blocks = tab == .raw ? blocks(tab) : RedactionSection.append(to: blocks(tab))
            let page = SpanPage(tab: tab, blocks: blocks, metrics: metrics)
            built[tab] = page
            return page
        }
    }

    private func blocks(_ tab: SpanTab) -> [SpanBlock] {
        switch tab {
        case .messages: MessagePageBuilder(detail: detail, metrics: metrics).blocks()
        case .attributes: AttributePageBuilder(metrics: metrics).attributePage(of: detail.span)
        case .events: EventPageBuilder(span: detail.span, metrics: metrics).events()
        case .links: EventPageBuilder(span: detail.span, metrics: metrics).links()
        case .resource:
            EventPageBuilder(span: detail.span, metrics: metrics)
                .resource(clock: ClockSection(place: place, metrics: metrics).facts())
        case .raw: [.raw(detail.span)]
        case .findings:
            FindingPageBuilder(
                findings: findings, names: place.evidenceNames, spanID: detail.row.spanID,
                marks: detail.span.marks.union(detail.row.marks), metrics: metrics
            ).blocks()
        }
    }
}

extension SpanBlock {
    /// The whole span as JSON.
    fileprivate static func raw(_ span: Span) -> SpanBlock {
        var block = SpanBlock()
        block.body = SpanText(RawSpanJSON.text(of: span), form: .rawJSON)
        return block
    }
}

extension SpanDocument {
    /// The span that the line of evidence under the cursor names; nil on other lines.
    package func target(_ state: SpanViewState) -> SpanID? {
        let blocks = page(state.tab).blocks
        let block = state.page.cursor.block
        return blocks.indices.contains(block) ? blocks[block].target : nil
    }
}

extension SpanDocument {
    /// The whole text under the cursor: a message's part, an attribute's value, an event's body.
    ///
    /// The text is raw: whoever hands it to a terminal wraps it so that it is data there.
    package func yankText(state: SpanViewState, size: Size) -> String {
        let (walker, cursor) = place(state, size)
        let block = walker.page.blocks[cursor.block]
        return block.body?.text ?? walker.display(cursor.block, 0).text
    }

    /// The innermost value under the cursor: in JSON the string, number or container of the line, elsewhere the text.
    package func yankValue(state: SpanViewState, size: Size) -> String {
        let (walker, cursor) = place(state, size)
        guard case .json(let outline) = walker.shownBody(cursor.block) else {
            return yankText(state: state, size: size)
        }
        return outline.value(of: cursor.line)
    }

    private func place(_ state: SpanViewState, _ size: Size) -> (SpanWalker, SpanPosition) {
        var walker = state.walker(document: self, columns: size.columns)
        let cursor = walker.settled(state.page.cursor)
        return (walker, cursor)
    }
}

/// What the trace says of a span that its own record does not: its share of the time, its clock, its neighbours.
package struct SpanPlace: Equatable, Sendable {
    /// The time in which no child ran; nil where it is unknown.
    package var selfNanos: Int64?
    /// How long the root would take without the span; nil where it is unknown.
    package var whatIf: WhatIf?
    /// The span, or something beneath it, decides when its root ends.
    package var isOnCriticalPath = false
    /// The clock of the span, where the trace has several.
    package var clock: ClockEstimate?
    /// The times of the trace are shown adjusted.
    package var adjustsClocks = false
    /// Findings about the whole trace that are shown at this span, since their evidence begins here.
    package var traceFindings: [Finding] = []
    /// The names of the spans that findings name as evidence; a span that is not in the trace has none.
    package var evidenceNames: [SpanID: String] = [:]

    package init() {}
}
