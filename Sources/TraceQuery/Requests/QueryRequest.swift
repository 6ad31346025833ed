public import TraceModel

/// Everything that a screen or a command can ask of a trace database.
///
/// A request is a value and assumes no SQL: any back end behind `TraceBackend` can answer it.
public enum QueryRequest: Hashable, Sendable {
    case traces(TraceListRequest)
    case structure(TraceReference, limit: Int?)
    /// Which spans of a trace a filter keeps.
    case matches(TraceReference, FilterExpression)
    case span(SpanReference)
    /// The chunks of a span's stream; `QueryError.notFound` where it has none.
    case stream(SpanReference)
    case search(SearchRequest)
    case facets(FacetRequest)
    case statistics(FilterExpression?)
    case rejects(limit: Int)
    case sql(String, limit: Int)
    /// The agent runs of a trace and how they came from each other.
    case agents(TraceReference)
    /// The steps of a trace with their figures.
    case steps(TraceReference)
    /// The tool calls of a trace on their way through the layers.
    case joints(TraceReference)
    /// What a trace should hold and what is missing.
    case ledger(TraceReference)
    case findings(FindingListRequest)
    /// How the phases of steps are distributed over the traces that a filter keeps.
    case phases(FilterExpression?)
    /// Which models answered to which names, over the traces that a filter keeps.
    case models(FilterExpression?)
    /// How many distinct values each attribute has, the most first.
    case attributes(limit: Int)
    /// Spans with everything that is stored of them, in the order of their keys in the request; keys of no span are
    /// passed over.
    case wholeSpans(WholeSpanRequest)
    /// What is known of the redaction of the traces that a filter keeps.
    case redaction(FilterExpression?)
    /// The lines of the audit log, the newest first.
    case auditLog(limit: Int)
}

/// The answer to the `QueryRequest` of the same name.
public enum QueryResult: Sendable {
    case traces(TracePage)
    case structure(TraceStructure)
    /// The keys of the spans, ascending.
    case matches([Int64])
    case span(SpanDetail)
    case stream(StreamDetail)
    case search(SearchPage)
    case facets(FacetPage)
    case statistics(SelectionStatistics)
    case rejects([RejectedRecord])
    case sql(SQLTable)
    case agents(TraceAgents)
    case steps(TraceSteps)
    case joints(TraceJoints)
    case ledger(TraceLedgerPage)
    case findings(FindingPage)
    case phases(PhaseStatistics)
    case models([ModelAlias])
    case attributes([AttributeCardinality])
    case wholeSpans(WholeSpans)
    case redaction(TraceRedaction)
    case auditLog([AuditRecord])
}

/// A trace by its store key or by a prefix of its hexadecimal id.
public enum TraceReference: Hashable, Sendable {
    case key(Int64)
    case prefix(String)
}

/// A span by its store key, or by prefixes of the hexadecimal ids of its trace and itself.
public enum SpanReference: Hashable, Sendable {
    case key(Int64)
    case prefix(trace: String, span: String)
}

/// A page of the list of traces.
public struct TraceListRequest: Hashable, Sendable {
    /// What a list of traces can be ordered by.
    public enum SortKey: String, Sendable, CaseIterable {
        case start, duration, name, spans, errors, tokens
    }

    public var filter: FilterExpression?
    public var sort: SortKey
    public var descending: Bool
    /// The most rows of a page.
    public var limit: Int
    /// Continue after this row of the same list.
    public var after: PageCursor?
    /// Also count the whole list and its histogram over time.
    public var includesOverview: Bool
    /// The number of buckets of the histogram.
    public var histogramBuckets: Int

    public init(
        filter: FilterExpression? = nil,
        sort: SortKey = .start,
        descending: Bool = true,
        limit: Int = 200,
        after: PageCursor? = nil,
        includesOverview: Bool = false,
        histogramBuckets: Int = 0
    ) {
        self.filter = filter
        self.sort = sort
        self.descending = descending
        self.limit = limit
        self.after = after
        self.includesOverview = includesOverview
        self.histogramBuckets = histogramBuckets
    }
}

