import ArgumentParser
import Basics
import Exporter
import Foundation
import Headless
import TraceAnalysis
import TraceExport

/// The stream that a command is about, and its clock.
struct StreamOptions: ParsableArguments {
    @OptionGroup var place: SpanArgument
    @Option(
        help: ArgumentHelp(
            "Give a stream without times a made-up, even clock of so many chunks a second; it is labelled synthetic.",
            valueName: "n/s"))
    var pace: StreamPace?

    var trace: String { place.trace }
    var span: String { place.span }

    /// Says that times are made up, where they are.
    func remark() {
        if let pace { Console.complain("times are synthetic: \(pace.chunksPerSecond) chunks/s") }
    }
}

extension StreamPace: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(text: argument)
    }
}

extension StreamExportFormat: ExpressibleByArgument {}

struct StreamCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream",
        abstract: "Write the figures of a span's stream, its chunks, or a file made of it.",
        discussion: """
            Times are nanoseconds from the request. A chunk is not a token. Files are recordings of a terminal \
            (asciicast v3 and v2), what the provider sent in its own form, and the same with times.
            """)

    @OptionGroup var stream: StreamOptions
    @OptionGroup var rows: RowOptions
    @Flag(help: "Write a row for each chunk.")
    var chunks = false
    @Option(help: "Write a file instead: asciicast, asciicast-v2, sse or timed-ndjson.")
    var to: StreamExportFormat?
    @Option(
        help: ArgumentHelp("The file to write (default: standard output).", valueName: "path"), completion: .file())
    var out: String?
    @Flag(help: "Replace the file if there is one.")
    var force = false

    func validate() throws {
        if to == nil, out != nil || force { throw ValidationError("--out and --force go with --to") }
        if to != nil, chunks { throw ValidationError("--chunks and --to exclude each other") }
    }

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        if chunks || to != nil { stream.remark() }
        if chunks {
            try await reader.chunks(trace: stream.trace, span: stream.span, pace: stream.pace)
        } else {
            try await reader.stream(trace: stream.trace, span: stream.span, pace: stream.pace)
        }
    }

    mutating func run() async throws {
        let reader = try rows.reader()
        let bytes: [UInt8]
        do throws(HeadlessError) {
            guard let to else { return try await answer(reader) }
            stream.remark()
            bytes = try await reader.exported(trace: stream.trace, span: stream.span, pace: stream.pace, as: to)
            if out == nil { try reader.write(bytes) }
        } catch {
            throw Failure(error)
        }
        guard let out else { return }
        do throws(ExportError) {
            let file = try NewFile(path: out, replacing: force)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw Failure(error)
        }
    }
}

struct PlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Write the text of a span's stream as it came, in its own time.",
        discussion: """
            Plain text for any terminal: reasoning and tool calls under a line in square brackets, control characters \
            as visible signs. ^C ends it.
            """)

    @OptionGroup var stream: StreamOptions
    @OptionGroup var database: DatabaseOptions
    @Option(help: ArgumentHelp("Play so many times as fast, from 0.01 to 1000.", valueName: "n"))
    var speed: Double = 1
    @Option(help: ArgumentHelp("Cut longer pauses to this many seconds and say so.", valueName: "s"))
    var idleLimit: TimeOption?
    @Option(help: ArgumentHelp("Write what came up to this time at once, such as 3.2s or 250ms.", valueName: "t"))
    var from: TimeOption?

    func validate() throws {
        guard speed >= 0.01, speed <= 1000 else { throw ValidationError("--speed is a number from 0.01 to 1000") }
    }

    func run() async throws {
        let reader = OutputOptions.reader(try database.open(), format: .table)
        let options = StreamPlayback.Options(
            speed: speed, idleLimitNanos: idleLimit?.nanos, fromNanos: from?.nanos ?? 0)
        do throws(HeadlessError) {
            let playback = try await reader.playback(
                trace: stream.trace, span: stream.span, pace: stream.pace, options: options)
            stream.remark()
            let alarm = PlaybackAlarm()
            let watch = SignalWatch { alarm.ring() }
            defer { withExtendedLifetime(watch) {} }
            let outcome = await OwnThread.run("spandrel-play") {
                Result { () throws(HeadlessError) in
                    try playback.run(on: ByteOutput(descriptor: STDOUT_FILENO)) { alarm.wait(untilNanos: $0) }
                }
            }
            _ = try outcome.get()
        } catch {
            throw Failure(error)
        }
    }
}

/// Waits for moments on a clock that only runs forward, and is woken by a signal.
final class PlaybackAlarm: Sendable {
    private let start = Clocks.monotonicNanos()
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Ends this and every further wait.
    func ring() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// Returns once so many nanoseconds have passed since the alarm was made; false where it rang before.
    ///
    /// The moment is absolute, so that what a wait or a write takes longer is no loss for the next one.
    func wait(untilNanos due: Int64) -> Bool {
        let deadline = start.addingClamped(due)
        while true {
            let left = deadline - Clocks.monotonicNanos()
            var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: max(0, left) / 1_000_000)
            if poll(&entry, 1, milliseconds) > 0 { return false }
            if left <= 0 { return true }
            // What poll cannot count is less than a millisecond.
            let rest = deadline - Clocks.monotonicNanos()
            if rest > 0, rest < 1_000_000 { usleep(UInt32(rest / 1000 + 1)) }
        }
    }
}
