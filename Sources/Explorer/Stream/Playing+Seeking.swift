import Basics
import Canvas
import TraceModel
import TraceQuery

extension Playing {
    /// Runs an action on the stream, if one is there.
    private static func withStream(_ state: inout AppState, _ body: (inout StreamState, Int64) -> Notice?) -> [Effect] {
        guard var stream = state.stream, let tape = stream.tape, !tape.isEmpty else {
            state.notice = .information("there is nothing to play")
            return []
        }
        if let notice = body(&stream, state.monotonicNanos) { state.notice = notice }
        state.stream = stream
        return []
    }

    private static let noClock = Notice.information(
        "no clock saw these chunks: . and , step, :pace 50 plays them at a synthetic pace")

    /// Goes to a time; nothing else moves the playhead of a stream with a clock.
    private static func move(_ stream: inout StreamState, to time: Int64, now: Int64) {
        stream.clock.seek(to: time, at: now)
        stream.time = max(0, min(stream.duration, time))
        stream.count = stream.tape?.count(at: stream.time) ?? 0
        refresh(&stream, now: now)
    }

    /// Goes to where so many chunks are shown, also between chunks of the same time.
    private static func move(_ stream: inout StreamState, toCount count: Int, now: Int64) {
        guard let tape = stream.tape else { return }
        let count = max(0, min(tape.chunkCount, count))
        if let time = tape.time(ofCount: count) { move(&stream, to: time, now: now) }
        stream.count = count
        refresh(&stream, now: now)
    }

    private static func move(_ stream: inout StreamState, to marker: StreamMarker, now: Int64) {
        if let time = marker.time {
            move(&stream, to: time, now: now)
        } else {
            move(&stream, toCount: marker.count, now: now)
        }
    }

    // MARK: Playing

