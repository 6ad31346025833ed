import Basics
import FastJSON
package import TraceModel

/// Finds the stream of a span in its own events, in log records that joined it, and in its attributes.
///
/// Only what was recorded chunk by chunk makes a stream: sources that know the first and the last time alone give none.
package enum StreamExtractor {
    /// Attributes with an array of times, one a token, in seconds from the start of the span.
    private static let tokenTimes = "gen_ai.response.per_token_time_to_generate"
    /// The attribute with the texts of those tokens: a list of candidates each, or one text each.
    package static let tokenTexts = "gen_ai.response.candidate.per_position_decoded_tokens"

    /// The stream of a span whose log records stand among its events; nil where no chunks were recorded.
    package static func stream(of span: Span) -> RecordedStream? {
        guard mayHoldStream(span) else { return nil }
        let found = compact(span) ?? fromEvents(span) ?? fromTokenTimes(span)
        guard let (chunks, source, remarks, gaps) = found, !chunks.isEmpty else { return nil }
        var info = StreamInfo(source: source)
        let facts = Dialect.facts(of: span)
        info.startUnixNano = span.startUnixNano
        if let start = span.startUnixNano, let end = span.endUnixNano {
            info.durationNanos = OutsideNumber.duration(end.subtractingIfFits(start))
        }
        let isTimed = chunks.offsets.contains { $0 != StreamChunks.unknownOffset }
        info.timing = isTimed ? .measured : .none
        info.clock = isTimed ? "times of \(source)" : nil
        info.finishReason = facts.finishReasons.first
        info.endCause = facts.finishReasons.isEmpty ? .unknown : .finished
        info.tokensBilled = facts.tokens.output
        info.tokensReasoning = facts.tokens.reasoning
        info.remarks = remarks
        StreamConvention.apply(span.attributes, to: &info)
        gaps?.tell(&info)
        return RecordedStream(span: span, info: info, chunks: chunks, owner: .span(span.traceID, span.spanID))
    }

    /// Whether a closer look is worth it; this is asked of every span.
    package static func mayHoldStream(_ span: Span) -> Bool {
        for event in span.events where StreamEventForm(event.name) != nil { return true }
        for attribute in span.attributes where attribute.key.utf8.count > 22 {
            if attribute.key.hasPrefix(StreamConvention.ArrayKey.prefix) || attribute.key == tokenTimes { return true }
        }
        return false
    }

    private typealias Found = (chunks: StreamChunks, source: String, remarks: [String], gaps: StreamGaps?)

    private static func compact(_ span: Span) -> Found? {
        StreamConvention.chunks(in: span.attributes).map { ($0, "otlp attributes", [], nil) }
    }

    // MARK: Events

    private static func fromEvents(_ span: Span) -> Found? {
        var best: (chunks: StreamChunks, form: StreamEventForm, gaps: StreamGaps)?
        for (form, places) in byForm(span.events) {
            guard let (chunks, gaps) = chunks(of: places.map { span.events[$0] }, form, span) else { continue }
            if best == nil || (best?.chunks.text.isEmpty == true && !chunks.text.isEmpty) {
                best = (chunks, form, gaps)
            }
        }
        guard let best else { return nil }
        var remarks: [String] = []
        if best.chunks.text.isEmpty { remarks.append("the source records when chunks came, not what they said") }
        if best.gaps.droppedEvents > 0 {
            remarks.append("the producer dropped \(best.gaps.droppedEvents) events of the span, so chunks are missing")
        }
        return (best.chunks, best.form.source, remarks, best.gaps)
    }

    private static func chunks(
        of events: [SpanEvent], _ form: StreamEventForm, _ span: Span
    ) -> (chunks: StreamChunks, gaps: StreamGaps)? {
        var found: [(chunk: StreamChunk, place: Int64?, time: Int64)] = []
        var places: [Int64?] = []
        places.reserveCapacity(events.count)
        for event in events {
            let offset = offset(event.timeUnixNano, from: span.startUnixNano)
            let chunks = form.chunks(of: event)
            places.append(form.place(of: event, chunks))
            for var extracted in chunks {
                extracted.chunk.offsetNanos = extracted.chunk.offsetNanos ?? offset
                found.append((extracted.chunk, extracted.place, event.timeUnixNano ?? .max))
            }
        }
        // A whole answer is one choice; parts of an answer are several of one index.
        if form == .choice {
            let indexes = events.map { JSONValue($0.body ?? .empty)["index"]?.int ?? 0 }
            guard indexes.count > Set(indexes).count else { return nil }
        }
        // What a span dropped is no loss of the log records that joined it.
        let gaps = StreamGaps(
            places: places,
            droppedEvents: events.contains { $0.origin == .span } ? span.droppedEventsCount : 0)
        return (StreamChunks(inOrder(found)), gaps)
    }

    /// The events of each form, by their places.
    private static func byForm(_ events: [SpanEvent]) -> [(form: StreamEventForm, places: [Int])] {
        var forms: [StreamEventForm: [Int]] = [:]
        for (index, event) in events.enumerated() {
            if let form = StreamEventForm(event.name) { forms[form, default: []].append(index) }
        }
        return StreamEventForm.allCases.compactMap { form in forms[form].map { (form, $0) } }
    }

    /// Chunks in the order of their stated places, else of their times: clocks may step back, places do not.
    private static func inOrder<Chunk>(_ found: [(chunk: Chunk, place: Int64?, time: Int64)]) -> [Chunk] {
        let hasPlaces = found.allSatisfy { $0.place != nil }
        return found.enumerated().sorted { a, b in
            let (first, second) =
                hasPlaces ? (a.element.place ?? 0, b.element.place ?? 0) : (a.element.time, b.element.time)
            return (first, a.offset) < (second, b.offset)
        }.map(\.element.chunk)
    }

    private static func offset(_ time: Int64?, from start: Int64?) -> Int64? {
        guard let time, let start else { return nil }
        return time.subtractingIfFits(start)
    }

    // MARK: Arrays of token times

    private static func fromTokenTimes(_ span: Span) -> Found? {
        guard case .array(let times) = span.attributes.value(of: tokenTimes), !times.isEmpty else { return nil }
        let texts = decodedTokens(span.attributes.value(of: tokenTexts))
        var chunks = StreamChunks()
        for (index, time) in times.enumerated() {
            let nanos = time.doubleValue.flatMap { OutsideNumber.time(Int64(whole: ($0 * 1e9).rounded())) }
            chunks.append(
                offsetNanos: nanos, kind: .text, text: (index < texts.count ? texts[index] : "").utf8, tokenCount: 1)
        }
        let remarks = texts.isEmpty ? ["the source records when chunks came, not what they said"] : []
        return (chunks, tokenTimes, remarks, nil)
    }

    /// The first candidate of each position.
    private static func decodedTokens(_ value: AttributeValue?) -> [String] {
        guard let value else { return [] }
        return (MessageReader.structured(value).elements ?? []).map { $0.string ?? $0[0]?.string ?? "" }
    }
}

