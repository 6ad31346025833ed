package import TraceModel

/// What the span view shows beside the span itself.
package struct SpanViewContext: Equatable, Sendable {
    /// The label of the span's agent, such as `worker#3`; nil to take what the span itself says.
    package var agentLabel: String?
    package var agentSource: IdentitySource?
    /// The start of the trace; with it the head shows when in the trace the span began.
    package var traceStartUnixNano: Int64?
    /// The start of the span as the trace shows it; nil to take what the span itself says.
    package var startUnixNano: Int64?
    /// Keys go to this view: the cursor line is drawn as such.
    package var isFocused: Bool

    package init(
        agentLabel: String? = nil, agentSource: IdentitySource? = nil, traceStartUnixNano: Int64? = nil,
        startUnixNano: Int64? = nil, isFocused: Bool = true
    ) {
        self.agentLabel = agentLabel
        self.agentSource = agentSource
        self.traceStartUnixNano = traceStartUnixNano
        self.startUnixNano = startUnixNano
        self.isFocused = isFocused
    }
}
