import Foundation
import TestSupport
import Testing
import TraceDialect
import TraceIngest
import TraceModel

@Suite("Recordings of real streams")
struct RecordedStreamTests {
    /// A folder of recordings, and what is known to be in it.
    struct Folder: Sendable, CustomTestStringConvertible {
        var path: String
        var streams: Int
        var rejects = 0
        /// Calls that were not streamed.
        var spans = 0
        /// Files whose content another file has too: they are the same recording.
        var copies = 0
        var testDescription: String { path }
    }

    static let folders = Recordings.isWhole ? all : few

    private static let few = [
        Folder(path: "streams/anthropic", streams: 10),
        Folder(path: "streams/vercel", streams: 46),
        Folder(path: "streams/gemini", streams: 36, rejects: 1, spans: 2),
        Folder(path: "streams/ollama", streams: 1),
        Folder(path: "streams/cassettes", streams: 8, spans: 4),
        Folder(path: "har", streams: 0, rejects: 5),
    ]

    private static let all = [
        Folder(path: "streams/anthropic", streams: 10),
        Folder(path: "streams/vercel", streams: 88, copies: 1),
        Folder(path: "streams/gemini", streams: 36, rejects: 1, spans: 2),
        Folder(path: "streams/ollama", streams: 1),
        Folder(path: "streams/cassettes", streams: 23, spans: 5),
        Folder(path: "har", streams: 0, rejects: 5),
    ]

    private static func inputs(_ folder: String) -> [InputFile] {
        InputDiscovery(arguments: [Recordings.path(folder)]).inputs
    }

    private func text(_ stream: RecordedStream) -> String {
        stream.chunks.filter(\.kind.isVisible).map(\.text).joined()
    }

    @Test("every file decodes or says why not", arguments: folders)
    func folder(_ folder: Folder) throws {
        let names = Recordings.names(folder.path)
        var all = Decoded()
        for name in names {
            let decoded = try Decoded(InputFile(path: Recordings.path(folder.path + "/" + name)))
            #expect(!decoded.streams.isEmpty || !decoded.rejects.isEmpty || !decoded.spans.isEmpty, "\(name)")
            for reject in decoded.rejects { print("\(name): \(reject.reason)") }
            all.streams += decoded.streams
            all.rejects += decoded.rejects
            all.spans += decoded.spans
        }
        print(
            "\(folder.path): \(names.count) files, \(all.streams.count) streams, \(all.spans.count) spans, ",
            "\(all.rejects.count) rejected, \(all.streams.reduce(0) { $0 + $1.chunks.count }) chunks")
        #expect(all.streams.count == folder.streams)
        #expect(all.rejects.count == folder.rejects)
        #expect(all.spans.count == folder.spans)
        for stream in all.streams {
            #expect(stream.info.wireProtocol != nil && !stream.chunks.isEmpty)
            #expect(!stream.info.remarks.contains { $0.contains("differs") })
            #expect(Dialect.facts(of: stream.span).kind == .llm)
            let answers = Dialect.content(of: stream.span).outputMessages
            #expect(text(stream).isEmpty || !answers.isEmpty)
        }
        #expect(Set(all.streams.map(\.span.spanID)).count == all.streams.count - folder.copies)
    }

    @Test("the timed streams of the clients: measured, with their requests, equal to the untimed bytes")
    func clients() throws {
        var streams = 0
        var chunks = 0
        for folder in Recordings.entries("clients").map({ $0 + "/sse" }) where Recordings.has(folder) {
            for input in Self.inputs(folder) {
                guard case .file(let path) = input.origin else { continue }
                #expect(path.hasSuffix(".timed.jsonl"))
                let decoded = try Decoded(input)
                let stream = try #require(decoded.streams.first)
                #expect(decoded.rejects.isEmpty && decoded.streams.count == 1)
                #expect(stream.info.timing == .measured && stream.info.endCause == .finished)
                #expect(stream.span.attributes.value(of: "gen_ai.request.model") != nil)
                #expect(stream.owner != .responseID(nil))
                let plain = try Decoded(InputFile(path: String(path.dropLast(".timed.jsonl".count))))
                #expect(plain.streams.first.map(text) == text(stream))
                #expect(plain.streams.first?.chunks.count == stream.chunks.count)
                streams += 1
                chunks += stream.chunks.count
            }
        }
        print("clients/*/sse: \(streams) timed streams, \(chunks) chunks")
        #expect(streams == (Recordings.isWhole ? 51 : 12))
    }

    @Test("the measured stream of Ollama: 714 chunks over 8.42 s")
    func ollama() throws {
        let decoded = try Decoded(InputFile(path: Recordings.path("streams/ollama/chat-thinking.ndjson")))
        let stream = try #require(decoded.streams.first)
        let offsets = stream.chunks.offsets
        let first = try #require(offsets.first)
        let last = try #require(offsets.last)
        #expect((last - first) / 10_000_000 == 841)
        #expect(stream.info.tokensBilled == 889 && stream.info.isRequestTimeKnown)
        #expect(stream.chunks.filter { $0.kind == .reasoning }.count == 708)
        #expect(stream.info.finishReason == "stop")
    }
}
