import Basics
import Canvas
import Explorer
import Foundation
import NcursesTerminal
import TestSupport
import TraceModel
import TraceQuery

/// Playing a stream on a pseudo-terminal of 120×40, the time put in rather than waited for.
///
/// Each frame is drawn when the explorer asks for it; what drawing took counts as lateness.
struct PlayBench {
    private static let second: Int64 = 1_000_000_000

    /// What playing a stream to its end came to.
    private struct Run {
        /// From a chunk's time to the end of the frame that shows it, in nanoseconds, sorted.
        var lateness: [Int64] = []
        var lost = 0
        var drift: Int64 = 0
        var bytes = 0
        var cpuSeconds = 0.0
        var frames = 0
        var playedSeconds = 0.0
    }

    func measure() throws -> [Measurement] {
        let detail = PlayBench.stream(seconds: 60, perSecond: 50)
        let text = detail.chunks.text.count
        let run = try play(detail, speed: "1")
        let fast = try play(detail, speed: "64")
        let worst = Double(run.lateness.last ?? .max) / 1e6
        let above = Double(run.bytes - text) / run.playedSeconds
        let share = run.cpuSeconds / run.playedSeconds
        let seek = try seeking()
        return [
            Measurement(
                what: "a drawn chunk is late at 1×, at most (\(detail.chunks.count) chunks in 60 s)",
                bar: "≤ 16 ms", measured: String(format: "%.1f ms", worst), isReached: worst <= 16),
            Measurement(
                what: "drift over 60 s of a stream", bar: "< 5 ms",
                measured: String(format: "%.3f ms", Double(run.drift) / 1e6), isReached: run.drift < 5_000_000),
            Measurement(
                what: "bytes to the terminal above the text itself while playing", bar: "≤ 2 KB/s",
                measured: String(format: "%.0f B/s (%d frames)", above, run.frames), isReached: above <= 2000),
            Measurement(
                what: "processor time of playing at 1×", bar: "≤ 10 % of a core",
                measured: String(format: "%.1f %%", share * 100), isReached: share <= 0.1),
            Measurement(
                what: "chunks lost at 64×", bar: "0", measured: "\(fast.lost) of \(detail.chunks.count)",
                isReached: fast.lost == 0 && run.lost == 0),
        ] + seek
    }

    // MARK: Playing

    private func play(_ detail: StreamDetail, speed: String) throws -> Run {
        let pseudo = try PseudoTerminal(size: Size(columns: 120, rows: 40))
        var options = TerminalOptions(type: "xterm-256color")
        options.input = pseudo.slave
        options.output = pseudo.slave
        let terminal = try NcursesTerminal(options)
        defer { terminal.restore() }
        var state = PlayBench.open(detail, size: Size(columns: 120, rows: 40))
        for character in ":speed \(speed)" { _ = update(&state, .key(.character(character))) }
        _ = update(&state, .key(.enter))
        _ = update(&state, .key(.character("0")))
        terminal.draw(Screens.render(state))
        _ = try pseudo.collect()

        var run = Run()
        let times = detail.chunks.offsets
        var now: Int64 = 0
        var drawn = state.stream?.count ?? 0
        let factor = Double(speed) ?? 1
        while let due = Playing.nextDeadline(state) {
            // The program waits in whole milliseconds.
            now = max(now, (due + 999_999) / 1_000_000 * 1_000_000)
            let before = state.stream
            let cpu = PlayBench.threadSeconds()
            _ = update(&state, .frame(now))
            guard Playing.hasChanged(from: before, to: state.stream) else { continue }
            terminal.draw(Screens.render(state))
            let took = PlayBench.threadSeconds() - cpu
            run.cpuSeconds += took
            run.frames += 1
            run.bytes += try pseudo.collect().count
            let count = state.stream?.count ?? 0
            if count < drawn { run.lost += drawn - count }
            for index in drawn..<max(drawn, count) {
                let wanted = Int64(clamped: Double(times[index]) / factor)
                run.lateness.append(now - wanted + Int64(clamped: took * 1e9))
            }
            drawn = count
        }
        run.lost += times.count - drawn
        run.playedSeconds = Double(now) / 1e9
        run.drift = abs(now - Int64(clamped: Double(state.stream?.duration ?? 0) / factor))
        run.lateness.sort()
        return run
    }

