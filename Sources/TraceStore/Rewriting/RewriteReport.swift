package import TraceModel

/// What becomes of a trace when its database is rewritten.
package enum TraceTreatment: Sendable {
    case kept
    case redacted(TextTreatment)
    case leftOut
}

/// What a rewrite of a database did.
package struct RewriteReport: Equatable, Sendable {
    /// Traces and spans that are in it now.
    package var traces = 0
    package var spans = 0
    package var tracesLeftOut = 0
    /// What was replaced.
    package var counts = RedactionCounts()
    /// A reader holds an older state, so that the write-ahead log still holds what was replaced; it goes once the
    /// database is closed by all, or with the next rewrite.
    package var isWalPending = false
    /// Bytes of the database file before and after.
    package var bytesBefore: Int64 = 0
    package var bytesAfter: Int64 = 0

    package init() {}
}

/// How far a rewrite is.
package struct RewriteProgress: Equatable, Sendable {
    package var tracesDone = 0
    package var tracesTotal = 0
}
