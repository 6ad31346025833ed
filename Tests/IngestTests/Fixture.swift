import Foundation
import Ingest
import Redaction
import TraceIngest
import TraceQuery
import TraceStore

/// A folder that goes away with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let file = path + "/" + name
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }
}

/// OTLP/JSON documents in text.
enum Documents {
    /// A document with one span; ids are given as numbers.
    static func span(
        trace: Int = 1, span: Int, parent: Int? = nil, start: Int64 = 1_000, end: Int64? = 2_000, more: String = ""
    ) -> String {
        func hex(_ number: Int, _ digits: Int) -> String {
            let text = String(number, radix: 16)
            return String(repeating: "0", count: digits - text.count) + text
        }
        let parentField = parent.map { #","parentSpanId":"\#(hex($0, 16))""# } ?? ""
        let endField = end.map { #","endTimeUnixNano":"\#($0)""# } ?? ""
        return #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"#
            + #""scopeSpans":[{"scope":{"name":"t"},"spans":[{"traceId":"\#(hex(trace, 32))","#
            + #""spanId":"\#(hex(span, 16))","name":"n\#(span)","startTimeUnixNano":"\#(start)""#
            + parentField + endField + more + "}]}]}]}"
    }

    /// Lines of documents, one span each, 24 in a trace.
    static func lines(_ count: Int) -> String {
        (1...count).map { span(trace: ($0 - 1) / 24 + 1, span: $0) }.joined(separator: "\n") + "\n"
    }
}

/// A database in a folder, with imports into it.
struct Imported {
    let folder: TemporaryFolder
    var database: String { folder.path + "/t.db" }

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    @discardableResult
    func run(
        _ paths: [String], redactor: Redactor? = nil, interruption: Interruption = Interruption(),
        onProgress: (ImportProgress) -> Void = { _ in }
    ) throws -> ImportReport {
        let writer = try TraceWriter(path: database) { 7 }
        // A clock of its own, so that a report depends on nothing but the input.
        return try Importer(writer: writer, redactor: redactor, interruption: interruption, stopwatch: { 0 })
            .run(InputDiscovery(arguments: paths), onProgress: onProgress)
    }
}
