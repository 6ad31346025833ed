public import TraceModel

/// A search for text in names, prompts, outputs, tool arguments and tool results.
public struct SearchRequest: TraceRequest {
    public typealias Answer = SearchPage

    public var text: String
    public var filter: FilterExpression?
    public var limit: Int
    public var after: PageCursor?

    public init(text: String, filter: FilterExpression? = nil, limit: Int = 50, after: PageCursor? = nil) {
        self.text = text
        self.filter = filter
        self.limit = limit
        self.after = after
    }
}

/// Spans that hold a text, newest stored first.
public struct SearchPage: Equatable, Sendable {
    public struct Hit: Equatable, Sendable {
        public var traceID: TraceID
        public var row: SpanRow
        /// The text around the first match, with the match's character range in it; nil where the match is in no shown text.
        public var excerpt: String?
        public var matchStart: Int
        public var matchLength: Int

        public init(
            traceID: TraceID, row: SpanRow, excerpt: String?, matchStart: Int, matchLength: Int
        ) {
            self.traceID = traceID
            self.row = row
            self.excerpt = excerpt
            self.matchStart = matchStart
            self.matchLength = matchLength
        }

        public var address: SpanAddress { SpanAddress(traceID, row.local) }
    }

    public var hits: [Hit]
    public var names: NameTable
    public var next: PageCursor?

    public init(hits: [Hit], names: NameTable, next: PageCursor?) {
        self.hits = hits
        self.names = names
        self.next = next
    }
}
