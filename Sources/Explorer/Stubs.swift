package import Canvas
package import TraceQuery

package struct SpanViewState: Equatable, Sendable {
    package var tab = SpanTab.messages; package init() {};
    mutating func apply(_ a: SpanViewAction, document: SpanDocument, size: Size) {}
}
package enum SpanTab: Int, CaseIterable, Sendable {
    case messages, attributes, events, links, resource, raw; var title: String { "x" }
}
package enum SpanViewAction: Sendable, Equatable {
    case move(Int), home, end, showTab(SpanTab), nextTab, previousTab, toggleFold, expandAll, collapseAll, search(
        String), nextHit(Int)
}
package final class SpanDocument: Sendable {
    package init(detail: SpanDetail, metrics: TextMetrics) {}
    func yankText(state: SpanViewState, size: Size) -> String { "" }
    func yankValue(state: SpanViewState, size: Size) -> String { "" }
}
enum SpanView {
    static func render(_ s: SpanViewState, document: SpanDocument, theme: Theme, into: inout Canvas, rect: Rect) {}
}
struct FilterCompletion {
    var candidates: [String]; var range: Range<Int>; var valueField: String?; var prefix: String
    init(text: String, position: Int) { candidates = []; range = 0..<0; valueField = nil; prefix = "" }
    static func quoted(_ s: String) -> String { s }
}
extension FilterExpression { var description: String { "" } }