/// A chunk as one event states it.
package struct StreamPiece {
    /// The place of the event among those that were asked for.
    package var event: Int
    package var chunk: StreamChunk
}

extension StreamExtractor {
    /// Whether an event is a chunk of a stream in one of the known forms.
    package static func isChunk(_ event: SpanEvent) -> Bool { StreamEventForm(event.name) != nil }

    /// The chunks that events hold, in the order of the stream, for each form in which some do.
    ///
    /// `stream(of:)` reads one form; here is what any reader could assemble.
    package static func pieces(of events: [SpanEvent]) -> [[StreamPiece]] {
        byForm(events).map { form, places in
            inOrder(
                places.flatMap { place in
                    form.chunks(of: events[place]).map {
                        (
                            chunk: StreamPiece(event: place, chunk: $0.chunk), place: $0.place,
                            time: events[place].timeUnixNano ?? .max
                        )
                    }
                })
        }
    }

    /// The chunks that arrays among the attributes hold, and the attribute with their texts, an entry a chunk.
    package static func columns(of attributes: [Attribute]) -> (key: String, chunks: StreamChunks)? {
        let key = StreamConvention.ArrayKey.text
        guard attributes.contains(where: { $0.key == key }),
            let chunks = StreamConvention.chunks(in: attributes)
        else { return nil }
        return (key, chunks)
    }
}
