import ArgumentParser
import Foundation
import Headless
import TraceAnalysis

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
        let presentation = OutputOptions.standardPresentation(format: .table)
        let output = ByteOutput(descriptor: STDOUT_FILENO)
        let reader = HeadlessReader(
            backend: try OpenBackend.at(database.path), presentation: presentation, output: output)
        let options = StreamPlayback.Options(
            speed: speed, idleLimitNanos: idleLimit?.nanos, fromNanos: from?.nanos ?? 0)
        do throws(HeadlessError) {
            let playback = try await reader.playback(
                trace: stream.trace, span: stream.span, pace: stream.pace, options: options)
            stream.remark()
            let alarm = PlaybackAlarm()
            let watch = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { alarm.ring() }
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
