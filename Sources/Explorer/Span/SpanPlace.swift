package import TraceModel

/// What the trace says of a span that its own record does not: its share of the time, its clock, its neighbours.
package struct SpanPlace: Equatable, Sendable {
    /// The time in which no child ran; nil where it is unknown.
    package var selfNanos: Int64?
    /// How long the trace would take without the span; nil where it is unknown.
    package var whatIf: SpanWhatIf?
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

/// How long a trace takes, and how long it would take if one span took no time.
package struct SpanWhatIf: Equatable, Sendable {
    /// Nanoseconds from the start to the end of the trace.
    package var traceNanos: Int64
    package var withoutNanos: Int64

    package init(traceNanos: Int64, withoutNanos: Int64) {
        self.traceNanos = traceNanos
        self.withoutNanos = withoutNanos
    }
}
