import Basics
import TraceModel

extension Recorder {
    /// Records how the answer of a call arrived, as the recording proxy before the model saw it.
    mutating func stream(_ call: ModelCall, _ script: StreamScript, of index: Int) {
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
