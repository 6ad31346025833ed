package import TraceAnalysis
package import TraceModel

/// What the trace says of a span that its own record does not: its share of the time, its clock, its neighbours.
package struct SpanPlace: Equatable, Sendable {
    /// The time in which no child ran; nil where it is unknown.
    package var selfNanos: Int64?
    /// How long the root would take without the span; nil where it is unknown.
    package var whatIf: WhatIf?
    /// The span, or something beneath it, decides when its root ends.
    package var isOnCriticalPath = false
    /// The clock of the span, where the trace has several.
    package var clock: ClockEstimate?
    /// The times of the trace are shown adjusted.
    package var adjustsClocks = false
    /// Findings about the whole trace that are shown at this span, since their evidence begins here.
    package var traceFindings: [Finding] = []
    /// The names of the spans that findings name as evidence; a span that is not in the trace has none.
    package var evidenceNames: [SpanID: String] = [:]

    package init() {}
}
