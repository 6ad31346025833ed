import FastJSON
import Foundation
import TraceExport
import TraceIngest
import TraceModel

/// Trajectories as text: read as an import does, written as an export does.
enum AtifFiles {
    struct Read {
        var spans: [Span] = []
        var rejects: [Rejection] = []
    }

    /// Reads the bytes of a file.
    static func read(_ bytes: [UInt8], format: InputFormat? = nil) throws -> Read {
        let path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString + ".json"
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw CocoaError(.fileWriteUnknown)
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        var read = Read()
        try FileDecoder.decode(InputFile(path: path), format: format) { batch in
            read.spans += batch.spans
            read.rejects += batch.rejects
        }
        return read
    }

    /// Writes traces that were read.
    static func write(_ spans: [Span]) -> [UInt8] {
        var exporter = AtifExporter()
        return exporter.bytes(ExportFixture.traces(spans))
    }

    /// The documents of a file, one a line.
    static func documents(_ bytes: [UInt8]) throws -> [JSONValue] {
        try String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// The value with its keys in order of the alphabet, as text, so that values compare.
    static func canonical(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): "[" + elements.map(canonical).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { JSONValue.string($0.key).text() + ":" + canonical($0.value) }.joined(separator: ",") + "}"
        default: value.text()
        }
    }
}
