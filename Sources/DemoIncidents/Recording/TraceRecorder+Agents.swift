import Basics
import TraceModel

extension TraceRecorder {
    /// Records the run of an agent around what the body tells.
    @discardableResult
    mutating func agent(
        _ name: String, span spanName: String? = nil, _ more: [Attribute] = [], body: (inout TraceRecorder) -> Void
    ) -> Int {
        var attributes: [Attribute]
        switch voice {
        case .openTelemetry, .openTelemetryEvents:
            attributes = [
                Attribute("gen_ai.operation.name", .string("invoke_agent")),
                Attribute("gen_ai.provider.name", .string("openai")),
                Attribute("gen_ai.agent.name", .string(name)),
            ]
            if let session { attributes.append(Attribute("gen_ai.conversation.id", .string(session))) }
        case .openInference:
            attributes = [
                Attribute("openinference.span.kind", .string("AGENT")), Attribute("agent.name", .string(name)),
            ]
            if let session { attributes.append(Attribute("session.id", .string(session))) }
        }
        let standard = voice == .openInference ? name : "invoke_agent \(name)"
        return span(spanName ?? standard, attributes + more, body: body)
    }

    /// Records a step of plain code around what the body tells.
    @discardableResult
    mutating func chain(_ name: String, _ more: [Attribute] = [], body: (inout TraceRecorder) -> Void) -> Int {
        var attributes = more
        if voice == .openInference {
            attributes.append(Attribute("openinference.span.kind", .string("CHAIN")))
            if let session { attributes.append(Attribute("session.id", .string(session))) }
        }
        return span(name, attributes, body: body)
    }

    /// Records a run of a graph of agents around what the body tells.
    @discardableResult
    mutating func workflow(_ name: String, body: (inout TraceRecorder) -> Void) -> Int {
        var attributes = [
            Attribute("gen_ai.operation.name", .string("invoke_workflow")),
            Attribute("gen_ai.workflow.name", .string(name)),
        ]
        if let session { attributes.append(Attribute("gen_ai.conversation.id", .string(session))) }
        return span("invoke_workflow \(name)", attributes, body: body)
    }

    /// Records a request that a service answers around what the body tells.
    @discardableResult
    mutating func request(_ method: String, _ route: String, status: Int64 = 200, body: (inout TraceRecorder) -> Void)
        -> Int
    {
        let index = span(
            "\(method) \(route)", kind: .server,
            [
                Attribute("http.request.method", .string(method)), Attribute("http.route", .string(route)),
                Attribute("url.path", .string(route)), Attribute("http.response.status_code", .int(status)),
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
            tokensBilled: isFinished && call.statesUsage ? script.billedTokens ?? call.answerTokens : nil,
            tokensReasoning: isFinished ? call.reasoningTokens : nil, source: "record",
            wireProtocol: call.provider == "anthropic" ? "anthropic.messages" : "openai.chat")
        streams.append(
            RecordedStream(
                span: spans[index], info: info, chunks: chunks, owner: .span(traceID, spans[index].spanID)))
    }
}
