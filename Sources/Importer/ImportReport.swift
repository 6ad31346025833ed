package import TraceIngest
package import TraceModel
package import TraceStore

/// What an import did.
package struct ImportReport: Equatable, Sendable {
    /// Inputs that were opened.
    package var files = 0
    package var spansNew = 0
    package var spansKnown = 0
    /// Records that told more of a span that was there.
    package var spansRevised = 0
    /// Traces that had a span in the input.
    package var traces = 0
    /// Log records that belong to a span.
    package var logsNew = 0
    package var logsKnown = 0
    /// Streams of chunks, those that the database held already included.
    package var streams = 0
    /// Recordings that were attached to a span of another source.
    package var streamsJoined = 0
    /// Parts of the input that could not be decoded.
    package var rejected = 0
    /// The first of those, at most `ImportReport.shownRejections`.
    package var rejections: [StoredRejection] = []
    /// Arguments that gave no input.
    package var problems: [InputProblem] = []
    /// What the machine refused, one line each; the import went on with the next input.
    package var faults: [String] = []
    /// How many spans of the input carry each mark that a single record shows.
    package var marks: [SpanMarkCount] = []
    /// What was redacted in the input; nil where nothing looked for it.
    package var redactions: RedactionCounts?
    package var seconds: Double = 0
    /// The import ended early on request; what it stored is kept.
    package var isInterrupted = false

    package init() {}

    /// Rejections that are listed; all of them are stored.
    package static let shownRejections = 20

    package var spans: Int { spansNew + spansKnown + spansRevised }
}

/// How many spans carry a mark.
package struct SpanMarkCount: Equatable, Sendable {
    /// The stable name of the mark.
    package var name: String
    package var count: Int
}
