package import Canvas
import Synchronization
import TraceModel
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
