import Basics
import Foundation
import SQLiteQuery
import TraceModel
import TraceQuery
import TraceStore

/// A stream of a million chunks: how large it is stored, how soon it is whole, and how soon any place of it is there.
struct ChunkBench {
    private static let count = 1_000_000
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    func measure() async throws -> [Measurement] {
        let path = workshop.path("chunks.db")
        workshop.remove(path)
        let stream = Self.stream()
        let textBytes = stream.chunks.text.count
        let writer = try TraceWriter(path: path) { 0 }
        let writing = try Meter.seconds { _ = try writer.write(spans: [], streams: [stream]) }
        try writer.finish()
        let stored = try SQLiteConnection(path, .readOnly).integer("SELECT sum(length(data)) FROM stream_block") ?? 0
        let perChunk = Double(stored) / Double(Self.count)
        let perText = Double(textBytes) / Double(Self.count)
        let opening = try await open(path, expecting: stream.chunks)
        let seeking = try await seek(path, in: stream.chunks)
        return [
            Measurement(
                what: "stored size of a stream of \(Self.count) chunks", bar: "text + ≤ 8 bytes a chunk",
                measured: String(
                    format: "%.2f bytes a chunk, %.2f of them text; written in ", perChunk, perText)
                    + Meter.milliseconds(writing),
                isReached: perChunk <= perText + 8),
            Measurement(
                what: "the same, opened whole by a new reader", bar: "≤ 200 ms",
                measured: "\(Meter.milliseconds(opening.slowest)), first \(Meter.milliseconds(opening.first))",
                isReached: max(opening.slowest, opening.first) <= 0.2),
            Measurement(
                what: "the same, 3,072 chunks around a time", bar: "≤ 50 ms",
                measured: "\(Meter.milliseconds(seeking.slowest)), first \(Meter.milliseconds(seeking.first))",
                isReached: max(seeking.slowest, seeking.first) <= 0.05),
        ]
    }

    private func open(_ path: String, expecting chunks: StreamChunks) async throws -> (first: Double, slowest: Double) {
        var seconds: [Double] = []
        for _ in 0..<10 {
            let backend = try SQLiteBackend(path: path)
            let start = Meter.now()
            let detail = try await backend.run(StreamRequest(.prefix(trace: "0", span: "0")))
            seconds.append(Meter.now() - start)
            guard detail.chunks == chunks else {
                throw BenchError.unexpected("the stream came back otherwise than it was stored")
            }
        }
        return (seconds.first ?? 0, seconds.max() ?? 0)
    }

    private func seek(_ path: String, in chunks: StreamChunks) async throws -> (first: Double, slowest: Double) {
        var random = SplitMix64(seed: 5)
        let places = (0..<100).map { _ in Int(random.integer(0...Int64(Self.count - 1))) }
        let database = try SQLiteConnection(path, .readOnly)
        guard let key = try database.integer("SELECT span FROM stream") else {
            throw BenchError.unexpected("no stream was stored")
        }
        let reader = StoredStreamReader(database.handle)
        var seconds: [Double] = []
        for place in places {
            let start = Meter.now()
            guard let head = try reader.head(ofSpan: key) else { throw BenchError.unexpected("the stream is gone") }
            let found = try reader.chunks(of: head, around: chunks.offsets[place])
            seconds.append(Meter.now() - start)
            guard (found.first..<found.first + found.chunks.count).contains(place) else {
                throw BenchError.unexpected("chunk \(place) is not around its time")
            }
        }
        return (seconds.first ?? 0, seconds.max() ?? 0)
    }

    /// Words of a model at some 60 chunks a second on a clock of nanoseconds.
    private static func stream() -> PreparedStream {
        var random = SplitMix64(seed: 4)
        let words = [" the", " a", " of", " trace", " span", ",", ".", " latency", "ing", " model", "\n", " because"]
        var chunks = StreamChunks()
        var time: Int64 = 400_000_000
        for index in 0..<count {
            time += random.integer(2_000_000...32_000_000)
            let kind: ChunkKind = index < count / 4 ? .reasoning : index + 1 == count ? .terminal : .text
            chunks.append(
                offsetNanos: time, kind: kind, text: words[Int(random.integer(0...Int64(words.count - 1)))].utf8)
        }
        let span = Span(
            traceID: TraceID(high: 1, low: 1), spanID: SpanID(1), name: "chat", startUnixNano: 1,
            endUnixNano: 1 + time)
        let info = StreamInfo(
            startUnixNano: 1, durationNanos: time, timing: .measured, clock: "made up", endCause: .finished,
            source: "bench")
        return PreparedStream(
            RecordedStream(span: span, info: info, chunks: chunks, owner: .itself), of: PreparedSpan(span))
    }
}