    /// Opening and seeking in a stream of a million chunks, up to the drawn frame.
    private func seeking() throws -> [Measurement] {
        let detail = PlayBench.stream(seconds: 10_000, perSecond: 100)
        var state = PlayBench.empty(size: Size(columns: 120, rows: 40))
        let open = Meter.seconds {
            PlayBench.show(detail, in: &state)
            _ = Screens.render(state)
        }
        var seeks: [Double] = []
        var random = SplitMix64(seed: 7)
        for _ in 0..<60 {
            let target = "#\(random.next() % UInt64(detail.chunks.count))"
            let took = Meter.seconds {
                for character in ":seek \(target)" { _ = update(&state, .key(.character(character))) }
                _ = update(&state, .key(.enter))
                _ = Screens.render(state)
            }
            seeks.append(took)
        }
        var frames: [Double] = []
        // It plays since it was opened.
        _ = update(&state, .key(.character("3")))
        for _ in 0..<200 {
            guard let due = Playing.nextDeadline(state) else { break }
            frames.append(
                Meter.seconds {
                    _ = update(&state, .frame(due))
                    _ = Screens.render(state)
                })
        }
        let worst = seeks.max() ?? .infinity
        guard !frames.isEmpty else { throw BenchError.unexpected("nothing is played") }
        let frame = frames.sorted()[frames.count / 2]
        return [
            Measurement(
                what: "show a stream of \(detail.chunks.count) chunks that is in memory", bar: "≤ 200 ms with reading",
                measured: Meter.milliseconds(open), isReached: open <= 0.2),
            Measurement(
                what: "seek in it to a drawn frame, at most of \(seeks.count)", bar: "≤ 50 ms",
                measured: Meter.milliseconds(worst), isReached: worst <= 0.05),
            Measurement(
                what: "a frame of playing it, median", bar: "≤ 1.6 ms (10 % of 16 ms)",
                measured: Meter.milliseconds(frame), isReached: frame <= 0.0016),
        ]
    }

    // MARK: Fixtures

    private static func empty(size: Size) -> AppState {
        AppState(
            size: size, theme: Theme.named("dark") ?? Theme.fallback, nowUnixNano: 0, timeZone: .gmt,
            databaseName: "bench.db")
    }

    /// The stream view, as after its request was answered.
    private static func open(_ detail: StreamDetail, size: Size) -> AppState {
        var state = empty(size: size)
        show(detail, in: &state)
        return state
    }

    private static func show(_ detail: StreamDetail, in state: inout AppState) {
        var names = NameTable()
        let name = names.intern("chat")
        var page = SearchPage(hits: [], names: names, next: nil)
        var row = detail.row
        row.name = name
        page.hits = [
            SearchPage.Hit(
                traceID: detail.traceID, row: row, excerpt: nil, matchStart: 0, matchLength: 0)
        ]
        for effect in update(&state, .start(StartOptions(commands: ["find x"]))) {
            if case .run(let id, let request) = effect, request.base is SearchRequest {
                answer(id, page, in: &state)
            }
        }
        for effect in update(&state, .key(.character("p"))) {
            if case .run(let id, let request) = effect, request.base is StreamRequest {
                answer(id, detail, in: &state)
            }
        }
    }

    private static func answer(_ id: RequestID, _ result: any Sendable, in state: inout AppState) {
        _ = update(&state, .loaded(id, state.preparation(for: id)(result)))
    }

    /// An even stream of words with a line break now and then.
    private static func stream(seconds: Int, perSecond: Int) -> StreamDetail {
        var names = NameTable()
        let row = SpanRow(arrival: 1, spanID: SpanID(1), parentSpanID: nil, name: names.intern("chat"))
        var chunks = StreamChunks()
        let words = ["the", "carrier", "scanned", "it", "twice", "on", "the", "way,", "and", "it", "went", "on"]
        let step = second / Int64(perSecond)
        for index in 0..<seconds * perSecond {
            let word = words[index % words.count]
            let text = index % 90 == 89 ? "\n\n" : " " + word
            chunks.append(offsetNanos: Int64(index + 1) * step, kind: .text, text: text.utf8)
        }
        var info = StreamInfo(timing: .measured, endCause: .finished, finishReason: "stop", source: "bench")
        info.durationNanos = chunks.offsets.last
        var figures = StreamFigures()
        figures.chunkCount = chunks.count
        return StreamDetail(
            row: row, names: names, traceID: TraceID(high: 1, low: 1), info: info, figures: figures, chunks: chunks)
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
