import Basics
import TraceModel

extension TraceRecorder {
    /// Records the run of an agent around what the body tells.
    @discardableResult
    mutating func agent(
        _ name: String, span spanName: String? = nil, _ more: AttributeList = [:], body: (inout TraceRecorder) -> Void
    ) -> Int {
        let attributes: AttributeList =
            switch voice {
            case .openTelemetry, .openTelemetryEvents:
                [
                    "gen_ai.operation.name": "invoke_agent", "gen_ai.provider.name": "openai",
                    "gen_ai.agent.name": name, "gen_ai.conversation.id": session,
                ]
            case .openInference: ["openinference.span.kind": "AGENT", "agent.name": name, "session.id": session]
            }
        let standard = voice == .openInference ? name : "invoke_agent \(name)"
        return span(spanName ?? standard, attributes + more, body: body)
    }

    /// Records a step of plain code around what the body tells.
    mutating func chain(_ name: String, _ more: AttributeList = [:], body: (inout TraceRecorder) -> Void) {
        let own: AttributeList =
            voice == .openInference ? ["openinference.span.kind": "CHAIN", "session.id": session] : [:]
        span(name, more + own, body: body)
    }

    /// Records a run of a graph of agents around what the body tells.
    mutating func workflow(_ name: String, body: (inout TraceRecorder) -> Void) {
        let attributes: AttributeList = [
            "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": name,
            "gen_ai.conversation.id": session,
        ]
        span("invoke_workflow \(name)", attributes, body: body)
    }

    /// Records a check of what goes in or out, of some seconds.
    mutating func guardrail(_ name: String, _ more: AttributeList = [:], seconds: Double) {
        span(name, ["openinference.span.kind": "GUARDRAIL"] + more) { $0.wait(seconds) }
    }

    /// Records a request that a service answers around what the body tells.
    @discardableResult
    mutating func request(
        _ method: String, _ route: String, status: Int = 200, body: (inout TraceRecorder) -> Void
    ) -> Int {
        let index = span(
            "\(method) \(route)", kind: .server,
            [
                "http.request.method": method, "http.route": route, "url.path": route,
                "http.response.status_code": status,
            ], body: body)
        if status >= 500 { edit(index) { $0.status = SpanStatus(.error) } }
        return index
    }
}

extension TraceRecorder {
    /// Records how the answer of a call arrived, as the recording proxy before the model saw it.
    mutating func stream(_ call: ModelCall, _ script: StreamPlan, of index: Int) {
        guard let first = call.firstChunk, let start = spans[index].startUnixNano else { return }
        let chunks = script.chunks(
            of: call.output, first: first, last: call.seconds - script.tail, random: &random)
        let isFinished = script.endCause == .finished
        let info = StreamInfo(
            startUnixNano: start, durationNanos: Int64(clamped: call.seconds * 1e9), timing: .measured,
            clock: "monotonic clock of the recorder", endCause: script.endCause,
            finishReason: isFinished ? call.finish : nil,
            tokensBilled: isFinished && call.statesUsage ? call.answerTokens : nil,
            tokensReasoning: isFinished ? call.reasoningTokens : nil, source: "record",
            wireProtocol: call.model.provider == "anthropic" ? "anthropic.messages" : "openai.chat")
        streams.append(
            RecordedStream(
                span: spans[index], info: info, chunks: chunks, owner: .span(traceID, spans[index].spanID)))
    }
}
