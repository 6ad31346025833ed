package import TraceModel

/// A span with what the dialect read out of it, ready to be stored.
package struct PreparedSpan: Sendable {
    package var span: Span
    package var facts: SpanFacts
    package var searchText: String

    package init(span: Span, facts: SpanFacts, searchText: String) {
        self.span = span
        self.facts = facts
        self.searchText = searchText
    }
}

/// What one write added.
package struct WriteCounts: Equatable, Sendable {
    package var spansNew = 0
    package var spansKnown = 0
    package var logsNew = 0
    package var logsKnown = 0
    package var rejected = 0

    package init() {}
}