/// A position in a sorted list, opaque to all but the back end; prints and parses as one word.
public struct PageCursor: Hashable, Sendable {
    public let text: String

    public init(text: String) {
        self.text = text
    }
}

/// A page of traces.
public struct TracePage: Equatable, Sendable {
    public var rows: [TraceSummary]
    /// Where the next page starts; nil at the end of the list.
    public var next: PageCursor?
    public var overview: TraceListOverview?

    public init(rows: [TraceSummary], next: PageCursor?, overview: TraceListOverview? = nil) {
        self.rows = rows
        self.next = next
        self.overview = overview
    }
}

/// Totals of a list of traces.
public struct TraceListOverview: Equatable, Sendable {
    /// Traces that the filter keeps.
    public var matching: Int
    /// Traces and spans of the whole database.
    public var totalTraces: Int
    public var totalSpans: Int
    /// The first and last start of the matching traces; nil without any.
    public var firstStartUnixNano: Int64?
    public var lastStartUnixNano: Int64?
    /// Matching traces per equal stretch of time from first to last start.
    public var histogram: [Int]

    public init(matching: Int, totalTraces: Int, totalSpans: Int) {
        self.matching = matching
        self.totalTraces = totalTraces
        self.totalSpans = totalSpans
        histogram = []
    }
}

/// All spans of a trace, without payload, in order of start time, then of key.
public struct TraceStructure: Equatable, Sendable {
    public var summary: TraceSummary
    public var names: NameTable
    public var spans: [SpanRow]
    /// What was found in the trace, in order of the spans that it is about.
    public var findings: [Finding] = []
    /// The agent runs that `SpanRow.agentRun` numbers.
    public var agents = AgentTopology()
    /// The clocks that `SpanRow.clock` numbers; at most one where all times come from one clock.
    public var clocks: [ClockEstimate] = []
    /// Calls that must exist by the evidence, a lower bound, and calls that are recorded; nil where nothing was analysed.
    public var coverage: TraceCoverage?
    /// What is known of the redaction of its spans; nil where the file is of a version that tells nothing.
    public var redaction: TraceRedaction?
    /// True when `spans` stops at the limit of the request.
    public var isPartial: Bool

    public init(summary: TraceSummary, names: NameTable, spans: [SpanRow], isPartial: Bool = false) {
        self.summary = summary
        self.names = names
        self.spans = spans
        self.isPartial = isPartial
    }
}

/// One span with its payload.
public struct SpanDetail: Equatable, Sendable {
    public var row: SpanRow
    public var names: NameTable
    public var span: Span
    public var facts: SpanFacts
    public var content: SpanContent
    /// Through how many sources records of the span came, such as pipelines.
    public var sources = 1
    /// What was found about the span.
    public var findings: [Finding] = []
    /// What is known of the span's stream; nil where nothing is.
    ///
    /// Where only the first and the last time are known, `figures.chunkCount` is 0 and `QueryRequest.stream` finds none.
    public var stream: StreamBrief?

    public init(row: SpanRow, names: NameTable, span: Span, facts: SpanFacts, content: SpanContent) {
        self.row = row
        self.names = names
        self.span = span
        self.facts = facts
        self.content = content
    }
}

/// A search for text in names, prompts, outputs, tool arguments and tool results.
public struct SearchRequest: Hashable, Sendable {
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
        public var traceKey: Int64
        public var traceID: TraceID
        public var row: SpanRow
        /// The text around the first match, with the match's character range in it; nil where the match is in no shown text.
        public var excerpt: String?
        public var matchStart: Int
        public var matchLength: Int

