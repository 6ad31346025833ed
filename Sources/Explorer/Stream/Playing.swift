import Canvas
import TraceModel
import TraceQuery

/// Opening streams, and time passing over them.
package enum Playing {
    /// The least time between two frames, in nanoseconds: with waking up and drawing, a chunk is no 16 ms late.
    static let frameNanos: Int64 = 12_000_000
    /// How often clock, playhead and figures move while a stream plays; the text has frames of its own.
    static let refreshNanos: Int64 = 250_000_000
    static let idleLimitNanos: Int64 = 2_000_000_000

    // MARK: Opening

    /// Opens the stream of the span in focus.
    static func open(_ state: inout AppState) -> [Effect] {
        guard let span = span(state) else {
            state.notice = .information("no span is selected")
            return []
        }
        if let detail = state.trace?.pane.document?.detail, detail.address == span.address, detail.stream == nil {
            state.notice = .information(absence(span.name))
            return []
        }
        return open(&state, [span])
    }

    /// Opens the streams of the two tagged spans, side by side on one clock.
    static func compare(_ state: inout AppState) -> [Effect] {
        guard state.taggedSpans.count >= 2 else {
            state.notice = .information(
                "comparing takes two tagged spans (now \(state.taggedSpans.count)); Space tags in the tree")
            return []
        }
        // More can be tagged, to be exported: the newest two are compared.
        return open(&state, state.taggedSpans.suffix(2))
    }

    private static func open(_ state: inout AppState, _ spans: [TaggedSpan]) -> [Effect] {
        state.stream = StreamState(spans: spans.map(\.address), names: spans.map(\.name))
        state.views.removeAll { $0 == .stream }
        state.views.append(.stream)
        var effects = state.requests.cancel(.otherStream)
        effects += state.requests.send(StreamRequest(.address(spans[0].address)), for: .stream)
        if spans.count > 1 {
            effects += state.requests.send(StreamRequest(.address(spans[1].address)), for: .otherStream)
        }
        return effects
    }

    /// The span that keys speak of in the view on top.
    private static func span(_ state: AppState) -> TaggedSpan? {
        if state.view == .results {
            guard let results = state.results, case .search(let page)? = results.content,
                page.hits.indices.contains(results.cursor)
            else { return nil }
            let hit = page.hits[results.cursor]
            return TaggedSpan(address: hit.address, name: page.names[hit.row.name] ?? "the span")
        }
        guard let trace = state.trace, let id = trace.id, let row = trace.selectedSpan,
            trace.selectedRow?.runLength == 1
        else {
            return nil
        }
        return TaggedSpan(address: SpanAddress(id, row.local), name: trace.loaded?.text(row.name) ?? "the span")
    }

    static func absence(_ name: String) -> String { "“\(name)” has no stream: no chunks of its response are stored" }

    /// Tags the span under the cursor, or takes its tag away.
    static func toggleTag(_ state: inout AppState) -> [Effect] {
        guard let span = span(state) else {
            state.notice = .information("no span is selected")
            return []
        }
        if let index = state.taggedSpans.firstIndex(where: { $0.address == span.address }) {
            state.taggedSpans.remove(at: index)
        } else {
            state.taggedSpans.append(span)
        }
        // On to the next row, as in the list of traces.
        if state.view == .trace, let trace = state.trace, trace.cursor + 1 < trace.rows.rows.count {
            state.trace?.cursor += 1
        }
        let count = state.taggedSpans.count
        let names = state.taggedSpans.suffix(2).map { "“\($0.name)”" }.joined(separator: " and ")
        let others = count > 2 ? " and \(count - 2) more" : ""
        let more = count >= 2 ? "; d compares \(count == 2 ? "their" : "these two") streams, x exports" : ""
        state.notice = .information(names.isEmpty ? "nothing is tagged" : "tagged: \(names)\(others)\(more)")
        return []
    }

    // MARK: Answers

    static func loaded(_ state: inout AppState, _ tape: StreamTape, isOther: Bool) {
        guard var stream = state.stream else { return }
        if !stream.isComparing {
            stream.tapes = [tape]
        } else if let waiting = stream.waitingTape {
            stream.waitingTape = nil
            stream.tapes = isOther ? [waiting, tape] : [tape, waiting]
            if let untimed = stream.tapes.firstIndex(where: { !$0.isTimed }) {
                close(&state, "“\(stream.names[untimed])” has no clock: only streams with times can be compared")
                return
            }
        } else {
            stream.waitingTape = tape
            state.stream = stream
            return
        }
        stream.tops = stream.tapes.map { _ in nil }
        restart(&stream, now: state.monotonicNanos)
        if stream.duration > 0 { stream.clock.play(at: state.monotonicNanos) }
        state.stream = stream
    }

    static func failed(_ state: inout AppState, _ error: QueryError, isOther: Bool) {
        guard let stream = state.stream else { return }
        if case .notFound = error {
            close(&state, absence(stream.names[isOther ? 1 : 0]))
        } else {
            state.stream?.error = error
        }
    }

    /// Leaves the view with a sentence.
    private static func close(_ state: inout AppState, _ sentence: String) {
        state.stream = nil
        state.views.removeAll { $0 == .stream }
        state.notice = .information(sentence)
    }

    /// Sets the playhead to the start with the clock of the tapes.
    static func restart(_ stream: inout StreamState, now: Int64) {
        stream.clock = PlaybackClock(
            duration: stream.duration, schedule: schedule(stream), rate: stream.speed.rate)
        stream.time = 0
        stream.count = stream.tape?.count(at: 0) ?? 0
        stream.loopStart = nil
        stream.loopEnd = nil
        refresh(&stream, now: now)
    }

    /// How playing goes through the stream at the speed and idle limit that are set.
    static func schedule(_ stream: StreamState) -> PlaybackSchedule {
        guard let tape = stream.tape, let times = tape.times else { return .clock([]) }
        if stream.speed == .readable {
            return .reading(ReadingPace(times: times, ends: tape.ends, duration: stream.duration))
        }
        guard let limit = stream.idleLimitNanos else { return .clock([]) }
        var all = times
        // Waiting is idle only where neither stream moves.
        if stream.tapes.count > 1 { all = (times + (stream.tapes[1].times ?? [])).sorted() }
        return .clock(IdleCut.cuts(times: all, duration: stream.duration, limit: limit))
    }

    static func refresh(_ stream: inout StreamState, now: Int64) {
        stream.figureTime = stream.time
        stream.figureCount = stream.count
        stream.refreshedAt = now
        stream.changedAt = now
    }

    // MARK: Time

    /// Takes in that time has passed.
    static func frame(_ state: inout AppState, _ now: Int64) {
        state.monotonicNanos = now
        guard state.view == .stream, var stream = state.stream, stream.isPlaying, let tape = stream.tape else { return }
        let before = stream.time
        let counts = stream.tapes.indices.map { stream.count(of: $0) }
        var time = stream.clock.position(at: now)
        if let start = stream.loopStart, let end = stream.loopEnd, time >= end || time < start {
            stream.clock.seek(to: start, at: now)
            time = stream.clock.position(at: now)
        }
        if time >= stream.clock.duration { stream.clock.pause(at: now) }
        stream.time = time
        stream.count = tape.count(at: time)
        if counts != stream.tapes.indices.map({ stream.count(of: $0) }) { stream.changedAt = now }
        if now - stream.refreshedAt >= refreshNanos || !stream.isPlaying || time < before { refresh(&stream, now: now) }
        if case .clock(let cuts) = stream.clock.schedule,
            let cut = PlaybackSchedule.last(cuts, { $0.end <= time }), cut.end > before,
            before >= cut.start - 1
                || time - before > cut.end - cut.start
        {
            let skipped = Figures.duration(nanos: cut.end - cut.start)
            state.notice = .information("skipped \(skipped) in which nothing came")
        }
        state.stream = stream
    }

    /// When the next frame is due, in monotonic nanoseconds; nil while nothing moves by itself.
    package static func nextDeadline(_ state: AppState) -> Int64? {
        guard state.view == .stream, let stream = state.stream, stream.isPlaying else { return nil }
        var due = stream.refreshedAt + refreshNanos
        func consider(_ position: Int64) {
            if let time = stream.clock.time(of: position) { due = min(due, time) }
        }
        for (index, tape) in stream.tapes.enumerated() {
            let count = stream.count(of: index)
            if let times = tape.times, count < times.count { consider(times[count]) }
        }
        if let end = stream.loopEnd { consider(end) }
        consider(stream.clock.duration)
        return max(due, stream.changedAt + frameNanos)
    }

    /// True when a frame would differ from the one before.
    package static func hasChanged(from old: StreamState?, to new: StreamState?) -> Bool {
        guard let old, let new else { return (old == nil) != (new == nil) }
        return old.changedAt != new.changedAt || old.isPlaying != new.isPlaying || old.spans != new.spans
    }

    /// Stops what plays out of sight.
    static func pauseOutOfSight(_ state: inout AppState) {
        guard state.view != .stream, state.stream?.isPlaying == true else { return }
        state.stream?.clock.pause(at: state.monotonicNanos)
    }
}
