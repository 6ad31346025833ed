import Basics
import FastJSON
import TraceAnalysis
import TraceModel
import TraceTables

/// What a Chrome trace needs of a span, once its payload is gone.
struct ChromeSpan {
    /// A value of a counter at a time.
    struct Sample {
        var timeUnixNano: Int64
        var value: Double
    }

    var spanID: SpanID
    var parentSpanID: SpanID?
    /// The agent run; 0 for none.
    var run: Int32
    var startUnixNano: Int64
    /// Not before the start; the same where nothing tells the end.
    var endUnixNano: Int64
    var name: String
    var category: String
    /// The members of `args`, as a JSON object.
    var arguments: [UInt8]
    /// Spans of the same trace that it links to.
    var links: [SpanID]
    /// The call that a tool span carries out, and those that a model asked for.
    var toolCallID: String?
    var askedCalls: [String]
    /// The size of the context of a model call.
    var inputTokens: Int64?
    /// How fast its stream came, in tokens, or where nothing counts them in chunks, each second.
    var rates: [Sample]
    var isRateOfTokens: Bool

    /// Nil for a span of which no time is known: it has no place on a time line.
    init?(_ span: ExportSpan) {
        let record = span.span
        guard let start = record.startUnixNano ?? record.endUnixNano else { return nil }
        spanID = record.spanID
        parentSpanID = record.parentSpanID
        run = span.row.agentRun
        startUnixNano = start
        endUnixNano = max(start, record.endUnixNano ?? start)
        name = record.name
        category = span.facts.kind.name
        arguments = Self.arguments(span)
        links = record.links.filter { $0.traceID == record.traceID }.map(\.spanID)
        toolCallID = span.facts.kind == .tool ? span.facts.toolCallID : nil
        askedCalls = span.content.outputMessages.flatMap(\.parts).compactMap { part in
            if case .toolCall(let id?, _, _) = part { return id }
            return nil
        }
        inputTokens = span.facts.kind == .llm ? span.facts.tokens.input : nil
        rates = []
        isRateOfTokens = false
        if let stream = span.stream, stream.info.timing == .measured { addRates(stream, start: start) }
    }

    /// What is unknown is left out: no member says 0 for it.
    private static func arguments(_ span: ExportSpan) -> [UInt8] {
        let record = span.span
        let facts = span.facts
        var json = JSONWriter()
        func text(_ key: String, _ text: String?) { if let text { json.member(key, text) } }
        func number(_ key: String, _ number: Int64?) { if let number { json.member(key, number) } }
        json.beginObject()
        json.member("span_id", record.spanID.hex)
        text("parent_span_id", record.parentSpanID?.hex)
        json.member("kind", facts.kind.name)
        json.member("status", span.row.statusWord)
        text("error_type", facts.errorType)
        text("status_message", record.status.message.isEmpty ? nil : record.status.message)
        text("service", record.resource.serviceName)
        text("agent", facts.agentName)
        number("step", span.row.step == 0 ? nil : Int64(span.row.step))
        text("model_requested", facts.modelRequested)
        text("model_resolved", facts.modelResolved)
        text("tool", facts.toolName)
        text("tool_call_id", facts.toolCallID)
        number("tokens_input", facts.tokens.input)
        number("tokens_output", facts.tokens.output)
        number("tokens_cache_read", facts.tokens.cacheRead)
        number("tokens_cache_write", facts.tokens.cacheWrite)
        number("tokens_reasoning", facts.tokens.reasoning)
        number("time_to_first_chunk_ns", facts.timeToFirstChunkNanos ?? span.stream?.figures.timeToFirstChunkNanos)
        text("finish_reason", facts.finishReasons.first)
        number("start_unix_nano", record.startUnixNano)
        number("end_unix_nano", record.endUnixNano)
        // A span drawn without a length says why.
        if record.endUnixNano == nil { json.member("unfinished", true) }
        if record.startUnixNano == nil { json.member("missing_start", true) }
        if let duration = span.row.durationNanos, duration < 0 { json.member("duration_ns", duration) }
        let marks = span.row.marks.names
        if !marks.isEmpty { json.member("marks", marks) }
        json.endObject()
        return json.bytes
    }

    // MARK: Rates

    /// Samples of a stream, at most: a graph has no more pixels.
    private static let sampleLimit: Int64 = 240
    private static let sampleNanos: Int64 = 100_000_000

    private mutating func addRates(_ stream: WholeStream, start: Int64) {
        let origin = stream.info.startUnixNano ?? start
        guard let last = StreamArrivals(stream.chunks).nanos.last, last > 0 else { return }
        let rate = StreamRate(stream.chunks)
        let step = max(Self.sampleNanos, last / Self.sampleLimit)
        isRateOfTokens = rate.at(last)?.tokensPerSecond != nil
        func add(_ nanos: Int64, _ value: Double) {
            if let time = origin.addingIfFits(nanos) { rates.append(Sample(timeUnixNano: time, value: value)) }
        }
        var time = min(step, last)
        while true {
            if let figures = rate.at(time) { add(time, figures.tokensPerSecond ?? figures.chunksPerSecond) }
            guard time < last else { break }
            time = time > last - step ? last : time + step
        }
        add(last == .max ? last : last + 1, 0)
    }
}
