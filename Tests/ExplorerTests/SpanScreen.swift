import Canvas
import Testing
import TraceQuery

@testable import Explorer

/// A span view with its size, driven by actions.
struct SpanScreen {
    let document: SpanDocument
    let size: Size
    var state = SpanViewState()
    var context = SpanViewContext()

    init(_ detail: SpanDetail, columns: Int = 80, rows: Int = 24, ascii: Bool = false) {
        document = SpanDocument(detail: detail, metrics: TextMetrics(asciiOnly: ascii))
        size = Size(columns: columns, rows: rows)
    }

    mutating func apply(_ actions: SpanViewAction...) {
        for action in actions { state.apply(action, document: document, size: size) }
    }

    /// The roles by which styles can be told apart.
    static let theme = Theme(
        name: "test",
        styles: Dictionary(
            uniqueKeysWithValues: Role.allCases.enumerated().map { index, role in
                (role, Style(foreground: .indexed(UInt8(index + 1))))
            }))

    func canvas() -> Canvas {
        var canvas = Canvas(size: size, metrics: document.metrics)
        SpanView.render(
            state, document: document, context: context, theme: Self.theme, into: &canvas, rect: Rect(size))
        return canvas
    }

    /// The rows, without trailing blanks.
    var lines: [String] { SpanFixtures.text(canvas()) }

    var text: String { lines.joined(separator: "\n") }

    /// The row that the cursor is drawn on.
    var cursorLine: String? {
        let canvas = canvas()
        let selection = Self.theme[.selection].foreground
        let row = (0..<size.rows).first { row in
            (0..<size.columns).allSatisfy { canvas[$0, row].style.foreground == selection }
        }
        return row.map { SpanFixtures.text(canvas)[$0] }
    }
}
