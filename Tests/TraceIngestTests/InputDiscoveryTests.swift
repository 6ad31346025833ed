import Foundation
import Testing

@testable import TraceIngest

@Suite("Discovery of inputs")
struct InputDiscoveryTests {
    /// A folder with files of given contents, removed with its last reference.
    final class Folder: Sendable {
        let path: String

        init(_ files: [String: String]) throws {
            path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
            for (name, text) in files {
                let file = path + "/" + name
                try FileManager.default.createDirectory(
                    atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) else {
                    throw CocoaError(.fileWriteUnknown)
                }
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        /// The paths of found inputs, relative to the folder.
        func names(_ discovery: InputDiscovery) -> [String] {
            discovery.inputs.map { String($0.displayName.dropFirst(path.count + 1)) }
        }
    }

    private let trace = #"{"resourceSpans":[]}"#

    @Test("takes traces out of a folder and leaves sidecars alone")
    func folder() throws {
        let folder = try Folder([
            "b.json": trace, "a.jsonl": trace, "sub/c.json": "[" + trace + "]", "sub/deep/d.ndjson": trace,
            "001.headers.txt": "POST /v1/traces", "sse/001.request.json": #"{"model":"x","messages":[]}"#,
            "sse/001.sse": "data: {}", "sse/001.timed.jsonl": "{\"t\":1}\n{\"t\":2}", ".hidden.json": trace,
            ".git/x.json": trace, "notes.bin": "\u{1}\u{2}",
        ])
        let discovery = InputDiscovery(arguments: [folder.path])
        #expect(folder.names(discovery) == ["a.jsonl", "b.json", "sse/001.sse", "sub/c.json", "sub/deep/d.ndjson"])
        #expect(discovery.problems.isEmpty)
        #expect(discovery.skippedCount == 4)
        #expect(discovery.inputs.allSatisfy { $0.size ?? 0 > 0 })
        #expect(discovery.totalSize == Int64(trace.utf8.count * 4 + 2 + 8))
    }

    @Test("takes what is broken, so that it is reported")
    func broken() throws {
        let folder = try Folder([
            "cut.json": #"{"resourceSpans":[{"#, "cut2.json": #"{"a":"#, "empty.json": "", "page.json": "<html></html>",
            "deep.json": String(repeating: "[", count: 10_000), "junk.pb": "junk", "bad.json.gz": "\u{1f}junk",
            "fine.json": #"{"a":1}"#,
        ])
        let discovery = InputDiscovery(arguments: [folder.path + "/"])
        #expect(
            folder.names(discovery)
                == ["bad.json.gz", "cut.json", "cut2.json", "deep.json", "empty.json", "junk.pb", "page.json"])
        #expect(discovery.skippedCount == 1)
    }

    @Test("takes recorded streams, each once, and leaves their requests alone")
    func streams() throws {
        let folder = try Folder([
            "1.sse": "data: {}\n\n", "1.sse.timed.jsonl": #"{"t_unix_ns":1,"bytes":"data: {}\n\n"}"#,
            "1.request.json": #"{"model":"x","messages":[]}"#, "1.response.json": #"{"choices":[]}"#,
            "2.yaml": "interactions: []", "3.yaml": "a: 1", "4.chunks.txt": #"{"type":"message_start"}"#,
            "notes.txt": "hello", "5.har": #"{"log":{"entries":[]}}"#,
        ])
        let discovery = InputDiscovery(arguments: [folder.path])
        #expect(folder.names(discovery) == ["1.sse.timed.jsonl", "2.yaml", "4.chunks.txt", "5.har"])
        #expect(discovery.skippedCount == 5)
    }

    @Test("tries every file that is named")
    func named() throws {
        let folder = try Folder(["notes.txt": "hello", "x.json": #"{"a":1}"#])
        let discovery = InputDiscovery(arguments: [folder.path + "/notes.txt", folder.path + "/x.json", "-", "-"])
        #expect(
            discovery.inputs.map(\.displayName).map { $0.split(separator: "/").last } == ["notes.txt", "x.json", "-"])
        #expect(discovery.totalSize == nil)
    }

    @Test("expands patterns and lists nothing twice")
    func patterns() throws {
        let folder = try Folder(["a.json": trace, "b.json": trace, "c.txt": "x"])
        let discovery = InputDiscovery(
            arguments: [folder.path + "/b.json", folder.path + "/*.json", folder.path + "/[xc].tx?"])
        #expect(folder.names(discovery) == ["b.json", "a.json", "c.txt"])
    }

    @Test("says what is missing, unreadable or without traces")
    func problems() throws {
        let folder = try Folder(["empty/x.txt": "x"])
        let discovery = InputDiscovery(
            arguments: [folder.path + "/none.json", folder.path + "/*.gz", folder.path + "/empty"])
        #expect(discovery.inputs.isEmpty)
        #expect(discovery.problems.map(\.kind) == [.missing, .missing, .noTraces])
        #expect(
            discovery.problems.map(\.reason) == [
                "no such file or folder", "no file matches the pattern",
                "a folder without traces: 1 other file in it",
            ])
        #expect(discovery.problems[0].path == folder.path + "/none.json")
    }

    @Test("leaves links to folders alone inside folders")
    func links() throws {
        let folder = try Folder(["sub/a.json": trace])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/sub/loop", withDestinationPath: folder.path)
        #expect(folder.names(InputDiscovery(arguments: [folder.path])) == ["sub/a.json"])
    }

    @Test func namesThatAreNoTextAreRead() throws {
        let folder = NSTemporaryDirectory() + "spandrel-names-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func write(_ name: [UInt8]) throws {
            let path = (Array((folder + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) }
            let file = try #require(fopen(path, "w"))
            fputs(#"{"resourceSpans":[]}"#, file)
            fclose(file)
        }
        try write(Array("good.json".utf8))
        try write([0x61, 0xFF] + Array(".json".utf8))
        let found = InputDiscovery(arguments: [folder])
        #expect(found.inputs.map(\.displayName) == [folder + "/a\u{FFFD}.json", folder + "/good.json"])
        #expect(found.problems.isEmpty)
        for input in found.inputs { _ = try input.open() }
        #expect(InputDiscovery(arguments: [folder + "/a\u{FFFD}.json"]).inputs.count == 1)
        // Two that read alike cannot be told apart, which is said.
        try write([0x61, 0xFE] + Array(".json".utf8))
        let both = InputDiscovery(arguments: [folder])
        #expect(both.inputs.map(\.displayName) == [folder + "/good.json"] && !both.problems.isEmpty)
    }
}
