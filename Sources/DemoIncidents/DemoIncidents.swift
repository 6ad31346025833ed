import Basics
package import TraceModel

/// Traces of agents in trouble, and of many that are well: made up, yet as real producers write them.
package enum DemoIncidents {
    /// Builds the traces of the day before a time, in nanoseconds since the Unix epoch.
    ///
    /// The same time and seed give the same traces, ids included.
    package static func build(endingAt end: Int64, seed: UInt64 = 1) -> DemoData {
        let stage = Stage(end: end, seed: seed)
        return DemoData(
            TicketRun.record(stage) + LoopingStream.record(stage) + StreamTrouble.record(stage)
                + NullResult.record(stage) + FatBar.record(stage)
                + SampledAway.record(stage) + WrongVersion.record(stage) + ToolLoop.record(stage)
                + ProviderTrouble.record(stage) + LeakedSecrets.record(stage) + SkewedClocks.record(stage)
                + HostileText.record(stage) + BrokenTrees.record(stage)
                + LargePayload.record(stage) + EveryKind.record(stage) + HealthyTraffic.record(stage))
    }
}

/// Spans, log records and streams of many traces, as an import would decode them.
package struct DemoData: Equatable, Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []
    package var streams: [RecordedStream] = []

    init(_ recorders: [TraceRecorder]) {
        for recorder in recorders {
            spans += recorder.spans.map(DemoData.marked)
            logs += recorder.logs
            streams += recorder.streams
        }
    }

    /// The span with the marks that a decoder would give it.
    private static func marked(_ span: Span) -> Span {
        var span = span
        guard let end = span.endUnixNano else {
            span.marks.insert(.unfinished)
            return span
        }
        if let start = span.startUnixNano, end < start { span.marks.insert(.endBeforeStart) }
        return span
    }
}

/// The time and the chance that all incidents share.
struct Stage: Sendable {
    /// When the last of them ends, nanoseconds since the Unix epoch.
    let end: Int64
    let seed: UInt64

    /// Records a trace that begins some minutes before the end, as the body tells it.
    func trace(
        _ name: String, minutesBefore minutes: Double, service: String, voice: Voice = .openTelemetry,
        session: String? = nil, body: (inout TraceRecorder) -> Void
    ) -> TraceRecorder {
        var trace = TraceRecorder(
            name, seed: seed, at: end - Int64(clamped: minutes * 60e9), service: service, voice: voice, session: session
        )
        body(&trace)
        return trace
    }

    /// Records a trace that is the run of one agent.
    func trace(
        _ name: String, agent: String, _ attributes: AttributeList = [:], minutesBefore minutes: Double,
        service: String, voice: Voice = .openTelemetry, session: String? = nil, body: (inout TraceRecorder) -> Void
    ) -> TraceRecorder {
        trace(name, minutesBefore: minutes, service: service, voice: voice, session: session) { trace in
            trace.agent(agent, attributes, body: body)
        }
    }
}
