import ArgumentParser
import Basics
import Canvas
import Collector
import Foundation
import Ingest
import TraceModel
import TraceStore

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Pass a program's model calls on and record their streams.",
        discussion: """
            A reverse proxy: point a program's base URL at it, and its calls go to the upstream and come back unchanged, \
            chunk by chunk, while each becomes a span with its stream. It runs until SIGINT or SIGTERM, then lets \
            running streams end and stores everything; a second signal ends them at once. Request headers are not \
            stored, but for the session, 'traceparent' and 'user-agent'. Requests under other names than this \
            machine's, of pages of other sites, and with paths that lead out of the upstream's are refused.
            """)

    @Option(
        help: ArgumentHelp(
            "Where requests go, such as https://api.openai.com; a path in it stands before the client's.",
            valueName: "url"))
    var upstream: String
    @Option(help: ArgumentHelp("Where to listen; port 0 takes any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:7370"
    @OptionGroup var database: DatabaseOptions
    @Option(
        help: ArgumentHelp(
            "A header that names the session of a request, looked at before the standard ones; may be repeated.",
            valueName: "name"))
    var sessionHeader: [String] = []
    @Option(
        help: ArgumentHelp(
            "A further name by which clients reach the proxy, and whose web pages may call it; may be repeated.",
            valueName: "name"))
    var allowHost: [String] = []
    @Option(
        help: ArgumentHelp(
            "End a call after so many seconds without a byte from the upstream (default: never).", valueName: "seconds")
    )
    var timeout: Double?
    @Option(help: ArgumentHelp("How long running streams may go on after a signal.", valueName: "seconds"))
    var grace = 10.0
    @OptionGroup var redaction: StorageRedactionOptions
    @Flag(help: "Write no line for each call.")
    var quiet = false

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 1e6) {
            throw ValidationError("--timeout needs a number of seconds above 0")
        }
        guard grace >= 0, grace <= 1e6 else { throw ValidationError("--grace needs a number of seconds from 0 up") }
    }

    func run() async throws {
        let configuration: ProxyConfiguration
        do {
            configuration = ProxyConfiguration(
                upstream: try UpstreamAddress(upstream), listen: try ListenAddress(listen),
                sessionHeaders: sessionHeader + ProxyConfiguration.standardSessionHeaders, allowedHosts: allowHost,
                idleTimeout: timeout, grace: grace, version: Version.text)
        } catch {
            throw Failure.other(.usage, "\(error)")
        }
        let redactor = try redaction.redactor()
        let path = try database.file
        var options = IngestPipeline.Options()
        options.refreshesSummaries = true
        options.yields = true
        let pipeline = IngestPipeline(try database.writer(), options, stopwatch: Clocks.seconds)
        let sink = StoreSink(pipeline, Preparation(redactor))
        let showsCalls = !quiet && Console.isTerminal(STDERR_FILENO)
        // The watch stands before the proxy does: a signal that comes early is not lost.
        let signals = AsyncStream.makeStream(of: Void.self)
        let watch = SignalWatch(calls: 2) { signals.continuation.yield() }
        defer { withExtendedLifetime(watch) {} }
        let proxy: RecordingProxy
        do {
            proxy = try await RecordingProxy.start(
                configuration, sink: sink, clock: Clocks.unixNanos,
                report: { if showsCalls { Console.tell(CallLine.text($0)) } }, complain: { Console.complain($0) })
        } catch {
            throw Failure.other(.inputOutput, "\(error)")
        }
        if !configuration.listen.isLoopback {
            Console.complain(
                "warning: \(proxy.address.text) can be reached from other machines, which may then use your upstream")
        }
        Console.complain("recording http://\(proxy.address.text) → \(configuration.upstream.text) into \(path)")
        var arrivals = signals.stream.makeAsyncIterator()
        await arrivals.next()
        let impatience = Task {
            var iterator = signals.stream.makeAsyncIterator()
            if await iterator.next() != nil { proxy.stopConnections() }
        }
        let (unstored, reason) = await proxy.drain()
        impatience.cancel()
        if let reason {
            throw Failure.other(
                .inputOutput, unstored > 0 ? "\(unstored) calls could not be stored: \(reason)" : reason)
        }
    }
}

/// One line about a recorded call.
enum CallLine {
    /// Such as `14:02:11 POST /v1/chat/completions gpt-4o 200 41 chunks 1.6s finished`.
    static func text(_ call: CallReport) -> String {
        let clock = CivilTime(unixNano: call.startUnixNano, in: .current).clock()
        let status = call.status.map(String.init) ?? "-"
        let dropped = call.droppedChunks > 0 ? " (\(call.droppedChunks) pieces unrecorded)" : ""
        return "\(clock) \(call.method) \(call.path) \(call.model ?? "-") \(status) \(call.chunks) chunks\(dropped) "
            + "\(Figures.duration(nanos: call.durationNanos)) \(call.endCause.name)"
    }
}
