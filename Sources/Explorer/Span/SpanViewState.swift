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

/// What a key can do to the span view.
package enum SpanViewAction: Sendable, Equatable {
    /// Moves the cursor by rows.
    case move(Int)
    /// Moves the cursor by pages of the visible height.
    case page(Int)
    /// Moves the cursor by half pages.
    case halfPage(Int)
    case home
    case end
    /// Moves the cursor to the start of the next (1) or of this and the previous (-1) message, attribute or event.
    case block(Int)
    /// Scrolls by rows and keeps the cursor inside what is visible.
    case scroll(Int)
    /// Puts the cursor on a row of the view, counted from the top of its rectangle.
    case point(row: Int)
    case showTab(SpanTab)
    case nextTab
    case previousTab
    /// Opens what is closed under the cursor, or closes it.
    case toggleFold
    /// Closes what is under the cursor; where nothing can be closed, goes to what encloses it.
    case fold
    /// Opens what is under the cursor; where it is open, goes to its first line.
    case unfold
    case expandAll
    case collapseAll
    /// Expands all, or collapses all where all is expanded.
    case toggleAll
    /// Searches a text from the cursor on; an empty text ends the search.
    ///
    /// Case matters only if the text has an upper-case letter.
    case search(String)
    /// Goes to the next (1) or previous (-1) hit, around the end.
    case nextHit(Int)
}
