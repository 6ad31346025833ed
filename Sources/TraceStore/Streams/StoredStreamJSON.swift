import Basics
package import FastJSON
package import TraceModel

/// Figures, evidence and remarks of streams as JSON; members that are unknown are absent.
package enum StoredStreamJSON {
    /// The place of the span that a finding is about, in its evidence.
    private static let ownSpan = "self"

    // MARK: Figures

    package static func text(_ figures: StreamFigures) -> String {
        var json = JSONWriter(escapesInvisible: false)
        json.beginObject()
        json.member("chunks", figures.chunkCount)
        json.member("content_chunks", figures.contentChunkCount)
        json.member("text_characters", figures.textCharacters)
        json.member("reasoning_characters", figures.reasoningCharacters)
        json.member("tool_argument_characters", figures.toolArgumentCharacters)
        known(&json, "duration_ns", figures.durationNanos)
        known(&json, "time_to_first_chunk_ns", figures.timeToFirstChunkNanos)
        known(&json, "time_to_first_visible_chunk_ns", figures.timeToFirstVisibleChunkNanos)
        known(&json, "time_per_output_chunk_ns", figures.timePerOutputChunkNanos)
        known(&json, "time_per_output_token_ns", figures.timePerOutputTokenNanos)
        if let gaps = figures.interChunk {
            json.key("inter_chunk_ns")
            json.beginObject()
            json.member("p50", gaps.p50)
            json.member("p95", gaps.p95)
            json.member("p99", gaps.p99)
            json.member("max", gaps.max)
            json.endObject()
        }
        json.key("stalls")
        json.beginArray()
        for stall in figures.stalls {
            json.beginObject()
            json.member("class", stall.stallClass.name)
            json.member("start_ns", stall.startNanos)
            json.member("duration_ns", stall.durationNanos)
            json.member("next_sequence", stall.nextSequence)
            json.endObject()
        }
        json.endArray()
        known(&json, "stalled_ns", figures.stalledNanos)
        if let share = figures.stalledShare { json.member("stalled_share", share) }
        known(&json, "tokens_undelivered", figures.tokensUndelivered)
        if let share = figures.reasoningShare { json.member("reasoning_share", share) }
        json.key("loops")
        json.beginArray()
        for loop in figures.loops { write(loop, &json) }
        json.endArray()
        json.endObject()
        return json.text
    }

    private static func write(_ loop: ContentLoop, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("kind", loop.kind.name)
        json.member("onset_character", loop.onsetCharacter)
        json.member("onset_sequence", loop.onsetSequence)
        known(&json, "onset_ns", loop.onsetNanos)
        json.member("end_character", loop.endCharacter)
        json.member("period_characters", loop.periodCharacters)
        json.member("repeats", loop.repeats)
        json.member("looped_share", loop.loopedShare)
        json.member("near", loop.isNear)
        known(&json, "wasted_ns", loop.wastedNanos)
        known(&json, "wasted_tokens", loop.wastedTokens)
        json.endObject()
    }

    private static func known(_ json: inout JSONWriter, _ key: String, _ value: Int64?) {
        if let value { json.member(key, value) }
    }

    private static func nanos(_ json: JSONValue?) -> Int64? { OutsideNumber.duration(json?.int) }

    /// A time before or after the request, or a difference of counts.
    private static func signed(_ json: JSONValue?) -> Int64? { OutsideNumber.time(json?.int) }

    package static func figures(_ json: JSONValue) -> StreamFigures {
        var figures = StreamFigures()
        func count(_ key: String) -> Int { OutsideNumber.count(json[key]?.int).map { Int($0) } ?? 0 }
        figures.chunkCount = count("chunks")
        figures.contentChunkCount = count("content_chunks")
        figures.textCharacters = count("text_characters")
        figures.reasoningCharacters = count("reasoning_characters")
        figures.toolArgumentCharacters = count("tool_argument_characters")
        figures.durationNanos = nanos(json["duration_ns"])
        figures.timeToFirstChunkNanos = signed(json["time_to_first_chunk_ns"])
        figures.timeToFirstVisibleChunkNanos = signed(json["time_to_first_visible_chunk_ns"])
        figures.timePerOutputChunkNanos = nanos(json["time_per_output_chunk_ns"])
        figures.timePerOutputTokenNanos = nanos(json["time_per_output_token_ns"])
        if let gaps = json["inter_chunk_ns"], let p50 = nanos(gaps["p50"]), let p95 = nanos(gaps["p95"]),
            let p99 = nanos(gaps["p99"]), let max = nanos(gaps["max"])
        {
            figures.interChunk = InterChunkLatency(p50: p50, p95: p95, p99: p99, max: max)
        }
        figures.stalls = (json["stalls"]?.elements ?? []).compactMap { stall($0) }
        figures.stalledNanos = nanos(json["stalled_ns"])
        figures.stalledShare = json["stalled_share"]?.double
        figures.tokensUndelivered = signed(json["tokens_undelivered"])
        figures.reasoningShare = json["reasoning_share"]?.double
        figures.loops = (json["loops"]?.elements ?? []).compactMap { loop($0) }
        return figures
    }

    private static func stall(_ json: JSONValue) -> StreamStall? {
        guard let word = json["class"]?.string,
            let stallClass = StreamStall.Class.allCases.first(where: { $0.name == word }),
            let start = signed(json["start_ns"]), let duration = nanos(json["duration_ns"])
        else { return nil }
        return StreamStall(
            stallClass: stallClass, startNanos: start, durationNanos: duration,
            nextSequence: OutsideNumber.count(json["next_sequence"]?.int).map { Int($0) } ?? 0)
    }

    private static func loop(_ json: JSONValue) -> ContentLoop? {
        guard let kind = json["kind"]?.string.flatMap({ ChunkKind(name: $0) }) else { return nil }
        func count(_ key: String) -> Int { OutsideNumber.count(json[key]?.int).map { Int($0) } ?? 0 }
        return ContentLoop(
            kind: kind, onsetCharacter: count("onset_character"), onsetSequence: count("onset_sequence"),
            onsetNanos: signed(json["onset_ns"]), endCharacter: count("end_character"),
            periodCharacters: count("period_characters"), repeats: count("repeats"),
            loopedShare: json["looped_share"]?.double ?? 0, isNear: json["near"]?.bool ?? false,
            wastedNanos: nanos(json["wasted_ns"]), wastedTokens: nanos(json["wasted_tokens"]))
    }

    // MARK: Evidence

    /// The evidence of a finding about the span `own`, so that it stays true when the stream moves to another span.
    package static func text(_ evidence: [FindingEvidence], own: SpanID?) -> String {
        var json = JSONWriter(escapesInvisible: false)
        json.beginArray()
        for item in evidence {
            json.beginObject()
            if let span = item.spanID { json.member("span_id", span == own ? ownSpan : span.hex) }
            json.member("label", item.label)
            json.member("value", item.value)
            json.endObject()
        }
        json.endArray()
        return json.text
    }

    package static func evidence(_ json: JSONValue, own: SpanID?) -> [FindingEvidence] {
        (json.elements ?? []).map { item in
            let word = item["span_id"]?.string
            return FindingEvidence(
                spanID: word == ownSpan ? own : word.flatMap { SpanID(hex: $0) },
                label: item["label"]?.string ?? "", value: item["value"]?.string ?? "")
        }
    }

    // MARK: Texts

    static func text(_ texts: [String]) -> String {
        var json = JSONWriter(escapesInvisible: false)
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
        return json.text
    }
}