    static func togglePlay(_ state: inout AppState) -> [Effect] {
        withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            if stream.isPlaying {
                stream.clock.pause(at: now)
                move(&stream, to: stream.clock.position(at: now), now: now)
            } else {
                if stream.time >= stream.duration, stream.count >= stream.tape?.chunkCount ?? 0 {
                    move(&stream, to: stream.loopStart ?? 0, now: now)
                }
                stream.clock.play(at: now)
                refresh(&stream, now: now)
            }
            return nil
        }
    }

    static func step(_ state: inout AppState, by distance: Int) -> [Effect] {
        withStream(&state) { stream, now in
            if stream.isPlaying {
                stream.clock.pause(at: now)
                move(&stream, to: stream.clock.position(at: now), now: now)
            }
            guard stream.isComparing else {
                move(&stream, toCount: stream.count + distance, now: now)
                return nil
            }
            // The next chunk of either stream.
            let times = stream.tapes.indices.compactMap { index -> Int64? in
                let count = stream.count(of: index)
                let target = distance > 0 ? count + 1 : count - 1
                return target < 0 || target > stream.tapes[index].chunkCount
                    ? nil : stream.tapes[index].time(ofCount: target)
            }
            if let time = distance > 0 ? times.min() : times.max() { move(&stream, to: time, now: now) }
            return nil
        }
    }

    static func seek(_ state: inout AppState, byNanos nanos: Int64) -> [Effect] {
        withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            move(&stream, to: stream.clock.position(at: now) + nanos, now: now)
            return nil
        }
    }

    static func seek(_ state: inout AppState, byShare share: Double) -> [Effect] {
        withStream(&state) { stream, now in
            if stream.tape?.isTimed == true {
                let distance = Int64(clamped: Double(stream.duration) * share)
                move(&stream, to: stream.clock.position(at: now) + distance, now: now)
            } else {
                let distance = Int(clamped: (Double(stream.tape?.chunkCount ?? 0) * share).rounded())
                move(&stream, toCount: stream.count + (distance == 0 ? share < 0 ? -1 : 1 : distance), now: now)
            }
            return nil
        }
    }

    static func seek(_ state: inout AppState, toShare share: Double) -> [Effect] {
        withStream(&state) { stream, now in
            if stream.tape?.isTimed == true {
                move(&stream, to: Int64(clamped: Double(stream.duration) * share), now: now)
            } else {
                move(&stream, toCount: Int(clamped: Double(stream.tape?.chunkCount ?? 0) * share), now: now)
            }
            return nil
        }
    }

    /// `4.2s`, `350ms`, `1m05s`, a bare number of seconds, `50%`, or `#12` for the twelfth chunk.
    static func seek(_ state: inout AppState, to text: String) -> [Effect] {
        if text.hasSuffix("%"), let value = Double(text.dropLast()), (0...100).contains(value) {
            return seek(&state, toShare: value / 100)
        }
        if text.hasPrefix("#"), let count = Int(text.dropFirst()) {
            return withStream(&state) { stream, now in
                move(&stream, toCount: count, now: now)
                return nil
            }
        }
        guard let nanos = StreamTime.parse(text) else {
            state.notice = .error("“\(text)” is no time: :seek takes 4.2s, 350ms, 1m05s, 50% or #12 for a chunk")
            return []
        }
        return withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            move(&stream, to: nanos, now: now)
            return nil
        }
    }

    // MARK: Markers

    /// Goes to the next or previous marker of a sort.
    static func jump(
        _ state: inout AppState, direction: Int, called name: String, wrapping: Bool = false,
        where isWanted: @escaping (StreamMarker) -> Bool
    ) -> [Effect] {
        withStream(&state) { stream, now in
            let markers = (stream.tape?.markers ?? []).filter(isWanted)
            guard !markers.isEmpty else { return .information("no \(name) in this stream") }
            let isTimed = stream.tape?.isTimed == true
            let here = (isTimed ? stream.clock.position(at: now) : 0, isTimed ? 0 : stream.count)
            func place(_ marker: StreamMarker) -> (Int64, Int) { (marker.time ?? 0, isTimed ? 0 : marker.count) }
            let next =
                direction > 0 ? markers.first { place($0) > here } : markers.last { place($0) < here }
            if let next {
                move(&stream, to: next, now: now)
                return .information(next.label)
            }
            guard wrapping, let around = direction > 0 ? markers.first : markers.last else {
                return .information("no \(name) \(direction > 0 ? "after" : "before") this")
            }
            move(&stream, to: around, now: now)
            return .information(around.label + (markers.count == 1 ? "" : ", round the end"))
        }
    }

    // MARK: Settings

    static func set(_ state: inout AppState, speed: PlaybackSpeed) -> [Effect] {
        withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            stream.speed = speed
            stream.clock.change(schedule: schedule(stream), rate: speed.rate, at: now)
            refresh(&stream, now: now)
            guard speed == .readable else { return nil }
            return .information("without waiting, \(ReadingPace.wordsPerSecond) words a second at most")
        }
    }

    static func set(_ state: inout AppState, speed text: String) -> [Effect] {
        guard let speed = PlaybackSpeed(text) else {
            state.notice = .error("“\(text)” is no speed: 0.1 to 64, or readable")
            return []
        }
        return set(&state, speed: speed)
    }

    static func stepSpeed(_ state: inout AppState, _ direction: Int) -> [Effect] {
        set(&state, speed: (state.stream?.speed ?? .times(1)).step(direction))
    }

    static func toggleIdle(_ state: inout AppState) -> [Effect] {
        setIdle(&state, state.stream?.idleLimitNanos == nil ? idleLimitNanos : nil)
    }

    /// `2`, `500ms`, or `off`.
    static func setIdle(_ state: inout AppState, _ text: String) -> [Effect] {
        if text.isEmpty { return toggleIdle(&state) }
        if text == "off" { return setIdle(&state, Int64?.none) }
        guard let limit = StreamTime.parse(text), limit > 0 else {
            state.notice = .error("“\(text)” is no idle limit: seconds such as 2 or 500ms, or off")
            return []
        }
        return setIdle(&state, limit)
    }

    private static func setIdle(_ state: inout AppState, _ limit: Int64?) -> [Effect] {
        withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            stream.idleLimitNanos = limit
            stream.clock.change(schedule: schedule(stream), at: now)
            refresh(&stream, now: now)
            guard let limit else { return .information("idle time is played in full") }
            let cuts: Int64
            if case .clock(let list) = stream.clock.schedule { cuts = list.last?.removedThrough ?? 0 } else { cuts = 0 }
            let text = Figures.duration(nanos: limit)
            return .information(
                cuts == 0
                    ? "no gap is longer than \(text)"
                    : "gaps end after \(text); \(Figures.duration(nanos: cuts)) in all are skipped")
        }
    }

    /// Gives chunks without times a clock that is labelled as made up; `off` takes it away.
    static func setPace(_ state: inout AppState, _ text: String) -> [Effect] {
        let pace = Double(text)
        guard text == "off" || pace.map({ $0 > 0 && $0 <= 1e6 }) == true else {
            state.notice = .error("“\(text)” is no pace: chunks a second such as 50, or off")
            return []
        }
        return withStream(&state) { stream, now in
            guard let tape = stream.tape, !stream.isComparing else {
                return .information("a pace is for one stream without a clock")
            }
            guard tape.detail.info.timing != .measured else {
                return .information("these chunks have measured times; < and > change the speed")
            }
            let count = stream.count
            stream.tapes = [StreamTape(tape.detail, choice: tape.choice, pace: pace)]
            restart(&stream, now: now)
            move(&stream, toCount: count, now: now)
            return nil
        }
    }

    /// Sets the start, then the end, of what is played round and round, then ends that.
    static func markLoop(_ state: inout AppState) -> [Effect] {
        withStream(&state) { stream, now in
            guard stream.tape?.isTimed == true else { return noClock }
            let here = stream.clock.position(at: now)
            if let start = stream.loopStart, stream.loopEnd == nil, here != start {
                stream.loopStart = min(start, here)
                stream.loopEnd = max(start, here)
                move(&stream, to: min(start, here), now: now)
                stream.clock.play(at: now)
                return .information(
                    "round and round from \(StreamTime.text(min(start, here))) to \(StreamTime.text(max(start, here)))")
            }
            if stream.loopStart != nil {
                stream.loopStart = nil
                stream.loopEnd = nil
                refresh(&stream, now: now)
                return .information("played once")
            }
            stream.loopStart = here
            refresh(&stream, now: now)
            return .information("from \(StreamTime.text(here)); go on and press the key again for the end")
        }
    }

    static func nextChoice(_ state: inout AppState) -> [Effect] {
        withStream(&state) { stream, now in
            guard let tape = stream.tape, !stream.isComparing, tape.choiceCount > 1 else {
                return .information("this stream has one answer")
            }
            var pace: Double?
            if case .synthetic(let rate) = tape.timing, tape.detail.info.timing != .synthetic { pace = rate }
            stream.tapes = [
                StreamTape(tape.detail, choice: (tape.choice + 1) % tape.choiceCount, pace: pace)
            ]
            stream.tops = [nil]
            refresh(&stream, now: now)
            return nil
        }
    }
}

extension StreamMarker {
    /// What the marker is, for people.
    var label: String {
        let at = time.map { " at \(StreamTime.text($0))" } ?? " at chunk \(count)"
        switch kind {
        case .firstVisible: return "first visible text" + at
        case .stall(let nanos): return "stall of \(Figures.duration(nanos: nanos))" + at
        case .loop(let repeats, let isNear): return (isNear ? "near loop" : "loop") + " ×\(repeats)" + at
        case .toolCall(let name): return "call of \(name ?? "a tool")" + at
        case .end: return "end" + at
        }
    }
}
