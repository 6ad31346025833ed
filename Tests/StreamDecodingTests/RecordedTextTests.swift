import FastJSON
import Foundation
import StreamDecoding
import TestSupport
import Testing
import TraceModel

@Suite("Recorded streams of real providers")
struct RecordedTextTests {
    /// The folders with bytes of the wire: the providers', and what each client of the recordings was sent.
    static let folders: [String] =
        ["streams/vercel", "streams/anthropic"]
        + Recordings.entries("clients").map { $0 + "/sse" }.filter { Recordings.has($0) }

    /// The files of a folder, by name.
    private static func files(_ folder: String) -> [(name: String, bytes: [UInt8])] {
        Recordings.names(folder).compactMap { name in
            FileManager.default.contents(atPath: Recordings.path(folder + "/" + name)).map { (name, Array($0)) }
        }
    }

    /// The answer as the provider's own last words state it: `response.completed`, or a `message` beside the last delta.
    private func statedText(_ bytes: [UInt8]) -> String? {
        var stated: String?
        for line in bytes.split(separator: 0x0A) {
            let json = line.starts(with: Array("data:".utf8)) ? line.dropFirst(5) : line
            guard let event = try? JSONValue(parsing: Array(json)) else { continue }
            if let output = event["response"]?["output"]?.elements, !output.isEmpty {
                let texts = output.flatMap { $0["content"]?.elements ?? [] }
                stated = texts.filter { $0["type"]?.string == "output_text" }.compactMap { $0["text"]?.string }.joined()
            }
            if let message = event["choices"]?[0]?["message"]?["content"]?.string { stated = message }
        }
        return stated
    }

    private func text(_ response: AssembledResponse) -> String {
        response.messages.flatMap(\.parts).compactMap { part in
            if case .text(let text) = part { return text }
            return nil
        }.joined()
    }

    private func assemble(_ bytes: [UInt8]) -> (StreamChunks, AssembledResponse) {
        var assembler = StreamAssembler()
        assembler.append(bytes, offsetNanos: nil)
        let response = assembler.finish()
        return (assembler.chunks, response)
    }

    @Test("the text is what the provider says in the end; chunks and message agree", arguments: folders)
    func texts(_ folder: String) throws {
        var compared = 0
        for (name, bytes) in Self.files(folder) where !name.hasSuffix(".json") && !name.hasSuffix(".jsonl") {
            let (chunks, response) = assemble(bytes)
            #expect(response.wireProtocol != nil, "\(name)")
            #expect(!chunks.isEmpty, "\(name)")
            let visible = chunks.filter(\.kind.isVisible).map(\.text).joined()
            #expect(visible == text(response), "\(name)")
            #expect(!response.remarks.contains { $0.contains("differs") }, "\(name)")
            if let stated = statedText(bytes) {
                compared += 1
                #expect(text(response) == stated, "\(name)")
            }
        }
        print("\(folder): \(compared) texts equal to what the provider states")
    }

    @Test("few events of the providers are unknown", arguments: ["streams/vercel", "streams/anthropic"])
    func known(_ folder: String) throws {
        for (name, bytes) in Self.files(folder) {
            let (chunks, _) = assemble(bytes)
            let unknown = chunks.filter { $0.kind == .other && $0.text.hasPrefix("{") }
            for chunk in unknown { print("unknown in \(name): \(chunk.text.prefix(100))") }
            #expect(unknown.count <= max(2, chunks.count / 5), "\(name)")
        }
    }
}