        public init(
            traceKey: Int64, traceID: TraceID, row: SpanRow, excerpt: String?, matchStart: Int, matchLength: Int
        ) {
            self.traceKey = traceKey
            self.traceID = traceID
            self.row = row
            self.excerpt = excerpt
            self.matchStart = matchStart
            self.matchLength = matchLength
        }
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

/// The values of one field with their counts.
public struct FacetRequest: Hashable, Sendable {
    /// A field of the filter language, such as `model`, `kind` or `attr.http.method`.
    public var field: String
    public var filter: FilterExpression?
    /// Count traces that have a span with the value, not spans.
    public var countsTraces: Bool
    public var limit: Int

    public init(field: String, filter: FilterExpression? = nil, countsTraces: Bool = false, limit: Int = 100) {
        self.field = field
        self.filter = filter
        self.countsTraces = countsTraces
        self.limit = limit
    }
}

/// Values of a field, most frequent first; a nil value counts what has none.
public struct FacetPage: Equatable, Sendable {
    public struct Value: Equatable, Sendable {
        public var value: String?
        public var count: Int

        public init(value: String?, count: Int) {
            self.value = value
            self.count = count
        }
    }

    public var field: String
    public var values: [Value]

    public init(field: String, values: [Value]) {
        self.field = field
        self.values = values
    }
}

/// Totals over the traces that a filter keeps.
public struct SelectionStatistics: Equatable, Sendable {
    public var traces: Int
    public var spans: Int
    public var errors: Int
    public var rejected: Int
    /// Sums over the model calls that state usage; nil where none does.
    public var tokensInput: Int64?
    public var tokensOutput: Int64?
    public var modelCalls: Int
    public var modelCallsWithTokens: Int
    public var firstStartUnixNano: Int64?
    public var lastStartUnixNano: Int64?
    /// Bytes of the database files; nil where the back end has none.
    public var databaseBytes: Int64?
    public var spansByKind: [FacetPage.Value]
    /// Spans by the name of each mark that is set.
    public var spansByMark: [FacetPage.Value]
    /// Streams whose chunks are stored.
    public var streams: Int
    /// The same by the quality of their times.
    public var streamsByTiming: [FacetPage.Value]
    /// Spans by the rules of their findings; a finding about a trace alone counts no span.
    public var spansByFinding: [FacetPage.Value]
    /// What is known of the redaction of the spans; nil where the file is of a version that tells nothing.
    public var redaction: TraceRedaction?
    /// What each model used, whoever used most first; nil where the file is of a version that tells nothing.
    public var usage: [ModelUsage]?

    public init(traces: Int, spans: Int, errors: Int, rejected: Int) {
        self.traces = traces
        self.spans = spans
        self.errors = errors
        self.rejected = rejected
        modelCalls = 0
        modelCallsWithTokens = 0
        spansByKind = []
        spansByMark = []
        streams = 0
        streamsByTiming = []
        spansByFinding = []
    }
}

/// An input record that could not be stored.
public struct RejectedRecord: Equatable, Sendable {
    /// The file as it was named to the import; `-` for standard input.
    public var file: String
    /// The byte offset in the decompressed input where the record or the fault lies.
    public var byteOffset: Int64?
    /// The line, from 1, where the input has lines.
    public var line: Int64?
    public var reason: String
    /// When it was rejected, nanoseconds since the Unix epoch.
    public var timeUnixNano: Int64

    public init(file: String, byteOffset: Int64?, line: Int64?, reason: String, timeUnixNano: Int64) {
        self.file = file
        self.byteOffset = byteOffset
        self.line = line
        self.reason = reason
        self.timeUnixNano = timeUnixNano
    }
}

/// The rows of a read-only SQL statement.
public struct SQLTable: Equatable, Sendable {
    public enum Value: Equatable, Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob(bytes: [UInt8])
    }

    public var columns: [String]
    public var rows: [[Value]]
    /// True when the statement had more rows than the limit.
    public var isPartial: Bool

    public init(columns: [String], rows: [[Value]], isPartial: Bool) {
        self.columns = columns
        self.rows = rows
        self.isPartial = isPartial
    }
}
