import StreamDecoding
import TraceModel

/// One call while it is recorded: its request, and the chunks of its response as they come.
final class CallAssembly {
    let start: CallStart
    let request: ModelRequest
    private let upstream: UpstreamAddress
    private let version: String
    private let limits: RecordLimits
    private(set) var response: CallResponse?
    private var assembler: StreamAssembler
    private var decoder: BodyDecoder?
    private var coding = BodyDecoder.Coding.identity
    private var remarks: [String] = []
    private var firstByteNanos: Int64?

    init(start: CallStart, requestBody: [UInt8], upstream: UpstreamAddress, version: String, limits: RecordLimits) {
        self.start = start
        self.upstream = upstream
        self.version = version
        self.limits = limits
        request = ModelRequest(method: start.method, host: upstream.host, path: start.path, body: requestBody)
        assembler = StreamAssembler(protocol: request.wireProtocol)
    }

    func receive(_ head: CallResponse) {
        response = head
        coding = BodyDecoder.Coding(header: head.contentEncoding)
        switch coding {
        case .identity: break
        case .zlib: decoder = BodyDecoder(limit: limits.responseBytes)
        case .unknown(let name):
            remarks.append("The body is coded as \(name.prefix(40)), which the recorder does not read.")
        }
    }

    func receive(_ bytes: [UInt8], offsetNanos: Int64) {
        if firstByteNanos == nil { firstByteNanos = offsetNanos }
        switch coding {
        case .identity: assembler.append(bytes, offsetNanos: offsetNanos)
        case .zlib:
            let plain = decoder?.decode(bytes) ?? []
            if !plain.isEmpty { assembler.append(plain, offsetNanos: offsetNanos) }
        case .unknown: break
        }
    }

    /// True for a call of a model, and for anything that streams; lists of models and the like are none.
    private var isRecorded: Bool {
        if isStream { return true }
        guard start.method == "POST" else { return false }
        return request.wireProtocol != nil || request.operation != nil || request.model != nil
    }

    /// True where the response says that it is a stream.
    private var isStream: Bool {
        let type = (response?.contentType ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
        return [
            "text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl",
            "application/stream+json", "application/vnd.amazon.eventstream",
        ].contains(String(type))
    }

    /// The call as it is stored, and a line about it; nil for what is no call of a model.
    func finish(_ end: CallEnd) -> (stream: RecordedStream, report: CallReport)? {
        guard isRecorded else { return nil }
        let assembled = assembler.finish()
        // A response in one piece has no course of its own: the arrival of its packets says nothing about the model.
        let chunks = isStream ? assembler.chunks : StreamChunks()
        let judgement = EndJudgement(
            end: end, status: response?.status, response: assembled,
            expectsEndMark: isStream && coding == .identity && end.droppedChunks == 0
                && assembled.wireProtocol?.hasEndMark ?? false)
        var info = StreamInfo(source: "record")
        info.startUnixNano = start.unixNano
        info.durationNanos = end.durationNanos
        if isStream {
            info.timing = .measured
            info.clock = "spandrel record, monotonic"
        }
        info.endCause = judgement.cause
        info.finishReason = assembled.finishReasons.first
        info.tokensBilled = assembled.usage.output
        info.tokensReasoning = assembled.usage.reasoning
        info.wireProtocol = assembled.wireProtocol?.rawValue ?? request.wireProtocol?.rawValue
        info.droppedChunks = end.droppedChunks
        info.errorMessage = judgement.message
        info.remarks =
            remarks + [decoder?.fault].compactMap(\.self) + assembled.remarks + judgement.remarks
            + lossRemarks(end)
        let span = span(end, assembled, judgement)
        let report = CallReport(
            startUnixNano: start.unixNano, method: start.method, path: start.path,
            model: assembled.modelResolved ?? request.model, status: response?.status, chunks: chunks.count,
            droppedChunks: end.droppedChunks, durationNanos: end.durationNanos, endCause: judgement.cause)
        return (RecordedStream(span: span, info: info, chunks: chunks, owner: .itself), report)
    }

    private func lossRemarks(_ end: CallEnd) -> [String] {
        var remarks: [String] = []
        if end.droppedChunks > 0 {
            remarks.append(
                "\(end.droppedChunks) pieces of the response (\(end.unkeptResponseBytes) bytes) are missing in the "
                    + "record; the client received them.")
        }
        if end.unkeptRequestBytes > 0 {
            remarks.append(
                "The record lacks \(end.unkeptRequestBytes) bytes of the request; the upstream received them.")
        }
        return remarks
    }

    private func span(_ end: CallEnd, _ assembled: AssembledResponse, _ judgement: EndJudgement) -> Span {
        var attributes = ModelCallSpan.attributes(request: request, response: assembled)
        func add(_ key: String, _ value: AttributeValue?) {
            if let value, !attributes.contains(where: { $0.key == key }) { attributes.append(Attribute(key, value)) }
        }
        add("http.request.method", .string(start.method))
        add("http.response.status_code", response.map { .int(Int64($0.status)) })
        add("url.path", .string(start.path))
        add("server.address", .string(upstream.host))
        add("server.port", .int(Int64(upstream.effectivePort)))
        add("session.id", start.session.map { .string($0) })
        add("user_agent.original", start.userAgent.map { .string($0) })
        add("http.response.header.x-request-id", response?.requestID.map { .array([.string($0)]) })
        if isStream {
            // Seconds, by the conventions.
            add("gen_ai.response.time_to_first_chunk", firstByteNanos.map { .double(Double($0) / 1e9) })
        }
        if judgement.cause == .clientAbort { add("gen_ai.response.status", .string("cancelled")) }
        add("error.type", judgement.errorType.map { .string($0) })
        let traceID = start.caller?.traceID ?? start.session.map(SessionTrace.id) ?? .random()
        return Span(
            traceID: traceID, spanID: start.spanID, parentSpanID: start.caller?.spanID,
            flags: start.caller.map { UInt32($0.flags) },
            name: ModelCallSpan.name(request: request, response: assembled), otelKind: .client,
            startUnixNano: start.unixNano, endUnixNano: start.unixNano + max(0, end.durationNanos),
            status: judgement.isError ? SpanStatus(.error, message: judgement.message ?? "") : SpanStatus(),
            attributes: attributes,
            resource: Resource(attributes: [Attribute("service.name", .string("spandrel record"))]),
            scope: InstrumentationScope(name: "spandrel.record", version: version))
    }
}
