/// What the user sees of a span: tab, position, folds and search, without any of the span's text.
package struct SpanViewState: Equatable, Sendable {
    /// The position and folds of one tab.
    struct Page: Equatable, Sendable {
        var top = SpanPosition()
        var cursor = SpanPosition()
        var folds = SpanFolds()
    }

    /// What the last search came to.
    package enum SearchOutcome: Equatable, Sendable {
        case found
        /// The search went on at the other end of the page.
        case wrapped
        case notFound
    }

    package var tab: SpanTab = .messages
    /// The text that is searched for and highlighted; empty without a search.
    package var pattern = ""
    /// What the last search came to; nil before one.
    package var searchOutcome: SearchOutcome?
    var pages = Array(repeating: Page(), count: SpanTab.allCases.count)

    package init() {}

    /// The position and folds of the tab that is shown.
    var page: Page {
        get { pages[tab.rawValue] }
        set { pages[tab.rawValue] = newValue }
    }
}
