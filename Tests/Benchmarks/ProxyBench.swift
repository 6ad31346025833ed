import Collector
import Foundation
import Ingest
import NIOCore
import NIOPosix
import TraceStore

/// What the recording proxy adds to streams, against a direct connection in the same run.
///
/// The upstream, the clients and the proxy share the machine's cores, and the proxy stores into a real database. A
/// round of direct streams stands before and one after the streams through the proxy, so that the drift of a busy
/// machine shows.
struct ProxyBench {
    private static let streams = 200
    private static let chunksPerSecond = 100
    private static let seconds = 10
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func measure() async throws -> [Measurement] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let chunks = Self.chunksPerSecond * Self.seconds
        let upstream = try await PacedUpstream.start(
            on: group, chunks: chunks, interval: .nanoseconds(1_000_000_000 / Int64(Self.chunksPerSecond)))
        let database = workshop.path("proxy.db")
        workshop.remove(database)
        let configuration = ProxyConfiguration(
            upstream: try UpstreamAddress("http://127.0.0.1:\(upstream.port)"),
            listen: ListenAddress(host: "127.0.0.1", port: 0))
        let sink = StoreSink(
            IngestPipeline(try TraceWriter(path: database) { 0 }, stopwatch: Meter.now), Preparation(nil))
        let proxy = try await RecordingProxy.start(configuration, sink: sink, clock: { 1_700_000_000_000_000_000 })

        let before = try await StreamClients.run(Self.streams, port: upstream.port, on: group)
        let proxied = try await StreamClients.run(Self.streams, port: proxy.address.port, on: group)
        let after = try await StreamClients.run(Self.streams, port: upstream.port, on: group)
        let (unstored, reason) = await proxy.drain()
        try await upstream.stop()
        try await group.shutdownGracefully()

        let expected = Self.streams * (chunks - 1)
        for (name, round) in [("direct", before), ("proxied", proxied), ("direct", after)]
        where round.chunks.count != expected {
            throw BenchError.unexpected("\(round.chunks.count) of \(expected) \(name) chunks arrived")
        }
        guard unstored == 0 else { throw BenchError.unexpected("\(unstored) calls unstored: \(reason ?? "")") }
        let stored = try BareConnection(database, flags: 1).integer("SELECT count(*) FROM span")
        guard stored == Self.streams else { throw BenchError.unexpected("\(stored) of \(Self.streams) calls stored") }
        let load = "\(Self.streams) streams of \(Self.chunksPerSecond) chunks/s, \(Self.seconds) s"
        let direct = StreamClients.Latencies(
            chunks: before.chunks + after.chunks, firsts: before.firsts + after.firsts)
        return [
            row("added to a chunk by the proxy, \(load)", proxied.chunks, direct.chunks, bar: 1),
            row("added to the first chunk, from the request on", proxied.firsts, direct.firsts, bar: 2),
        ]
    }

    /// The differences of the percentiles; the bar is for p99, in milliseconds.
    private func row(_ what: String, _ proxied: [Int64], _ direct: [Int64], bar: Double) -> Measurement {
        let (p, d) = (proxied.sorted(), direct.sorted())
        func milliseconds(_ sorted: [Int64], _ percent: Int) -> Double {
            Double(sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]) / 1e6
        }
        let added = milliseconds(p, 99) - milliseconds(d, 99)
        return Measurement(
            what: what, bar: "p99 ≤ \(Int(bar)) ms",
            measured: String(
                format: "p50 +%.2f ms (%.2f against %.2f, %.1f ×), p99 +%.2f ms (%.2f against %.2f, %.1f ×)",
                milliseconds(p, 50) - milliseconds(d, 50), milliseconds(p, 50), milliseconds(d, 50),
                milliseconds(p, 50) / milliseconds(d, 50), added, milliseconds(p, 99), milliseconds(d, 99),
                milliseconds(p, 99) / milliseconds(d, 99)),
            isReached: added <= bar)
    }
}
