import Basics
import StreamDecoding
import TraceModel

/// One response as an importer read it, on its way to a `RecordedStream`.
struct StreamRecording {
    /// The importer, as `StreamInfo.source` names it.
    var source: String
    var hash = RecordingHash()
    var request: ModelRequest?
    /// When the request was sent, or where nobody knows that, when the first chunk came.
    var startUnixNano: Int64?
    var endUnixNano: Int64?
    var clock: String?
    /// What a response without an end mark came to in this format.
    var endCauseWithoutMark = StreamEndCause.connectionDropped
    /// Attributes beside those of the model call.
    var attributes: [Attribute] = []
    /// Nobody recorded when the request was sent.
    private(set) var startsAtFirstChunk = false

    init(source: String) {
        self.source = source
    }

    /// Takes the time of the first piece for the start where nobody knows when the request was sent.
    mutating func begin(at time: Int64?) {
        guard startUnixNano == nil, let time else { return }
        startUnixNano = time
        startsAtFirstChunk = true
    }

    /// Notes when a piece came, and gives its offset from the start.
    mutating func note(_ time: Int64?) -> Int64? {
        begin(at: time)
        if let time { endUnixNano = max(endUnixNano ?? time, time) }
        return offset(of: time)
    }

    func offset(of time: Int64?) -> Int64? {
        guard let time, let startUnixNano else { return nil }
        return time.subtractingIfFits(startUnixNano)
    }

    /// The span and stream that the chunks and the response make.
    func stream(_ chunks: StreamChunks, _ response: AssembledResponse) -> RecordedStream {
        var info = StreamInfo(source: source)
        info.startUnixNano = startUnixNano
        if let startUnixNano, let endUnixNano {
            info.durationNanos = endUnixNano.subtractingIfFits(startUnixNano)
        }
        info.timing = timing(of: chunks)
        info.clock = info.timing == .none ? nil : clock
        info.endCause = endCause(response)
        info.finishReason = response.finishReasons.first
        info.tokensBilled = response.usage.output
        info.tokensReasoning = response.usage.reasoning
        info.tokensDelivered = tokensDelivered(chunks)
        info.wireProtocol = response.wireProtocol?.rawValue
        info.errorMessage = response.errorMessage
        info.remarks = (startsAtFirstChunk ? [StreamInfo.startsAtFirstChunkRemark] : []) + response.remarks
        if stepsBack(chunks) {
            info.remarks.append("the clock steps back: some chunks are earlier than the ones before")
        }
        return RecordedStream(
            span: span(response), info: info, chunks: chunks, owner: .responseID(response.responseID))
    }

    /// The model call alone, for a response that was not streamed.
    func span(_ response: AssembledResponse) -> Span {
        var span = Span(
            traceID: hash.traceID, spanID: hash.spanID, name: ModelCallSpan.name(request: request, response: response),
            otelKind: .client, startUnixNano: startUnixNano, endUnixNano: endUnixNano)
        span.attributes = ModelCallSpan.attributes(request: request, response: response)
        let known = Set(span.attributes.map(\.key))
        span.attributes += attributes.filter { !known.contains($0.key) }
        span.scope = InstrumentationScope(name: "spandrel." + source)
        if response.errorType != nil { span.status = SpanStatus(.error, message: response.errorMessage ?? "") }
        span.marks = span.ownMarks
        return span
    }

    private func endCause(_ response: AssembledResponse) -> StreamEndCause {
        if response.errorType != nil { return .serverError }
        return response.isFinished ? .finished : endCauseWithoutMark
    }

    /// Measured where every chunk has a time, none where no chunk has one.
    private func timing(of chunks: StreamChunks) -> TimingQuality {
        let timed = chunks.offsets.count { $0 != StreamChunks.unknownOffset }
        if timed == 0 { return .none }
        return timed == chunks.count ? .measured : .firstAndLastOnly
    }

    /// The tokens of all chunks with content; nil unless each of them states its count.
    private func tokensDelivered(_ chunks: StreamChunks) -> Int64? {
        var sum: Int64 = 0
        var isEmpty = true
        for index in chunks.indices where chunks.kinds[index].isContent {
            guard let count = chunks.tokenCount(index) else { return nil }
            sum += Int64(count)
            isEmpty = false
        }
        return isEmpty ? nil : sum
    }

    private func stepsBack(_ chunks: StreamChunks) -> Bool {
        var latest = Int64.min
        for offset in chunks.offsets where offset != StreamChunks.unknownOffset {
            if offset < latest { return true }
            latest = offset
        }
        return false
    }
}
