package import Canvas
package import Foundation
import Redaction
package import TraceExport
import TraceModel
import TraceQuery

/// Everything that the screen depends on: clock, size, locale and data are all in here.
///
/// `update` changes it, `Screens.render` draws it; neither touches anything else.
package struct AppState: Equatable, Sendable {
    package var size: Size
    package var metrics: TextMetrics
    package var theme: Theme
    /// The themes that `:set theme` can choose.
    package var themes: [Theme]
    package var keymap: Keymap
    /// Nanoseconds since the Unix epoch, as the last message brought it.
    package var nowUnixNano: Int64
    /// Nanoseconds on a clock that only runs forward, as the last frame brought it.
    package var monotonicNanos: Int64
    package var timeZone: TimeZone
    /// What the header calls the database.
    package var databaseName: String

    /// The views from the first to the one on top.
    package var views: [View]
    package var traces: TracesState
    package var trace: TraceState?
    package var results: ResultsState?
    package var stream: StreamState?
    /// The lists that were opened, by their views.
    var lists: [View: ListState] = [:]
    /// The spans that were tagged, oldest first: the newest two can be compared, all of a trace exported.
    package var taggedSpans: [TaggedSpan]
    /// The export dialog, and the export under way when the dialog is closed.
    package var export: ExportState?
    /// The format that was chosen last.
    package var exportFormat: ExportFormat?
    /// What redacts exports, as it is called.
    package var redactionPolicy: String
    /// The user was told that an export is under way, and leaves nonetheless.
    var isQuittingExport: Bool
    package var help: HelpState
    package var prompt: PromptState?
    /// What was typed at each prompt before, oldest first.
    package var history: [PromptState.Kind: [String]]
    /// Keys that began a sequence.
    package var pendingKeys: [Key]
    /// A command that waits for a character, such as the name of a mark.
    package var pendingCharacterCommand: String?
    package var notice: Notice?
    package var placeMarks: [Character: Place]
    package var isMouseOn: Bool

    package var requests: PendingRequests

    package init(
        size: Size,
        metrics: TextMetrics = TextMetrics(),
        theme: Theme,
        themes: [Theme] = [],
        keymap: Keymap = .standard,
        nowUnixNano: Int64,
        timeZone: TimeZone,
        databaseName: String
    ) {
        self.size = size
        self.metrics = metrics
        self.theme = theme
        self.themes = themes
        self.keymap = keymap
        self.nowUnixNano = nowUnixNano
        self.timeZone = timeZone
        self.databaseName = databaseName
        views = [.traces]
        traces = TracesState()
        taggedSpans = []
        redactionPolicy = RedactionPolicy.standard.name
        isQuittingExport = false
        monotonicNanos = 0
        help = HelpState()
        history = [:]
        pendingKeys = []
        placeMarks = [:]
        isMouseOn = false
        requests = PendingRequests()
    }

    /// The view on top.
    package var view: View { views.last ?? .traces }

    package var isASCII: Bool { metrics.asciiOnly }

    /// True when the span pane stands beside the tree instead of over it.
    package var hasRoomForPane: Bool { size.columns >= AppState.columnsForPane }

    /// From this width on, the span pane opens beside the tree.
    package static let columnsForPane = 132
    /// Below this size screens show their list and nothing else.
    package static let smallSize = Size(columns: 40, rows: 10)
    /// Below this size nothing can be shown.
    package static let minimumSize = Size(columns: 20, rows: 5)
}

/// A line for the user that stands until the next key.
package struct Notice: Equatable, Sendable {
    package enum Severity: Sendable { case information, error }

    package var text: String
    package var severity: Severity

    package static func information(_ text: String) -> Notice { Notice(text: text, severity: .information) }
    package static func error(_ text: String) -> Notice { Notice(text: text, severity: .error) }
}

/// A place to jump back to.
package struct Place: Equatable, Sendable {
    package var traceKey: Int64
    package var spanKey: Int64?
    /// The tab that was open there, where the span was.
    package var tab: SpanTab?
}

/// What the help shows: the scroll position only, its text comes from the command table.
package struct HelpState: Equatable, Sendable {
    package var top = 0
}
